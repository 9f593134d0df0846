import { useId, useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { Field, TextInput } from '../field.tsx'
import { faultAt, FormFailure } from '../form/form-failure.tsx'
import { PasswordInput } from '../password-input.tsx'
import css from './proxy-login-dialog.module.css'

/** What a proxy is shown. */
export interface ProxyLogin {
  proxy: string
  username: string
  password: string
}

interface Props {
  /** `host:port` of the proxy that asks; left out, it is typed. */
  proxy?: string
  /** What the main button says. */
  action: string
  /** Answers why it was not kept. */
  onSave: (login: ProxyLogin) => Promise<Failure | null>
  onClose: () => void
}

/** Asks for the name and password of a proxy that the system or a PAC file chose. */
export function ProxyLoginDialog({ proxy, action, onSave, onClose }: Props) {
  const form = useId()
  const [typed, setTyped] = useState({ proxy: proxy ?? '', username: '', password: '' })
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  function change(part: Partial<ProxyLogin>): void {
    setTyped({ ...typed, ...part })
    setFailure(null)
  }
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFailure(await onSave(typed))
    setBusy(false)
  }
  return (
    <Dialog
      title={proxy === undefined ? 'Password for a proxy' : `Password for the proxy ${proxy}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void save(event)}>
        {proxy === undefined && (
          <Field
            label="Proxy"
            error={faultAt(failure, 'proxy_address')}
            hint="host:port, as the message of the refused request shows it."
          >
            <TextInput
              mono
              required
              data-first
              placeholder="proxy.example.com:3128"
              value={typed.proxy}
              onChange={(event) => change({ proxy: event.target.value })}
            />
          </Field>
        )}
        <Field label="Name">
          <TextInput
            required
            data-first={proxy !== undefined}
            value={typed.username}
            onChange={(event) => change({ username: event.target.value })}
          />
        </Field>
        <Field label="Password" hint="Encrypted in the vault, sent only to this proxy.">
          <PasswordInput
            autoComplete="off"
            value={typed.password}
            onType={(password) => change({ password })}
          />
        </Field>
        <FormFailure failure={failure} atFields={proxy === undefined ? ['proxy_address'] : []} />
      </form>
    </Dialog>
  )
}
