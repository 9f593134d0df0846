import { useState } from 'react'
import type { ConnectionSettings, LoopbackHost } from '@contract/connection-settings.ts'
import type { RedirectKind } from '@contract/connections.ts'
import { Choice, Field, Select, TextInput } from '../../ui/field.tsx'
import { portOf, redirectUriOf } from './redirect-uri.ts'
import type { ConnectionForm } from './connection-form.ts'
import css from './connect-dialog.module.css'

const kinds: readonly (readonly [RedirectKind, string])[] = [
  ['custom-scheme', 'Custom scheme'],
  ['loopback', 'Loopback'],
]

interface Props {
  form: ConnectionForm
  change: (part: Partial<ConnectionForm>) => void
}

/** How the answer comes back, and what is to be registered for it. */
export const RedirectChoice = ({ form, change }: Props) => (
  <div className={css.redirect}>
    <span>Redirect back to Gatehouse</span>
    <Choice
      legend="Redirect back to Gatehouse"
      value={form.redirectKind}
      options={kinds}
      onPick={(picked) =>
        change({ redirectKind: kinds.find(([kind]) => kind === picked)?.[0] ?? 'custom-scheme' })
      }
    />
    <small>
      Register <code>{redirectUriOf(form)}</code>
      {form.redirectKind === 'loopback' && !form.settings?.loopbackPort && ' with any port (RFC 8252)'}.
    </small>
  </div>
)

const hosts: readonly (readonly [LoopbackHost, string])[] = [
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '[::1], IPv6'],
  ['localhost', 'localhost, where nothing else is taken'],
]

/** Where the loopback redirect is listened for: some providers compare the port, or know only one name. */
export const LoopbackFields = ({
  settings,
  set,
}: {
  settings: ConnectionSettings
  set: (part: Partial<ConnectionSettings>) => void
}) => {
  const [port, setPort] = useState(settings.loopbackPort === undefined ? '' : String(settings.loopbackPort))
  const unfit = port !== '' && portOf(port) === undefined
  return (
    <div className={css.pair}>
      <Field
        label="Loopback address"
        hint={
          settings.loopbackHost === 'localhost' ? 'Another name server could lead it elsewhere.' : undefined
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
        hint="Empty: a free one each time. Only for providers that compare the port."
        error={unfit ? 'A port is a number from 1024 to 65535.' : undefined}
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
