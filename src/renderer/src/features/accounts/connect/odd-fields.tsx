import type { ConnectionSettings } from '@contract/connection-settings.ts'
import { Switch } from '../../../ui/field.tsx'
import css from './connect-dialog.module.css'

interface Props {
  settings: ConnectionSettings
  set: (part: Partial<ConnectionSettings>) => void
}

/** What is taken or done for a provider that differs from the specification. Nothing of it is on by itself. */
export function OddFields({ settings, set }: Props) {
  return (
    <fieldset className={css.odd}>
      <legend>For an odd provider</legend>
      <Switch
        label="Accept unverified ID tokens"
        hint="Where the provider’s keys cannot be had, nothing but TLS vouches for who signed in; over plain http, nothing does. Marked on the connection, in flows and in the account’s history."
        checked={settings.acceptUnverified === true}
        onChange={(on) => set({ acceptUnverified: on || undefined })}
      />
    </fieldset>
  )
}
