import { useCallback } from 'react'
import type { EnteredProof, SharedSignIn } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import { isProgramAlone } from '@contract/tables/grants.ts'
import { useWorkspace, type Workspace } from '../../../lib/workspace.ts'
import type { Place } from '../collections/collections-store.ts'
import { requests } from '../store.ts'

/** What is done with the sign-in that the surroundings of a request, or a folder or collection itself, describe. `tabId`:
 *  that of the request. */
export function useSharedSignIn(
  file: Place | undefined,
  signIn: SharedSignIn | undefined,
  tabId: string | undefined,
) {
  const workspace = useWorkspace()
  const change = requests.use((state) => state.change)
  const [collectionId, path] = [file?.collectionId, file?.path]

  /** The request takes the account itself where it says how to sign in itself; else all do that inherit it. */
  const callAs = useCallback(
    async (accountId: string | null): Promise<void> => {
      if (collectionId === undefined || path === undefined || !signIn) return
      if (signIn.own) return tabId === undefined ? undefined : change(tabId, { accountId })
      const kept = await workspace.bridge.call['collections:choose-account']({
        collectionId,
        path,
        accountId,
      })
      if (!kept.ok) workspace.toasts.getState().fail(kept.error)
    },
    [workspace, change, tabId, collectionId, path, signIn],
  )

  const begin = useCallback(
    async (entered: EnteredProof): Promise<Failure | null> => {
      if (collectionId === undefined || path === undefined || !signIn) return null
      const { bridge, directory, toasts } = workspace
      const connected = await bridge.call['collections:connect']({
        collectionId,
        path,
        seen: signIn.seen,
        ...entered,
      })
      if (!connected.ok) return connected.error
      const { connectionId } = connected.value
      await directory.getState().load()
      if (isProgramAlone(signIn.grant)) {
        const got = await bridge.call['sign-in:direct']({ connectionId, input: { grant: signIn.grant } })
        if (!got.ok) return got.error
        await directory.getState().load()
        void callAs(got.value.accountId)
        told(workspace, got.value.accountId)
        return null
      }
      const begun = await directory.getState().signInFor({ connectionId })
      if ('code' in begun) return begun
      void begun.ended.then(({ accountId, error }) => {
        if (error && error.code !== 'sign_in_cancelled') return toasts.getState().fail(error)
        if (accountId !== undefined) {
          void callAs(accountId)
          told(workspace, accountId)
        }
        return undefined
      })
      return null
    },
    [workspace, collectionId, path, signIn, callAs],
  )
  return { begin, callAs }
}

function told({ directory, toasts }: Workspace, accountId: string): void {
  const account = directory.getState().accounts.find(({ id }) => id === accountId)
  if (account) toasts.getState().show(`Signed in as ${account.displayName}.`, 'ok')
}
