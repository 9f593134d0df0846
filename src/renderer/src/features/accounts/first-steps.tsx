import { useState } from 'react'
import { FlaskConical, Plug } from 'lucide-react'
import { useDirectory, useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { startPlayground } from './actions.ts'
import { ConnectDialog } from './connect/lazy-connect-dialog.ts'
import css from './first-steps.module.css'

const steps = [
  ['Sign in', 'Your own browser shows the provider’s login page. Gatehouse never sees the password.'],
  ['See the tokens', 'What they say in plain words, what was checked, and how long they last.'],
  ['Call the API', 'The token is added when you send, and refreshed if it has expired.'],
] as const

/** The accounts room before anything is open: teaches, and offers the first step. */
export function FirstSteps() {
  const workspace = useWorkspace()
  const loaded = useDirectory((state) => state.loaded)
  const some = useDirectory((state) => state.connections.length > 0)
  const playground = useSession((state) => state.boot?.playground)
  const stray = useDirectory((state) => state.signInErrors[''])
  const [connecting, setConnecting] = useState(false)
  if (!loaded) return null

  const running = playground?.state === 'running'
  return (
    <>
      <EmptyState
        icon={<FlaskConical />}
        title={some ? 'Choose an account or a connection' : 'Make your first authenticated call'}
        actions={
          <>
            <Button
              look="primary"
              autoFocus={!some}
              busy={playground?.state === 'starting'}
              onClick={() => void startPlayground(workspace)}
            >
              {running ? 'Open the playground’s connection' : 'Start the playground'}
            </Button>
            <Button icon={<Plug />} onClick={() => setConnecting(true)}>
              Connect a provider
            </Button>
          </>
        }
      >
        <ol className={css.steps}>
          {steps.map(([title, text], index) => (
            <li key={title}>
              <span className={css.number} aria-hidden="true">
                {index + 1}
              </span>
              <div>
                <strong>{title}</strong>
                <p>{text}</p>
              </div>
            </li>
          ))}
        </ol>
        <p>
          The playground is your own provider and protected API on this computer. Nothing leaves it, and you
          need no account.
        </p>
        {playground?.state === 'failed' && (
          <div className={css.notice}>
            <Notice tone="bad" title={playground.message} next={playground.next} />
          </div>
        )}
        {stray && (
          <div className={css.notice}>
            <Notice
              tone="bad"
              title={stray.message}
              next={stray.next}
              actions={
                <Button small onClick={() => workspace.directory.getState().dismissError('')}>
                  Dismiss
                </Button>
              }
            />
          </div>
        )}
      </EmptyState>
      {connecting && <ConnectDialog onClose={() => setConnecting(false)} />}
    </>
  )
}
