import type { Workspace } from '../../lib/workspace.ts'
import { collections } from './collections/collections-store.ts'
import { fileName, isFailure } from './collections/file-tabs.ts'
import { requests } from './store.ts'

/** Saves the request of a tab; one that was never saved is asked for its name first. */
export function saveRequest(workspace: Workspace, tabId: string): void {
  const store = requests.of(workspace).getState()
  const request = store.open[tabId]
  if (request?.file) void saveFile(workspace, tabId)
  else if (request?.savedId === undefined) store.askName(tabId)
  else void saveAs(workspace, tabId, request.name)
}

/** Saves the request of a tab as a new file of a collection, and says so. */
export async function saveInto(
  workspace: Workspace,
  tabId: string,
  name: string,
  folder: { collectionId: string; path: string },
): Promise<void> {
  const store = requests.of(workspace).getState()
  store.askName(null)
  const answer = await store.makeFile(tabId, name, folder)
  const toasts = workspace.toasts.getState()
  if (isFailure(answer)) return toasts.fail(answer)
  const state = collections.of(workspace).getState()
  state.reveal(answer)
  await state.load()
  toasts.show(`Saved in ${fileName(answer)}.`, 'ok')
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

/** Saves the request of a tab into its file, and says so. */
export async function saveFile(workspace: Workspace, tabId: string, over?: string | null): Promise<void> {
  const store = requests.of(workspace).getState()
  const file = store.open[tabId]?.file
  const failure = await store.saveFile(tabId, over)
  if (failure === 'conflict' || !file) return
  const toasts = workspace.toasts.getState()
  if (failure) toasts.fail(failure)
  else toasts.show(`Saved in ${fileName(file)}.`, 'ok')
}
