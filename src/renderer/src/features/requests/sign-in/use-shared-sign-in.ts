import { useCallback } from 'react'
import type { SharedSignIn } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import type { FileOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { useWorkspace, type Workspace } from '../../../lib/workspace.ts'
import { requests } from '../store.ts'

/** What is done with the sign-in that a request's surroundings describe. */
export function useSharedSignIn(
  tabId: string,
  file: FileOfTab | undefined,
  signIn: SharedSignIn | undefined,
) {
  const workspace = useWorkspace()
  const change = requests.use((state) => state.change)

  /** The request takes the account itself where it says how to sign in itself; else all do that inherit it. */
  const callAs = useCallback(
    async (accountId: string | null): Promise<void> => {
      if (!file || !signIn) return
      if (signIn.own) return change(tabId, { accountId })
      const { collectionId, path } = file
      const kept = await workspace.bridge.call['collections:choose-account']({
        collectionId,
        path,
        accountId,
      })
      if (!kept.ok) workspace.toasts.getState().fail(kept.error)
    },
    [workspace, change, tabId, file, signIn],
  )

  const begin = useCallback(
    async (clientSecret: string | undefined): Promise<Failure | null> => {
      if (!file || !signIn) return null
      const { collectionId, path } = file
      const connected = await workspace.bridge.call['collections:connect']({
        collectionId,
        path,
        seen: signIn.seen,
        ...(clientSecret !== undefined && { clientSecret }),
      })
      if (!connected.ok) return connected.error
      await workspace.directory.getState().load()
      const begun = await workspace.directory
        .getState()
        .signInFor({ connectionId: connected.value.connectionId })
      if ('code' in begun) return begun
      void begun.ended.then(({ accountId, error }) => {
        if (error && error.code !== 'sign_in_cancelled') return workspace.toasts.getState().fail(error)
        if (accountId !== undefined) {
          void callAs(accountId)
          told(workspace, accountId)
        }
        return undefined
      })
      return null
    },
    [workspace, file, signIn, callAs],
  )
  return { begin, callAs }
}

function told({ directory, toasts }: Workspace, accountId: string): void {
  const account = directory.getState().accounts.find(({ id }) => id === accountId)
  if (account) toasts.getState().show(`Signed in as ${account.displayName}.`, 'ok')
}
