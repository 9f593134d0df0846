import { lazy, Suspense, useState, type SubmitEvent } from 'react'
import { Copy, ExternalLink } from 'lucide-react'
import { redirectTable } from '@contract/tables/redirect-kinds.ts'
import type { PendingSignIn } from '@contract/accounts.ts'
import type { Failure } from '@contract/result.ts'
import { clock } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Ring } from '../../../ui/ring.tsx'
import { WindowWarning } from '../connect/redirect-fields.tsx'
import { SlowRedirect } from './slow-redirect.tsx'
import css from './sign-in-panel.module.css'

/** The picture of the code costs a library: it is loaded when one is shown. */
const DevicePanel = lazy(async () => ({ default: (await import('./device-panel.tsx')).DevicePanel }))

/** A sign-in under way, by the browser or by device code. */
export function SignInPanel({ pending }: { pending: PendingSignIn }) {
  return pending.device ? (
    <Suspense fallback={null}>
      <DevicePanel pending={pending} device={pending.device} />
    </Suspense>
  ) : (
    <BrowserPanel pending={pending} />
  )
}

/** What is waited for, and every way on. */
function BrowserPanel({ pending }: { pending: PendingSignIn }) {
  const { bridge, toasts } = useWorkspace()
  const now = useNow()
  const [redirectUrl, setRedirectUrl] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [opened, setOpened] = useState(pending.browserOpened)
  const { id } = pending
  const waits = redirectTable[pending.redirectKind ?? 'custom-scheme'].waits
  const ownWindow = waits === 'window'

  async function openAgain(): Promise<void> {
    const answer = await bridge.call['sign-in:open-again']({ id })
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok) setOpened(answer.value.browserOpened)
  }
  async function copy(): Promise<void> {
    const answer = await bridge.call['sign-in:copy-url']({ id })
    if (answer.ok) toasts.getState().show('Address copied.', 'ok')
    else setFailure(answer.error)
  }
  async function cancel(): Promise<void> {
    const answer = await bridge.call['sign-in:cancel']({ id })
    if (!answer.ok) setFailure(answer.error)
  }
  async function paste(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const answer = await bridge.call['sign-in:paste']({ redirectUrl })
    setFailure(answer.ok ? null : answer.error)
  }
  return (
    <section className={css.panel} aria-label={`Sign-in to ${pending.connectionName}`}>
      <div className={css.head} role="status">
        <Ring life={{ issuedAt: pending.startedAt, expiresAt: pending.expiresAt }} size={32} />
        <div className="grow">
          <strong>
            {ownWindow
              ? 'Waiting for the sign-in window'
              : opened
                ? 'Waiting for your browser'
                : 'No browser opened'}
          </strong>
          <p className="note">
            {ownWindow
              ? 'Sign in there. Closing the window cancels.'
              : opened
                ? 'Sign in there; Gatehouse continues automatically.'
                : 'Copy the address into a browser, sign in, then paste the address it ends at.'}{' '}
            {pending.survivesRestart && !ownWindow
              ? 'This also works after Gatehouse restarts.'
              : 'Keep Gatehouse open until then.'}
          </p>
        </div>
        <span className={`mono ${css.left}`}>{clock(pending.expiresAt - now)} left</span>
      </div>
      <div className={css.actions}>
        <Button icon={<ExternalLink />} onClick={() => void openAgain()}>
          {ownWindow ? 'Show the window' : 'Open the browser again'}
        </Button>
        <Button icon={<Copy />} onClick={() => void copy()}>
          Copy the address
        </Button>
        <span className="grow" />
        <Button look="danger" onClick={() => void cancel()}>
          Cancel
        </Button>
      </div>
      {ownWindow && <WindowWarning />}
      {pending.redirectKind && !ownWindow && <SlowRedirect pending={pending} />}
      <form className={css.paste} onSubmit={(event) => void paste(event)}>
        <Field
          label="Paste the redirect address"
          hint="Only if the browser did not return on its own."
          error={failure ? [failure.message, failure.next].filter(Boolean).join(' ') : undefined}
        >
          <TextInput
            mono
            placeholder="app.gatehouse.desktop:/oauth/callback?code=…"
            value={redirectUrl}
            onChange={(event) => setRedirectUrl(event.target.value)}
          />
        </Field>
        <Button type="submit" disabled={redirectUrl.trim() === ''}>
          Continue
        </Button>
      </form>
    </section>
  )
}
