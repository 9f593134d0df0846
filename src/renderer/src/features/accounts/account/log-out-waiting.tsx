import type { AccountView } from '@contract/accounts.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useReturned } from '../../../lib/use-returned.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { slowAfter } from '../sign-in/slow-redirect.tsx'
import { accounts, type LeavingAccount } from '../store.ts'
import css from './account-page.module.css'

/** A logout that waits for the browser. When the user comes back and the browser has not, that is said at once. */
export function LogOutWaiting({ view }: { view: AccountView }) {
  const leaving = accounts.use((state) => state.leaving[view.id])
  return leaving ? <Waiting key={leaving.since} view={view} leaving={leaving} /> : null
}

function Waiting({ view, leaving }: { view: AccountView; leaving: LeavingAccount }) {
  const { toasts, tabs } = useWorkspace()
  const remove = accounts.use((state) => state.remove)
  const logOut = accounts.use((state) => state.logOut)
  const stay = accounts.use((state) => state.stay)
  const now = useNow()
  const returned = useReturned()
  const missing = returned || now - leaving.since > slowAfter

  async function onForget(): Promise<void> {
    const failure = await remove(view.id)
    if (failure) toasts.getState().fail(failure)
    else tabs.getState().drop(`account:${view.id}`)
  }
  async function again(loopback: boolean): Promise<void> {
    const failure = await logOut(view.id, { wayBack: true, loopback })
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <div className={css.notice}>
      <Notice
        tone={missing ? 'warn' : 'plain'}
        title={
          missing
            ? 'The browser did not return after the logout'
            : 'Waiting for you to log out in your browser'
        }
        next={
          missing
            ? `Check the page in your browser. Then sign ${view.displayName} out here${leaving.loopback ? ', or log out through loopback, which browsers do not drop' : ''}.`
            : undefined
        }
        actions={
          <>
            {missing && leaving.loopback && (
              <Button small look="primary" onClick={() => void again(true)}>
                Log out through loopback
              </Button>
            )}
            <Button small onClick={() => void again(false)}>
              Open the logout page again
            </Button>
            <Button small look="danger" onClick={() => void onForget()}>
              Sign out here
            </Button>
            <Button small look="quiet" onClick={() => stay(view.id)}>
              Keep the account
            </Button>
          </>
        }
      >
        {missing
          ? 'The provider may still be asking whether to log out, may not accept the return address and show an error, or may never send the browser back. The account and its tokens are still here.'
          : 'The account is removed here when the browser returns.'}
      </Notice>
    </div>
  )
}
