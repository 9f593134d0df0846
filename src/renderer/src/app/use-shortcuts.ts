import { useEffect } from 'react'
import { lockNow } from '../lib/lock.ts'
import { shortcutOf } from '../lib/shortcuts.ts'
import { keyIn } from '@contract/tables/keys-of.ts'
import { roomTable } from '../lib/rooms.ts'
import { useWorkspace, type Workspace } from '../lib/workspace.ts'
import { rooms } from './rooms.ts'
import { moveTab } from './tabs/move-tab.ts'

const panes = ['rail', 'list', 'main', 'status']

/** The keys of the whole window, and the commands that come from the menu. */
export function useShortcuts(showPalette: (shown: boolean) => void): void {
  const workspace = useWorkspace()
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      const name = shortcutOf(event)
      if (name && act(name, workspace, showPalette)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    const stop = workspace.bridge.on('command', ({ name }) => void act(name, workspace, showPalette))
    return () => {
      window.removeEventListener('keydown', onKey)
      stop()
    }
  }, [workspace, showPalette])
}

/** Moves the focus to the next pane that is shown, as F6 does everywhere. */
function nextPane(by: 1 | -1): void {
  const shown = panes
    .map((name) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`))
    .filter((pane) => pane !== null && !pane.hidden)
  const here = shown.findIndex((pane) => pane?.contains(document.activeElement))
  const pane = shown[(here + by + shown.length) % shown.length]
  const inside = pane?.querySelector<HTMLElement>(
    '[aria-current], [aria-selected="true"], input, button, a[href]',
  )
  const target = inside ?? pane
  target?.focus()
}

function closeTab({ tabs }: Workspace): void {
  const { activeId, close } = tabs.getState()
  if (activeId) close(activeId)
}

/** Does what a key, or the menu, asks for; false where that is not ours. */
function act(name: string, workspace: Workspace, showPalette: (shown: boolean) => void): boolean {
  const { tabs } = workspace
  const room = keyIn(roomTable, name)
  if (room) tabs.getState().goTo(room)
  else if (name === 'palette') showPalette(true)
  else if (name === 'lock') void lockNow(workspace)
  else if (name === 'close-tab') closeTab(workspace)
  else if (name === 'reopen-tab') tabs.getState().reopen()
  else if (name === 'next-tab') tabs.getState().step(1)
  else if (name === 'previous-tab') tabs.getState().step(-1)
  else if (name === 'move-tab-left') moveTab(workspace, -1)
  else if (name === 'move-tab-right') moveTab(workspace, 1)
  else if (name === 'next-pane') nextPane(1)
  else if (name === 'previous-pane') nextPane(-1)
  else if (name === 'new-request') void rooms.requests().then((requests) => requests.newRequest(workspace))
  else return false
  return true
}
