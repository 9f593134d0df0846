import { useState } from 'react'
import { BadgeInfo, Ban, Ellipsis, IdCard, LogOut } from 'lucide-react'
import type { AccountAction } from '@contract/account-actions.ts'
import type { AccountView } from '@contract/accounts.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Menu, MenuAction } from '../../../ui/menu/menu.tsx'
import { LogOutDialog } from './log-out-dialog.tsx'
import { accounts } from '../store.ts'
import css from './account-page.module.css'

const asked: readonly { action: Exclude<AccountAction, 'log-out'>; label: string; icon: typeof Ban }[] = [
  { action: 'userinfo', label: 'Userinfo', icon: IdCard },
  { action: 'introspect', label: 'Introspect', icon: BadgeInfo },
  { action: 'revoke', label: 'Revoke', icon: Ban },
]

/** What the provider can be asked to do: as buttons where there is room, else in a menu. What it does not offer
 *  stays where it is and says why. */
export function ProviderActions({ view }: { view: AccountView }) {
  const workspace = useWorkspace()
  const { toasts } = workspace
  const acting = accounts.use((state) => state.pages[view.id]?.acting)
  const act = accounts.use((state) => state.act)
  const [asking, setAsking] = useState<'revoke' | 'log-out' | null>(null)

  async function onAct(action: (typeof asked)[number]['action']): Promise<void> {
    setAsking(null)
    const failure = await act(view.id, action)
    if (failure) toasts.getState().fail(failure)
  }
  function press(action: (typeof asked)[number]['action']): void {
    const ability = view.abilities[action]
    if (!ability.offered) toasts.getState().show(ability.why)
    else if (action === 'revoke') setAsking('revoke')
    else void onAct(action)
  }
  return (
    <>
      {asked.map(({ action, label }) => {
        const ability = view.abilities[action]
        return (
          <Button
            key={action}
            look="quiet"
            className={css.wide}
            busy={acting === action}
            aria-disabled={ability.offered ? undefined : true}
            title={ability.offered ? undefined : ability.why}
            onClick={() => press(action)}
          >
            {label}
          </Button>
        )
      })}
      <Menu
        trigger={
          <Button className={css.narrow} icon={<Ellipsis />} busy={acting !== undefined}>
            More
          </Button>
        }
      >
        {asked.map(({ action, label, icon: Icon }) => (
          <MenuAction
            key={action}
            icon={<Icon />}
            keys={view.abilities[action].offered ? undefined : 'not offered'}
            onPick={() => press(action)}
          >
            {label}
          </MenuAction>
        ))}
      </Menu>
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
          The provider is asked to revoke the{' '}
          {view.hasRefreshToken ? 'refresh token, then the access token' : 'access token'}. That cannot be
          undone: afterwards you have to sign in again. You will see what the provider did.
        </Confirm>
      )}
      {asking === 'log-out' && <LogOutDialog view={view} onClose={() => setAsking(null)} />}
    </>
  )
}
