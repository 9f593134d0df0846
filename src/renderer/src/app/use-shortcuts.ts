import { useEffect } from 'react'
import { lockNow } from '../lib/lock.ts'
import { rooms as roomNames } from '../lib/tabs.ts'
import { useWorkspace, type Workspace } from '../lib/workspace.ts'
import { rooms } from './rooms.ts'

const panes = ['rail', 'list', 'main', 'status']

/** Moves the focus to the next pane that is shown, as F6 does everywhere. */
const nextPane = (by: 1 | -1): void => {
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

const closeTab = ({ tabs }: Workspace): void => {
  const { activeId, close } = tabs.getState()
  if (activeId) close(activeId)
}

/** What a key does; false where it is not ours. */
const act = (event: KeyboardEvent, workspace: Workspace, showPalette: (shown: boolean) => void): boolean => {
  const { tabs } = workspace
  if (event.key === 'F6') {
    nextPane(event.shiftKey ? -1 : 1)
    return true
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const key = event.key.toLowerCase()
  const room = roomNames[Number(key) - 1]
  if (room) tabs.getState().goTo(room)
  else if (key === 'k') showPalette(true)
  else if (key === 'l' && !event.shiftKey) void lockNow(workspace)
  else if (key === 'w') closeTab(workspace)
  else if (key === 'tab') tabs.getState().step(event.shiftKey ? -1 : 1)
  else if (key === 'n' && !event.shiftKey)
    void rooms.requests().then((requests) => requests.newRequest(workspace))
  else return false
  return true
}

/** The keys of the whole window, and the commands that come from the menu. */
export const useShortcuts = (showPalette: (shown: boolean) => void): void => {
  const workspace = useWorkspace()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      if (act(event, workspace, showPalette)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    const stop = workspace.bridge.on('command', ({ name }) => {
      if (name === 'palette') showPalette(true)
      else if (name === 'lock') void lockNow(workspace)
      else if (name === 'close-tab') closeTab(workspace)
      else if (name === 'next-tab') workspace.tabs.getState().step(1)
      else if (name === 'previous-tab') workspace.tabs.getState().step(-1)
      else if (name === 'new-request')
        void rooms.requests().then((requests) => requests.newRequest(workspace))
      else {
        const room = roomNames.find((one) => one === name)
        if (room) workspace.tabs.getState().goTo(room)
      }
    })
    return () => {
      window.removeEventListener('keydown', onKey)
      stop()
    }
  }, [workspace, showPalette])
}
