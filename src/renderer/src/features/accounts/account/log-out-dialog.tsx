import { useState } from 'react'
import type { AccountView } from '@contract/accounts.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { accounts } from '../store.ts'
import css from './account-page.module.css'

/** Logging out at the provider, or forgetting the account on this computer alone. */
export function LogOutDialog({ view, onClose }: { view: AccountView; onClose: () => void }) {
  const { toasts, tabs } = useWorkspace()
  const remove = accounts.use((state) => state.remove)
  const logOut = accounts.use((state) => state.logOut)
  const [wayBack, setWayBack] = useState(true)
  const ability = view.abilities['log-out']

  async function onForget(): Promise<void> {
    onClose()
    const failure = await remove(view.id)
    if (failure) toasts.getState().fail(failure)
    else tabs.getState().drop(`account:${view.id}`)
  }
  async function onLogOut(): Promise<void> {
    onClose()
    const failure = await logOut(view.id, wayBack)
    if (failure) return toasts.getState().fail(failure)
    toasts
      .getState()
      .show(
        wayBack
          ? `Finish the log-out in the browser. ${view.displayName} is forgotten here when it comes back.`
          : 'Finish the log-out in the browser. The account stays here until you forget it.',
      )
  }
  return (
    <Dialog
      title={`Log ${view.displayName} out`}
      onClose={onClose}
      footer={
        <>
          <Button look="danger" onClick={() => void onForget()}>
            Sign out here
          </Button>
          <span className="grow" />
          <Button onClick={onClose} data-first>
            Keep it
          </Button>
          {ability.offered && (
            <Button look="primary" onClick={() => void onLogOut()}>
              Log out at the provider
            </Button>
          )}
        </>
      }
    >
      {ability.offered ? (
        <div className={css.choices}>
          <p>
            <strong>At the provider</strong>: the browser opens its log-out page, which ends the session
            there. The tokens may live on until they run out: revoke them first if they must not.
          </p>
          <Switch
            label="Come back to Gatehouse and forget the account here"
            hint="The provider must know app.gatehouse.desktop:/oauth/logout as a post_logout_redirect_uri of this client. Switch it off if its page complains."
            checked={wayBack}
            onChange={setWayBack}
          />
        </div>
      ) : (
        <Notice title="This provider offers no log-out">{ability.why}</Notice>
      )}
      <p className={css.choices}>
        <span>
          <strong>Here only</strong>: account and tokens are forgotten on this computer. The provider is not
          told: its own session and the tokens stay valid until they run out.
        </span>
      </p>
    </Dialog>
  )
}
