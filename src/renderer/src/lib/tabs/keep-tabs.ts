import type { CollectionRequest } from '@contract/collections.ts'
import type { Failure, Result } from '@contract/result.ts'
import { keptPageLimit } from '@contract/words.ts'
import { readKeptForms, readKeptTabs, savedIdsIn } from './kept-tabs.ts'
import type { Tab } from './tab.ts'
import type { KeptTabs } from './tabs.ts'
import type { Workspace } from '../workspace.ts'

/** How soon a change is kept, in milliseconds; later where there is much to write. */
const soonest = 150
const charactersPerMillisecond = 10_000
/** After how many milliseconds it is tried again where the disk did not take it. */
const again = 5_000

export interface TabKeeper {
  /** Keeps what has changed, now. */
  flush: () => void
  /** Keeps all of it again. */
  keep: () => void
  stop: () => void
}

/** Gives tabs, drafts and half-filled forms to the main process whenever they change, which keeps them in the profile:
 *  after a lock, the end of the window or a kill they come back. Where the disk does not take them, that is told, and tried
 *  until it does. */
export function keepTabs({ tabs, unsaved, session, bridge }: Workspace): TabKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = 0
  let isStopped = false
  let told: Failure | null = null
  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    const { text, left } = textOf({ ...tabs.getState(), forms: unsaved.getState().forms })
    written = text.length
    void bridge.call['page:keep']({ text }).then((outcome) => noteOutcome(outcome, left))
  }
  function noteOutcome(outcome: Result<null>, left: Tab | undefined): void {
    if (isStopped) return
    const { damage } = session.getState()
    const isMine = damage === told
    if (!outcome.ok) told = notSaved(outcome.error)
    else if (left === undefined) told = null
    else if (told?.code !== tooLarge) told = leftOut(left)
    if (isMine && damage !== told) session.setState({ damage: told })
    if (!outcome.ok) timer ??= setTimeout(keep, again)
  }
  function soon(): void {
    timer ??= setTimeout(keep, soonest + written / charactersPerMillisecond)
  }
  const stops = [tabs.subscribe(soon), unsaved.subscribe(soon)]
  return {
    flush: () => {
      if (timer !== undefined) keep()
    },
    keep,
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}

function notSaved(error: Failure): Failure {
  return { ...error, message: `Open tabs and drafts are not saved. ${error.message}` }
}

/** Shows the tabs that were kept; none where there are none. What they show is read again. */
export async function restoreTabs({ tabs, unsaved, bridge }: Workspace): Promise<void> {
  const answer = await bridge.call['page:kept']({})
  if (!answer.ok || answer.value.text === null) return
  const kept = readKeptTabs(answer.value.text, await savedFiles(bridge, savedIdsIn(answer.value.text)))
  // What a tab shows may begin with its form.
  unsaved.getState().restore(readKeptForms(answer.value.text))
  if (kept) tabs.getState().restore(kept)
}

/** Waited for once, after the first start of a version that keeps requests as files. */
async function savedFiles(
  bridge: Workspace['bridge'],
  ids: string[],
): Promise<ReadonlyMap<string, CollectionRequest>> {
  if (ids.length === 0) return new Map()
  const answer = await bridge.call['collections:of-saved']({ ids })
  return new Map(answer.ok ? answer.value.map(({ id, request }) => [id, request]) : [])
}

const tooLarge = 'draft_too_large'

function leftOut({ face }: Tab): Failure {
  return {
    code: tooLarge,
    message: `“${face.title}” is too large to be kept as a draft.`,
    next: 'Save it in a collection, or send its body from a file: it is lost when the window is closed.',
  }
}

/** What is beyond the limit is left out: of what was closed, then of the tabs, the largest first. */
function textOf({ room, activeId, tabs, closed, forms }: KeptTabs & { forms: Record<string, unknown> }): {
  text: string
  left?: Tab
} {
  const whole = JSON.stringify({ room, activeId, forms, tabs, closed })
  if (whole.length <= keptPageLimit) return { text: whole }
  let space = keptPageLimit - JSON.stringify({ room, activeId, forms, tabs: [], closed: [] }).length
  function fitting<Some extends Tab>(all: readonly Some[]): Some[] {
    const fit = new Set(
      all
        .map((tab) => ({ tab, size: JSON.stringify(tab).length + 1 }))
        .toSorted((one, other) => one.size - other.size)
        .filter(({ size }) => size <= space && (space -= size) >= 0)
        .map(({ tab }) => tab),
    )
    return all.filter((tab) => fit.has(tab))
  }
  const some = fitting(tabs)
  const left = tabs.find((tab) => !some.includes(tab))
  const text = JSON.stringify({ room, activeId, forms, tabs: some, closed: fitting(closed) })
  return { text, ...(left && { left }) }
}
