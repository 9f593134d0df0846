import { useEffect, useMemo } from 'react'
import type { ScopeView } from '@contract/collection-scope.ts'
import type { RequestDraft } from '@contract/requests.ts'
import { authKindTable } from '@contract/tables/auth-kinds.ts'
import { useWorkspace } from '../../../lib/workspace.ts'

/** Who a request calls as in the end: an account, or in another way. */
export interface Caller {
  accountId: string | null
  /** What is used in its place, in words; left out where nothing is. */
  auth?: string
  /** What that is inherited from: `collection Shop`. */
  from?: string
}

export const noAuth = 'No auth'

/** Who a draft calls as, by its own word or by that of its folders. Before those are known it is `Inherited`. */
export function callerOf(
  { accountId, auth }: Pick<RequestDraft, 'accountId' | 'auth'>,
  scope: Pick<ScopeView, 'auth' | 'signIn'> | undefined,
): Caller {
  if (accountId !== null) return { accountId }
  if (auth === undefined) return { accountId }
  const { called } = authKindTable[auth.kind]
  if (auth.kind !== 'inherit' || scope === undefined) return { accountId, auth: called }
  const { signIn } = scope
  if (signIn && !signIn.own) {
    const { from } = signIn
    return signIn.accountId === undefined
      ? { accountId, auth: `Not signed in to ${signIn.name}`, from }
      : { accountId: signIn.accountId, from }
  }
  if (scope.auth === null) return { accountId, auth: noAuth }
  const { from, sent } = scope.auth
  return {
    accountId,
    auth: sent || scope.auth.called === noAuth ? scope.auth.called : `${scope.auth.called}, not sent`,
    from,
  }
}

/** The same as one line; `name` is that of the account. */
export function callerWords({ auth = noAuth, from }: Caller, name?: string): string {
  const who = name === undefined ? auth : `Calls as ${name}`
  return from === undefined ? who : `${who}, from ${from}`
}

/** Who a tab's request calls as; the status bar is told. */
export function useCaller(tabId: string, draft: RequestDraft, scope: ScopeView | undefined): Caller {
  const { tabs } = useWorkspace()
  const { accountId, auth } = draft
  const caller = useMemo(() => callerOf({ accountId, auth }, scope), [accountId, auth, scope])
  useEffect(
    () =>
      tabs
        .getState()
        .update(tabId, { accountId: caller.accountId, auth: caller.auth, authFrom: caller.from }),
    [tabs, tabId, caller],
  )
  return caller
}
