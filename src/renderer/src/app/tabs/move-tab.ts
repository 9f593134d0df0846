import type { Workspace } from '../../lib/workspace.ts'

/** Moves the open tab by one place. */
export function moveTab({ tabs }: Workspace, by: 1 | -1): void {
  const { tabs: all, activeId, move } = tabs.getState()
  const at = all.findIndex(({ id }) => id === activeId)
  const focused = document.activeElement?.getAttribute('role') === 'tab'
  if (activeId) move(activeId, at + by)
  // What moves in the document loses the focus.
  if (focused) focusOpenTab()
}

/** Gives the open tab the focus, once it is drawn. */
export function focusOpenTab(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[aria-controls="tab-panel"][aria-selected="true"]')?.focus(),
  )
}
