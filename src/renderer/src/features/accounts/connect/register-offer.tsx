import { useState } from 'react'
import { FilePlus2 } from 'lucide-react'
import type { ConnectionView } from '@contract/connections.ts'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { registrationOf } from './connect-address.ts'
import type { ConnectionForm } from './connection-form.ts'
import css from './connect-dialog.module.css'

interface Props {
  form: ConnectionForm
  onConnected: (connection: ConnectionView) => Promise<void>
}

/** Lets the provider register this program, where it does so by itself: no client ID has to be typed. */
export function RegisterOffer({ form, onConnected }: Props) {
  const { bridge, toasts } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)

  async function register(): Promise<void> {
    setBusy(true)
    const answer = await bridge.call['connect:register'](registrationOf(form, token))
    setBusy(false)
    setFailure(answer.ok ? null : answer.error)
    if (!answer.ok) return
    for (const note of answer.value.notes) toasts.getState().show(note)
    await onConnected(answer.value.connection)
  }
  return (
    <section className={css.register} aria-label="Registration">
      <p className="note">
        Gatehouse can register itself with this provider, with the scope and client authentication below.
      </p>
      {failure?.code === 'registration_needs_token' && (
        <Field label="Initial access token" hint="From the provider’s operator. Used once, not stored.">
          <TextInput
            mono
            type="password"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </Field>
      )}
      <Button icon={<FilePlus2 />} busy={busy} onClick={() => void register()}>
        Register and connect
      </Button>
      {failure && (
        <Notice tone="bad" title={failure.message} next={failure.next}>
          <code>{failure.code}</code>
        </Notice>
      )}
    </section>
  )
}
