import type { ClosedTab } from './tab.ts'

/** How many closed tabs can be opened again, and of how many what is in no file. */
const closedLimit = 25
const workLimit = 250

/** The closed tabs that are remembered, the last one first: beyond the usual number those alone whose work is nowhere
 *  else. */
export function remembered(closed: readonly ClosedTab[]): ClosedTab[] {
  const work = closed.filter(holdsWork).slice(0, workLimit)
  return closed.filter((tab, place) => place < closedLimit || work.includes(tab))
}

/** Whether a tab has a request that was changed, or never saved; one of the history is there again. */
function holdsWork({ id, subject, face }: ClosedTab): boolean {
  if (subject.kind !== 'request') return false
  if (face.unsaved === true) return true
  const { seed } = subject
  const isNew = (seed.from === 'kept' && !seed.file && !id.startsWith('exchange:')) || seed.from === 'draft'
  return isNew && (seed.draft.url !== '' || seed.draft.body.kind !== 'none' || seed.draft.headers.length > 0)
}
