import { LogIn, RefreshCw, Send } from 'lucide-react'
import { grantTable, isProgramAlone } from '@contract/tables/grants.ts'
import type { AccountView } from '@contract/accounts.ts'
import { lifeState } from '../../../lib/life.ts'
import { count, moment, shorten } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useDirectory, useSession, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Ring } from '../../../ui/ring.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { callAs, openConnection } from '../actions.ts'
import { ProviderActions } from './provider-actions.tsx'
import { accounts } from '../store.ts'
import css from './account-page.module.css'

const storage: Record<AccountView['storage'], string> = {
  vault: 'kept in the vault',
  memory: 'kept in memory only',
  unreadable: 'cannot be opened',
}

/** Who it is, what state the tokens are in, and what can be done with them. */
export function AccountHead({ view, refreshing }: { view: AccountView; refreshing: boolean }) {
  const workspace = useWorkspace()
  const now = useNow()
  const refresh = accounts.use((state) => state.refresh)
  const connection = useDirectory((state) => state.connections.find(({ id }) => id === view.connectionId))
  // A request to the playground's own API is ready below.
  const tried = useSession((state) => state.boot?.playground.state === 'running') && connection?.isPlayground
  const { toasts, directory } = workspace

  async function onRefresh(): Promise<void> {
    const failure = await refresh(view.id)
    if (failure) toasts.getState().fail(failure)
    else toasts.getState().show(`New tokens for ${view.displayName}.`, 'ok')
  }
  function signIn(): void {
    if (connection) openConnection(workspace, connection)
    void directory.getState().signIn(view.connectionId)
  }
  const words = about(view, now)
  return (
    <>
      <header className={css.head}>
        <Ring life={view.life} size={44} />
        <h1 className="selectable">
          <span className="clip" title={view.displayName}>
            {view.displayName}
          </span>{' '}
          <StateTag view={view} />
        </h1>
        <p
          className={`note selectable ${css.about}`}
          title={[`subject ${view.subject} at ${view.connectionName}`, ...words].join(' · ')}
        >
          subject <code>{shorten(view.subject)}</code> at {[view.connectionName, ...words].join(' · ')}
        </p>
        <div className={css.actions}>
          <ProviderActions view={view} />
          {isProgramAlone(view.grant) && (
            <Button icon={<RefreshCw />} onClick={() => void directory.getState().signIn(view.connectionId)}>
              Get a new token
            </Button>
          )}
          {view.hasRefreshToken && (
            <Button icon={<RefreshCw />} busy={refreshing} onClick={() => void onRefresh()}>
              Refresh now
            </Button>
          )}
          {!view.unreadable && (
            <Button
              look={tried || view.trouble ? 'plain' : 'primary'}
              icon={<Send />}
              onClick={() => callAs(workspace, view.id)}
            >
              New request
            </Button>
          )}
        </div>
      </header>
      <Expired view={view} signIn={signIn} />
    </>
  )
}

function times(often: number): string {
  return often === 1 ? 'once' : count(often, 'time')
}

/** One line on the account, the subject apart because it is wire data. */
function about(view: AccountView, now: number): string[] {
  const since = moment(view.signedInAt, now)
  return [
    grantTable[view.grant].name,
    view.refreshCount > 0 ? `refreshed ${times(view.refreshCount)} since ${since}` : `since ${since}`,
    ...(view.tokenType === 'DPoP' ? ['bound to a key (DPoP)'] : []),
    storage[view.storage],
  ]
}

function StateTag({ view }: { view: AccountView }) {
  const { tone, revoked } = lifeState(view.life, useNow())
  if (view.storage === 'unreadable') return <Tag tone="bad">unreadable</Tag>
  if (revoked || view.trouble?.code === 'refresh_revoked') return <Tag tone="bad">revoked</Tag>
  if (tone === 'bad') return <Tag tone="bad">expired</Tag>
  if (view.trouble) return <Tag tone="warn">cannot refresh</Tag>
  return <Tag tone={tone === 'warn' ? 'warn' : 'ok'}>{tone === 'warn' ? 'expires soon' : 'signed in'}</Tag>
}

function Expired({ view, signIn }: { view: AccountView; signIn: () => void }) {
  const { tone, revoked } = lifeState(view.life, useNow())
  if (view.trouble) {
    return (
      <div className={css.notice}>
        <Notice
          tone="bad"
          title={view.trouble.message}
          next={view.trouble.next}
          actions={
            <Button small look="primary" icon={<LogIn />} onClick={signIn}>
              Sign in again
            </Button>
          }
        >
          {tone === 'bad' || view.trouble.code === 'refresh_revoked'
            ? ''
            : 'The access token is valid until it expires.'}
        </Notice>
      </div>
    )
  }
  if (tone !== 'bad' || view.storage === 'unreadable') return null
  if (revoked) {
    return (
      <div className={css.notice}>
        <Notice tone="warn" title="The access token was revoked">
          An API that only checks its signature may accept it until it expires. Refresh to get a new one.
        </Notice>
      </div>
    )
  }
  if (isProgramAlone(view.grant)) {
    return (
      <div className={css.notice}>
        <Notice tone="warn" title="The access token has expired">
          The client gets a new one automatically before the next request.
        </Notice>
      </div>
    )
  }
  return (
    <div className={css.notice}>
      {view.hasRefreshToken ? (
        <Notice tone="warn" title="The access token has expired">
          It is refreshed automatically before the next request. You can also refresh it now.
        </Notice>
      ) : (
        <Notice
          tone="bad"
          title="The access token has expired"
          next="There is no refresh token: sign in again."
          actions={
            <Button small look="primary" icon={<LogIn />} onClick={signIn}>
              Sign in again
            </Button>
          }
        />
      )}
    </div>
  )
}
