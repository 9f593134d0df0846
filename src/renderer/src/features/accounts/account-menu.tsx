import { LogIn, RefreshCw, Send } from 'lucide-react'
import type { AccountSummary } from '@contract/accounts.ts'
import { useDirectory, useWorkspace } from '../../lib/workspace.ts'
import { MenuAction } from '../../ui/menu.tsx'
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
    </>
  )
}
