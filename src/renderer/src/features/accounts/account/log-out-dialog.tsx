import { useState } from 'react'
import type { AccountView } from '@contract/accounts.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { redirectUriOf } from '../connection/redirect-uri.ts'
import { accounts } from '../store.ts'
import css from './account-page.module.css'

/** Logging out at the provider, or forgetting the account on this computer alone. */
export function LogOutDialog({ view, onClose }: { view: AccountView; onClose: () => void }) {
  const { toasts, tabs } = useWorkspace()
  const remove = accounts.use((state) => state.remove)
  const logOut = accounts.use((state) => state.logOut)
  const [wayBack, setWayBack] = useState(true)
  const ability = view.abilities['log-out']
  const connection = useDirectory((state) => state.connections).find(({ id }) => id === view.connectionId)
  const back =
    connection?.redirectKind === 'loopback'
      ? redirectUriOf(connection)
      : 'app.gatehouse.desktop:/oauth/logout'

  async function onForget(): Promise<void> {
    onClose()
    const failure = await remove(view.id)
    if (failure) toasts.getState().fail(failure)
    else tabs.getState().drop(`account:${view.id}`)
  }
  async function onLogOut(): Promise<void> {
    onClose()
    const failure = await logOut(view.id, { wayBack })
    if (failure) return toasts.getState().fail(failure)
    toasts
      .getState()
      .show(
        wayBack
          ? `Finish logging out in the browser. ${view.displayName} is then removed here.`
          : 'Finish logging out in the browser. The account stays here until you remove it.',
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
            Cancel
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
            <strong>At the provider</strong>: the browser opens its logout page, which ends the session there;
            that cannot be undone. Tokens may stay valid until they expire: revoke them first if that matters.
          </p>
          <Switch
            label="Return to Gatehouse and remove the account here"
            hint={`${back} must be registered as a post_logout_redirect_uri of this client. Turn this off if the provider’s page shows an error.`}
            checked={wayBack}
            onChange={setWayBack}
          />
        </div>
      ) : (
        <Notice title="This provider offers no logout">{ability.why}</Notice>
      )}
      <p className={css.choices}>
        <span>
          <strong>Here only</strong>: the account and its tokens are removed from this computer. The provider
          is not notified: its session and the tokens stay valid until they expire. You can restore the
          account from the bin for an hour.
        </span>
      </p>
    </Dialog>
  )
}
