import { FlaskConical, Play, Square, User } from 'lucide-react'
import type { PlaygroundState } from '@contract/app.ts'
import { usePlaygroundCopy } from '../../lib/use-playground-copy.ts'
import { useDirectory, useSession, useTabs } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeyValueTable } from '../../ui/list/key-value-table.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlaygroundUsers } from '../../ui/playground-users.tsx'
import { Tag } from '../../ui/tag.tsx'
import { ClientsTable } from './clients-table.tsx'
import { Exercises } from './exercises.tsx'
import { Faults } from './faults.tsx'
import css from './playground.module.css'

/** The provider and the protected API that come with Gatehouse. */
export function PlaygroundPage() {
  const playground = useSession((state) => state.boot?.playground)
  const start = useSession((state) => state.startPlayground)
  if (!playground) return null
  if (playground.state === 'running') return <Running playground={playground} />
  return (
    <EmptyState
      icon={<FlaskConical />}
      title="A provider and an API to try things out"
      actions={
        <Button
          look="primary"
          icon={<Play />}
          busy={playground.state === 'starting'}
          onClick={() => void start()}
        >
          {playground.state === 'starting' ? 'Starting' : 'Start the playground'}
        </Button>
      }
    >
      <p>
        The playground signs users in like a real provider, and its orders API checks every token: signature,
        issuer, audience, expiry and scope.
      </p>
      <p>It runs only on this computer and sets up its own connection, so signing in takes one click.</p>
      {playground.state === 'failed' && (
        <div className={css.notice}>
          <Notice tone="bad" title={playground.message} next={playground.next} />
        </div>
      )}
    </EmptyState>
  )
}

function Running({ playground }: { playground: Extract<PlaygroundState, { state: 'running' }> }) {
  const stop = useSession((state) => state.stopPlayground)
  const copy = usePlaygroundCopy()
  const open = useTabs((state) => state.open)
  const connection = useDirectory((state) =>
    state.connections.find(({ id }) => id === playground.connectionId),
  )
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>
          Playground <Tag tone="ok">running</Tag>
        </h1>
        <span className="grow" />
        <Button icon={<Square />} onClick={() => void stop()}>
          Stop
        </Button>
        {connection && (
          <Button
            look="primary"
            icon={<User />}
            onClick={() =>
              open({ kind: 'connection', connectionId: connection.id }, { title: connection.name })
            }
          >
            Open connection
          </Button>
        )}
      </header>
      <div className={css.columns}>
        <div className={css.column}>
          <section>
            <h2>Addresses</h2>
            <KeyValueTable
              label="Addresses"
              rows={[
                ['Provider (issuer)', <code key="issuer">{playground.issuer}</code>],
                ['Protected API', <code key="api">{playground.api}</code>],
              ]}
            />
            <p className="faint">Only programs on this computer can reach it.</p>
          </section>
          <section>
            <h2 id="playground-users">Users</h2>
            <PlaygroundUsers
              users={playground.users}
              labelledBy="playground-users"
              onCopy={(of) => void copy({ what: 'password', of }, `${of}’s password`)}
            />
          </section>
          <Exercises api={playground.api} />
        </div>
        <Faults on={playground.faults} />
      </div>
      <ClientsTable clients={playground.clients} />
    </div>
  )
}
