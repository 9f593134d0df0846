import { useState } from 'react'
import { LogIn, Pencil, Trash2 } from 'lucide-react'
import { asksForm, grantOf, grantTable } from '@contract/tables/grants.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { usePlaygroundCopy } from '../../../lib/use-playground-copy.ts'
import { useDirectory, useSession, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PlaygroundUsers } from '../../../ui/playground-users.tsx'
import { Sections } from '../../../ui/sections.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { removeConnection, startPlayground } from '../actions.ts'
import { CheckupSection } from './checkup-section.tsx'
import { ConnectDialog } from '../connect/lazy-connect-dialog.ts'
import { CopyConnection } from './copy-connection.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { WriteConnection } from './write-connection.tsx'
import { DirectPanel } from '../sign-in/direct-panel.tsx'
import { SignInErrorNotice } from '../sign-in/sign-in-error.tsx'
import { SignInPanel } from '../sign-in/sign-in-panel.tsx'
import { SignedIn } from '../account/signed-in.tsx'
import { SignedOut } from '../account/signed-out.tsx'
import css from './connection-page.module.css'

/** A connection: sign in, who is signed in, and what it consists of. */
export function ConnectionPage({ connectionId }: { connectionId: string }) {
  const connection = useDirectory((state) => state.connections.find(({ id }) => id === connectionId))
  if (connection) return <Page connection={connection} />
  return (
    <EmptyState icon={<Trash2 />} title="This connection was removed">
      Its accounts were removed with it. You can restore them in Settings › Bin.
    </EmptyState>
  )
}

function Page({ connection }: { connection: ConnectionView }) {
  const workspace = useWorkspace()
  const copy = usePlaygroundCopy()
  const { id } = connection
  const error = useDirectory((state) => state.signInErrors[id])
  const allSignIns = useDirectory((state) => state.signIns)
  const playground = useSession((state) => state.boot?.playground)
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const [starting, setStarting] = useState(false)
  const [section, setSection] = useState('overview')
  const pending = allSignIns.filter(({ connectionId }) => connectionId === id)
  const { unreadable } = connection
  const stopped = connection.isPlayground && playground?.state !== 'running'

  const grant = grantOf(connection.settings)
  const form = asksForm(grant) ? grant : undefined

  async function signIn(): Promise<void> {
    setStarting(true)
    await workspace.directory.getState().signIn(id)
    setStarting(false)
  }
  function showFlow(flowId: string): void {
    workspace.tabs.getState().open({ kind: 'flow', flowId }, { title: `Sign in · ${connection.name}` })
  }
  function remove(): void {
    setDialog(null)
    void removeConnection(workspace, id)
  }
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className="grow">
          <h1>
            {connection.name} {connection.allowInsecure && <Tag tone="warn">plain HTTP allowed</Tag>}
          </h1>
          <p className="note wrap-any">
            {connection.isPlayground ? 'The provider built into Gatehouse' : 'Provider'} at{' '}
            <code>{connection.provider.issuer}</code>
          </p>
        </div>
        <div className={css.actions}>
          <Button look="quiet" icon={<Trash2 />} onClick={() => setDialog('remove')}>
            Remove
          </Button>
          {!unreadable && <CopyConnection connection={connection} />}
          {!unreadable && !asksForm(grant) && <WriteConnection connection={connection} />}
          {!unreadable && (
            <Button icon={<Pencil />} onClick={() => setDialog('edit')}>
              Edit
            </Button>
          )}
          {!form && !unreadable && (
            <Button
              look={pending.length > 0 || error ? 'plain' : 'primary'}
              icon={<LogIn />}
              busy={starting}
              disabled={stopped}
              autoFocus
              onClick={() => void signIn()}
            >
              {pending.length > 0 && grantTable[grant].by === 'browser'
                ? 'Sign in again'
                : grantTable[grant].action}
            </Button>
          )}
        </div>
      </header>
      {unreadable && <Notice tone="bad" title={unreadable.message} next={unreadable.next} />}
      {stopped && (
        <Notice
          tone={playground?.state === 'failed' ? 'bad' : 'plain'}
          title={playground?.state === 'failed' ? playground.message : 'The playground is not running'}
          next={playground?.state === 'failed' ? playground.next : 'Start it to sign in and to call its API.'}
          actions={
            <Button
              small
              look="primary"
              busy={playground?.state === 'starting'}
              onClick={() => void startPlayground(workspace)}
            >
              Start the playground
            </Button>
          }
        />
      )}
      {error && (
        <SignInErrorNotice
          error={error}
          onFlow={error.signInId === undefined ? undefined : () => showFlow(error.signInId ?? '')}
          onRetry={form ? undefined : () => void signIn()}
          onDismiss={() => workspace.directory.getState().dismissError(id)}
        />
      )}
      {form && !unreadable && <DirectPanel connection={connection} grant={form} />}
      {pending.map((one) => (
        <SignInPanel key={one.id} pending={one} />
      ))}
      <Sections
        label="Connection"
        value={section}
        onPick={setSection}
        sections={[
          {
            id: 'overview',
            label: 'Overview',
            content: (
              <div className={css.overview}>
                {connection.isPlayground && playground?.state === 'running' && (
                  <section className={css.section}>
                    <h2 id="sample-users">Sign in as one of these</h2>
                    <PlaygroundUsers
                      users={playground.users}
                      labelledBy="sample-users"
                      onCopy={(of) => void copy({ what: 'password', of }, `${of}’s password`)}
                    />
                  </section>
                )}
                <SignedIn connectionId={id} />
                <SignedOut connectionName={connection.name} />
                <ConnectionFacts connection={connection} />
              </div>
            ),
          },
          { id: 'checkup', label: 'Check-up', content: <CheckupSection connectionId={id} /> },
        ]}
      />
      {dialog === 'edit' && <ConnectDialog connection={connection} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && (
        <Confirm
          title={`Remove ${connection.name}?`}
          action="Remove the connection"
          onConfirm={remove}
          onClose={() => setDialog(null)}
        >
          You can restore it from the bin for 30 days, its accounts with their tokens for an hour. The
          provider is not notified.
        </Confirm>
      )}
    </div>
  )
}
