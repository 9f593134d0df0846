import type { Failure, Result } from '@contract/result.ts'
import { keptPageLimit } from '@contract/words.ts'
import { readKeptForms, readKeptTabs } from './kept-tabs.ts'
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
    const text = textOf({ ...tabs.getState(), forms: unsaved.getState().forms })
    written = text.length
    void bridge.call['page:keep']({ text }).then(noteOutcome)
  }
  function noteOutcome(outcome: Result<null>): void {
    if (isStopped) return
    const { damage } = session.getState()
    const isMine = damage === told
    told = outcome.ok ? null : notSaved(outcome.error)
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
  const kept = readKeptTabs(answer.value.text)
  // What a tab shows may begin with its form.
  unsaved.getState().restore(readKeptForms(answer.value.text))
  if (kept) tabs.getState().restore(kept)
}

/** What is beyond the limit is left out: first what was closed, then the largest tabs. */
function textOf({
  room,
  activeId,
  tabs,
  closed,
  forms,
}: KeptTabs & { forms: Record<string, unknown> }): string {
  const whole = JSON.stringify({ room, activeId, forms, tabs, closed })
  if (whole.length <= keptPageLimit) return whole
  let space = keptPageLimit - JSON.stringify({ room, activeId, forms, tabs: [], closed: [] }).length
  const sizes = tabs.map((tab) => ({ tab, size: JSON.stringify(tab).length + 1 }))
  const fitting = new Set(
    sizes
      .toSorted((one, other) => one.size - other.size)
      .filter(({ size }) => (space -= size) >= 0)
      .map(({ tab }) => tab),
  )
  return JSON.stringify({ room, activeId, forms, tabs: tabs.filter((tab) => fitting.has(tab)), closed: [] })
}
