import { keptPageLimit } from '@contract/words.ts'
import { readKeptTabs } from './kept-tabs.ts'
import type { KeptTabs } from './tabs.ts'
import type { Workspace } from './workspace.ts'

/** How long the tabs must stay as they are before they are kept, in milliseconds. */
const pause = 300
/** Characters of one tab; a body that is larger is not kept. */
const tabLimit = keptPageLimit / 8

/** Gives the tabs to the main process whenever they change, which keeps them sealed and in memory: after a lock
 *  the page has forgotten them. Answers how to stop. */
export function keepTabs({ tabs, bridge }: Workspace): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function keep(): void {
    const { room, activeId, tabs: open } = tabs.getState()
    const kept: KeptTabs = {
      room,
      activeId,
      tabs: open.filter((tab) => JSON.stringify(tab).length <= tabLimit),
    }
    const text = JSON.stringify(kept)
    if (text.length <= keptPageLimit) void bridge.call['page:keep']({ text })
  }
  const stop = tabs.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(keep, pause)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** Shows the tabs that were kept; none where there are none. What they show is read anew. */
export async function restoreTabs({ tabs, bridge }: Workspace): Promise<void> {
  const answer = await bridge.call['page:kept']({})
  if (!answer.ok || answer.value.text === null) return
  const kept = readKeptTabs(answer.value.text)
  if (kept) tabs.getState().restore(kept)
}
