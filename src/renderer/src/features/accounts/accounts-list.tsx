import { useState } from 'react'
import { LogIn, Plus } from 'lucide-react'
import { grantOf, grantTable } from '@contract/tables/grants.ts'
import type { AccountSummary } from '@contract/accounts.ts'
import type { Protection } from '@contract/vault.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { switchEnvironment } from '../../lib/environment.ts'
import { count, hostOf } from '../../lib/format.ts'
import { part } from '../../lib/part.ts'
import { useDirectory, useSession, useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { ListGroup, ListPane, ListRow } from '../../ui/list/list.tsx'
import { Ring, TimeLeft } from '../../ui/ring.tsx'
import { openAccount, openConnection } from './actions.ts'
import { ConnectDialog } from './connect/lazy-connect-dialog.ts'
import css from './accounts-list.module.css'

const accountMenu = part(
  () => import('./account-menu.tsx'),
  (loaded) => loaded.AccountMenu,
)

const connectionMenu = part(
  () => import('./connection-menu.tsx'),
  (loaded) => loaded.ConnectionMenu,
)

/** Scopes of signing in, which nearly every account has: a narrow line has room for what tells accounts apart. */
const common = new Set(['openid', 'profile', 'email', 'offline_access'])

/** Connections and who is signed in through each. */
export function AccountsList() {
  const workspace = useWorkspace()
  const connections = useDirectory((state) => state.connections)
  const protection = useSession((state) => state.boot?.protection)
  const [connecting, setConnecting] = useState(false)
  const showVault = (): void => workspace.tabs.getState().showSettings('vault')
  return (
    <>
      <ListPane
        title="Accounts"
        action={
          <Button look="quiet" small icon={<Plus />} onClick={() => setConnecting(true)}>
            Connect
          </Button>
        }
        foot={
          protection && (
            <div className={css.guard}>
              <strong className={css.vault}>Vault: {protection.label}</strong>
              <p className={css.says}>{vaultLine[protection.kind]}</p>
              <p className={css.links}>
                {(protection.kind === 'keyring' || protection.kind === 'memory') && (
                  <button type="button" className={css.link} onClick={showVault}>
                    Add a password
                  </button>
                )}
                <button type="button" className={css.link} title={protection.says} onClick={showVault}>
                  {protection.kind === 'memory' ? 'Why?' : 'What this means'}
                </button>
              </p>
            </div>
          )
        }
      >
        {connections.map((connection) => (
          <ConnectionRows key={connection.id} connection={connection} />
        ))}
        {connections.length === 0 && (
          <>
            <p className={css.none}>
              Providers you connect appear here, each with the accounts signed in through it.
            </p>
            <Elsewhere />
          </>
        )}
      </ListPane>
      {connecting && <ConnectDialog onClose={() => setConnecting(false)} />}
    </>
  )
}

/** Where the connections are that an empty list does not show. */
function Elsewhere() {
  const workspace = useWorkspace()
  const environments = useDirectory((state) => state.environments)
  const here = environments.find(({ current }) => current)
  const others = environments.filter(({ current, connections }) => !current && connections > 0)
  if (!here || others.length === 0) return null
  return (
    <div className={css.none} role="group" aria-label="Other environments">
      <p>There are none in the environment {here.name}. Other environments have some:</p>
      {others.map(({ id, name, connections }) => (
        <Button key={id} small onClick={() => void switchEnvironment(workspace, id)}>
          {name}: {count(connections, 'connection')}
        </Button>
      ))}
    </div>
  )
}

/** What the vault means in one line; the whole is in the settings. */
const vaultLine: Record<Protection['kind'], string> = {
  keyring: 'Other users on this computer cannot open it.',
  password: 'Unlocked with your password.',
  both: 'Unlocked with password and keyring.',
  memory: 'Gone when Gatehouse closes.',
}

function apiScopes(scope: string): string {
  const apis = scope.split(' ').filter((word) => word !== '' && !common.has(word))
  return apis.length > 0 ? apis.join(' ') : scope === '' ? 'no scope stated' : 'sign-in only'
}

function AccountRow({ account, current }: { account: AccountSummary; current: boolean }) {
  const workspace = useWorkspace()
  return (
    <ListRow
      lead={<Ring life={account.life} />}
      title={account.displayName}
      detail={
        account.storage === 'unreadable' ? (
          'its tokens cannot be opened'
        ) : (
          <>
            <TimeLeft life={account.life} /> ·{' '}
            {account.accessTokenFormat === 'opaque' ? 'opaque token' : apiScopes(account.scope)}
          </>
        )
      }
      hint={account.scope === '' ? undefined : `Scope: ${account.scope}`}
      current={current}
      onOpen={() => openAccount(workspace, account)}
      menu={<accountMenu.Part account={account} />}
    />
  )
}

function ConnectionRows({ connection }: { connection: ConnectionView }) {
  const workspace = useWorkspace()
  const accounts = useDirectory((state) => state.accounts)
  const pending = useDirectory((state) =>
    state.signIns.find(({ connectionId }) => connectionId === connection.id),
  )
  const activeId = useTabs((state) => state.activeId)
  const [editing, setEditing] = useState(false)
  const own = accounts.filter(({ connectionId }) => connectionId === connection.id)
  const { by, action } = grantTable[grantOf(connection.settings)]
  const people = by === 'browser' || by === 'device'
  const waiting = pending?.device ? 'waiting for the code to be entered' : 'waiting for the browser'
  const none = people ? 'no one is signed in yet' : 'no token yet'
  const empty = connection.unreadable ? 'cannot be read' : pending ? waiting : own.length === 0 ? none : null
  return (
    <ListGroup
      title={`${connection.name} · ${hostOf(connection.provider.issuer)}`}
      current={activeId === `connection:${connection.id}`}
      onOpen={() => openConnection(workspace, connection)}
      menu={<connectionMenu.Part connection={connection} onEdit={() => setEditing(true)} />}
    >
      {editing && <ConnectDialog connection={connection} onClose={() => setEditing(false)} />}
      {empty && (
        <ListRow
          lead={<LogIn className={css.icon} aria-hidden="true" />}
          title={connection.unreadable ? connection.name : action}
          detail={empty}
          onOpen={() => openConnection(workspace, connection)}
        />
      )}
      {own.map((account) => (
        <AccountRow key={account.id} account={account} current={activeId === `account:${account.id}`} />
      ))}
    </ListGroup>
  )
}
