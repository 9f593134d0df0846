import type { Workspace } from '../../lib/workspace.ts'
import { requests } from './store.ts'

/** Saves the request of a tab; one that was never saved is asked for its name first. */
export function saveRequest(workspace: Workspace, tabId: string): void {
  const store = requests.of(workspace).getState()
  const request = store.open[tabId]
  if (request?.savedId === undefined) store.askName(tabId)
  else void saveAs(workspace, tabId, request.name)
}

/** Saves the request of a tab under this name, and says so. */
export async function saveAs(workspace: Workspace, tabId: string, name: string): Promise<void> {
  const store = requests.of(workspace).getState()
  store.askName(null)
  const failure = await store.save(tabId, name)
  const toasts = workspace.toasts.getState()
  if (failure) toasts.fail(failure)
  else toasts.show(`Saved as ${name}.`, 'ok')
}
