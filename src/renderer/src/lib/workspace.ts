import type { Failure } from '@contract/result.ts'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { AppBridge } from './bridge.ts'
import { createDirectory, type DirectoryState } from './directory.ts'
import { createSession, type SessionState } from './session.ts'
import { createTabs, type TabsState } from './tabs/tabs.ts'
import { createToasts, type ToastState } from './toasts.ts'
import { restoreDeleted } from './tabs/restore-deleted.ts'
import { createUnsaved, type UnsavedState } from './unsaved.ts'

/** What all rooms share. Each feature's own store hangs on it through `featureStore`. */
export interface Workspace {
  bridge: AppBridge
  session: StoreApi<SessionState>
  directory: StoreApi<DirectoryState>
  tabs: StoreApi<TabsState>
  toasts: StoreApi<ToastState>
  unsaved: StoreApi<UnsavedState>
  /** What is to be done before the page forgets everything. */
  beforeLeaving: Set<() => void>
  /** What is to be stopped when someone locks or another user comes: nothing goes on for whoever was here. */
  endings: Set<() => void>
}

export function createWorkspace(bridge: AppBridge, damage: Failure | null = null): Workspace {
  const tabs = createTabs()
  const toasts = createToasts()
  const failed = (error: Failure): void => toasts.getState().fail(error)
  function signedIn(accountId: string): void {
    const account = directory.getState().accounts.find((one) => one.id === accountId)
    if (!account) return
    tabs.getState().open({ kind: 'account', accountId }, { title: account.displayName, accountId })
    toasts.getState().show(`Signed in as ${account.displayName}.`, 'ok')
  }
  const directory = createDirectory(bridge, signedIn, failed)
  bridge.on('deleted', ({ id, name }) => {
    toasts.getState().offer(`“${name}” was moved to the bin.`, {
      label: 'Undo',
      run: () => void restoreDeleted({ bridge, toasts }, id),
    })
  })
  bridge.on('log-out:ended', ({ accountId, displayName, error }) => {
    if (error) return toasts.getState().fail(error)
    if (accountId) tabs.getState().drop(`account:${accountId}`)
    toasts.getState().show(`${displayName ?? 'The account'} was logged out and removed here.`, 'ok')
  })
  return {
    bridge,
    session: createSession(bridge, damage),
    directory,
    tabs,
    toasts,
    unsaved: createUnsaved(),
    beforeLeaving: new Set(),
    endings: new Set(),
  }
}

export const WorkspaceContext = createContext<Workspace | null>(null)

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('no workspace around this component')
  return workspace
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useWorkspace().session, select)
}
export function useDirectory<T>(select: (state: DirectoryState) => T): T {
  return useStore(useWorkspace().directory, select)
}
/** The environment that is chosen, with its variables. */
export function useEnvironment(): DirectoryState['environments'][number] | undefined {
  return useDirectory((state) => state.environments.find(({ current }) => current))
}
export function useTabs<T>(select: (state: TabsState) => T): T {
  return useStore(useWorkspace().tabs, select)
}

/** A feature's store: made once for each workspace, when the feature is first shown. */
export function featureStore<State>(create: (workspace: Workspace) => StoreApi<State>) {
  const made = new WeakMap<Workspace, StoreApi<State>>()
  function of(workspace: Workspace): StoreApi<State> {
    const known = made.get(workspace)
    if (known) return known
    const store = create(workspace)
    made.set(workspace, store)
    return store
  }
  const use = <T>(select: (state: State) => T): T => useStore(of(useWorkspace()), select)
  return { of, use }
}
