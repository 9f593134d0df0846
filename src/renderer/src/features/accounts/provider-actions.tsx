import { useState } from 'react'
import { BadgeInfo, Ban, IdCard, LogOut } from 'lucide-react'
import type { AccountAction } from '@contract/account-actions.ts'
import type { AccountView } from '@contract/accounts.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { LogOutDialog } from './log-out-dialog.tsx'
import { accounts } from './store.ts'

const asked: readonly { action: Exclude<AccountAction, 'log-out'>; label: string; icon: typeof Ban }[] = [
  { action: 'userinfo', label: 'Userinfo', icon: IdCard },
  { action: 'introspect', label: 'Introspect', icon: BadgeInfo },
  { action: 'revoke', label: 'Revoke', icon: Ban },
]

/** What the provider can be asked to do. What it does not offer stays where it is and says why. */
export const ProviderActions = ({ view }: { view: AccountView }) => {
  const { toasts } = useWorkspace()
  const acting = accounts.use((state) => state.pages[view.id]?.acting)
  const act = accounts.use((state) => state.act)
  const [asking, setAsking] = useState<'revoke' | 'log-out' | null>(null)

  const onAct = async (action: (typeof asked)[number]['action']): Promise<void> => {
    setAsking(null)
    const failure = await act(view.id, action)
    if (failure) toasts.getState().fail(failure)
  }
  const press = (action: (typeof asked)[number]['action']): void => {
    const ability = view.abilities[action]
    if (!ability.offered) toasts.getState().show(ability.why)
    else if (action === 'revoke') setAsking('revoke')
    else void onAct(action)
  }
  return (
    <>
      {asked.map(({ action, label, icon: Icon }) => {
        const ability = view.abilities[action]
        return (
          <Button
            key={action}
            look="quiet"
            icon={<Icon />}
            busy={acting === action}
            aria-disabled={ability.offered ? undefined : true}
            title={ability.offered ? undefined : ability.why}
            onClick={() => press(action)}
          >
            {label}
          </Button>
        )
      })}
      <Button icon={<LogOut />} onClick={() => setAsking('log-out')}>
        Log out
      </Button>
      {asking === 'revoke' && (
        <Confirm
          title={`Revoke ${view.displayName}’s tokens?`}
          action="Revoke"
          onConfirm={() => void onAct('revoke')}
          onClose={() => setAsking(null)}
        >
          The provider is asked to take the{' '}
          {view.hasRefreshToken ? 'refresh token, then the access token' : 'access token'} back. After that a
          new sign-in is needed. What the provider really did is shown.
        </Confirm>
      )}
      {asking === 'log-out' && <LogOutDialog view={view} onClose={() => setAsking(null)} />}
    </>
  )
}
