import { LogIn, RefreshCw, Send, Trash2 } from 'lucide-react'
import type { AccountSummary } from '@contract/accounts.ts'
import { useDirectory, useWorkspace } from '../../lib/workspace.ts'
import { MenuAction, MenuLine } from '../../ui/menu/menu.tsx'
import { callAs, openConnection } from './actions.ts'
import { accounts } from './store.ts'

/** What can be done with an account without opening it. */
export function AccountMenu({ account }: { account: AccountSummary }) {
  const workspace = useWorkspace()
  const refresh = accounts.use((state) => state.refresh)
  const connection = useDirectory((state) => state.connections.find(({ id }) => id === account.connectionId))
  const { toasts, directory } = workspace
  async function onRefresh(): Promise<void> {
    const failure = await refresh(account.id)
    if (failure) toasts.getState().fail(failure)
    else toasts.getState().show(`New tokens for ${account.displayName}.`, 'ok')
  }
  /** Into the bin, from which it can be taken back. The provider is not notified. */
  async function remove(): Promise<void> {
    const answer = await workspace.bridge.call['accounts:remove']({ id: account.id })
    if (!answer.ok) return toasts.getState().fail(answer.error)
    workspace.tabs.getState().drop(`account:${account.id}`)
    await directory.getState().load()
  }
  function signIn(): void {
    if (connection) openConnection(workspace, connection)
    void directory.getState().signIn(account.connectionId)
  }
  return (
    <>
      <MenuAction icon={<Send />} onPick={() => callAs(workspace, account.id)}>
        New request as {account.displayName}
      </MenuAction>
      {account.hasRefreshToken && (
        <MenuAction icon={<RefreshCw />} onPick={() => void onRefresh()}>
          Refresh now
        </MenuAction>
      )}
      <MenuAction icon={<LogIn />} onPick={signIn}>
        Sign in again
      </MenuAction>
      <MenuLine />
      <MenuAction icon={<Trash2 />} danger onPick={() => void remove()}>
        Sign out here
      </MenuAction>
    </>
  )
}
