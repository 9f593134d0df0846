import { createStore } from 'zustand/vanilla'
import { featureStore, type Workspace } from '../workspace.ts'

/** A token on its way to the token bench, from a room that knows nothing of it; in memory alone. */
export const benchToken = featureStore(() => createStore<{ text: string | null }>()(() => ({ text: null })))

/** Opens the token bench with this token. */
export function openOnBench(workspace: Workspace, text: string): void {
  benchToken.of(workspace).setState({ text })
  workspace.tabs.getState().goTo('token-bench')
}
