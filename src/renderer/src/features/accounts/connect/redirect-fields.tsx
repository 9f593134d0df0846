import { useState } from 'react'
import { Copy } from 'lucide-react'
import type { ConnectionSettings, LoopbackHost } from '@contract/connection-settings.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { redirectTable } from '@contract/tables/redirect-kinds.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { portOf, redirectUriOf } from '../connection/redirect-uri.ts'
import type { ConnectionForm } from './connection-form.ts'
import css from './connect-dialog.module.css'

const kinds = optionsOf(redirectTable, ({ choice }) => choice)

interface Props {
  form: ConnectionForm
  change: (part: Partial<ConnectionForm>) => void
}

/** How the response comes back, and what is to be registered for it. */
export function RedirectChoice({ form, change }: Props) {
  const { bridge, toasts } = useWorkspace()
  const redirectUri = redirectUriOf(form)
  async function copy(): Promise<void> {
    const answer = await bridge.call['connections:copy-redirect']({ redirectUri })
    if (answer.ok) toasts.getState().show('Redirect address copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <div className={css.redirect}>
      <span>Redirect back to Gatehouse</span>
      <Choice
        legend="Redirect back to Gatehouse"
        value={form.redirectKind}
        options={kinds}
        onPick={(picked) => change({ redirectKind: keyIn(redirectTable, picked) ?? 'custom-scheme' })}
      />
      <div className={css.registered}>
        <small className="clip selectable" title={redirectUri}>
          Register <code>{redirectUri}</code>
          {form.redirectKind === 'loopback' && !form.settings?.loopbackPort && ' with any port (RFC 8252)'}
        </small>
        <Button small look="quiet" icon={<Copy />} onClick={() => void copy()}>
          Copy the redirect
        </Button>
      </div>
    </div>
  )
}

const hosts: readonly (readonly [LoopbackHost, string])[] = [
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '[::1], IPv6'],
  ['localhost', 'localhost, only if nothing else is accepted'],
]

/** Said wherever the sign-in window is chosen or waited for. */
export function WindowWarning() {
  return (
    <Notice tone="warn" title="Less safe than your browser">
      A built-in window could read what you type, and you could not tell; your password manager and earlier
      sign-ins are not available there either. RFC 8252 section 8.12 advises against it, and some providers
      refuse it. Gatehouse does not read the page. Use it only where the browser cannot return. Settings ›
      Network applies to it as to requests.
    </Notice>
  )
}

/** What the sign-in window watches for: a client whose redirect cannot be changed. */
export function WindowFields({ form, change }: Props) {
  return (
    <>
      <WindowWarning />
      <Field
        label="Redirect address to watch for"
        hint="As registered, for example https://app.example/callback. It is never loaded. Leave empty for Gatehouse’s own."
      >
        <TextInput
          mono
          placeholder="app.gatehouse.desktop:/oauth/callback"
          value={form.settings?.windowRedirectUri ?? ''}
          onChange={({ target }) =>
            change({ settings: { ...form.settings, windowRedirectUri: target.value.trim() || undefined } })
          }
        />
      </Field>
    </>
  )
}

/** Where the loopback redirect is listened for: some providers compare the port, or know only one name. */
export function LoopbackFields({
  settings,
  set,
}: {
  settings: ConnectionSettings
  set: (part: Partial<ConnectionSettings>) => void
}) {
  const [port, setPort] = useState(settings.loopbackPort === undefined ? '' : String(settings.loopbackPort))
  const unfit = port !== '' && portOf(port) === undefined
  return (
    <div className={css.pair}>
      <Field
        label="Loopback address"
        hint={
          settings.loopbackHost === 'localhost'
            ? 'A DNS server could resolve it to another address.'
            : undefined
        }
      >
        <Select
          value={settings.loopbackHost ?? '127.0.0.1'}
          options={hosts}
          onPick={(picked) => {
            const host = hosts.find(([value]) => value === picked)?.[0]
            set({ loopbackHost: host === '127.0.0.1' ? undefined : host })
          }}
        />
      </Field>
      <Field
        label="Loopback port"
        hint="Leave empty to use a free port each time. Set one only if the provider compares ports."
        error={unfit ? 'Enter a number from 1024 to 65535.' : undefined}
      >
        <TextInput
          mono
          inputMode="numeric"
          pattern="[0-9]*"
          placeholder="any free port"
          value={port}
          onChange={({ target }) => {
            setPort(target.value)
            set({ loopbackPort: portOf(target.value) })
          }}
        />
      </Field>
    </div>
  )
}
