import { keptPageLimit } from '@contract/words.ts'
import { readKeptForms, readKeptTabs } from './kept-tabs.ts'
import type { KeptTabs } from './tabs.ts'
import type { Workspace } from '../workspace.ts'

/** How soon a change is kept, in milliseconds; later where there is much to write. */
const soonest = 150
const charactersPerMillisecond = 10_000

export interface TabKeeper {
  /** Keeps what has changed, now. */
  flush: () => void
  /** Keeps all of it anew. */
  keep: () => void
  stop: () => void
}

/** Gives tabs, drafts and half-filled forms to the main process whenever they change, which keeps them in the profile:
 *  after a lock, the end of the window or a kill they come back. */
export function keepTabs({ tabs, unsaved, bridge }: Workspace): TabKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = 0
  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    const text = textOf({ ...tabs.getState(), forms: unsaved.getState().forms })
    written = text.length
    void bridge.call['page:keep']({ text })
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
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}

/** Shows the tabs that were kept; none where there are none. What they show is read anew. */
export async function restoreTabs({ tabs, unsaved, bridge }: Workspace): Promise<void> {
  const answer = await bridge.call['page:kept']({})
  if (!answer.ok || answer.value.text === null) return
  const kept = readKeptTabs(answer.value.text)
  if (kept) tabs.getState().restore(kept)
  unsaved.getState().restore(readKeptForms(answer.value.text))
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
