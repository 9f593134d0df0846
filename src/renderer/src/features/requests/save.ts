import type { Workspace } from '../../lib/workspace.ts'
import { collections } from './collections/collections-store.ts'
import { foldersOf } from './collections/folders-of.ts'
import { fileName, isFailure } from './collections/file-tabs.ts'
import { requests } from './store.ts'

/** Saves the request of a tab; one that was never saved is asked for its name first. */
export function saveRequest(workspace: Workspace, tabId: string): void {
  const store = requests.of(workspace).getState()
  const request = store.open[tabId]
  if (request?.file) void saveFile(workspace, tabId)
  else void askPlace(workspace, tabId)
}

/** Asks for a name and a place, once it is known which there are. */
async function askPlace(workspace: Workspace, tabId: string): Promise<void> {
  const store = collections.of(workspace)
  if (!store.getState().loaded) await store.getState().load()
  const all = store.getState().collections
  const trouble = all.find(({ own }) => own)?.trouble
  if (trouble && foldersOf(all).length === 0) return workspace.toasts.getState().fail(trouble)
  requests.of(workspace).getState().askName(tabId)
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
