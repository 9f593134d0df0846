import { useState } from 'react'
import type { ConnectionSettings } from '@contract/connection-settings.ts'
import { keysOf } from '@contract/tables/keys-of.ts'
import { messageKindTable } from '@contract/tables/message-kinds.ts'
import { Field, Switch, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { NamesArea } from '../../../ui/names/names-input.tsx'
import { useEnvironment } from '../../../lib/workspace.ts'
import { furtherOf, furtherText } from './further-text.ts'
import css from './connect-dialog.module.css'

interface Props {
  settings: ConnectionSettings
  set: (part: Partial<ConnectionSettings>) => void
}

type Placement = NonNullable<ConnectionSettings['secretPlacement']>
const placements: readonly (readonly [Placement | '', string])[] = [
  ['', 'Default for the client authentication'],
  ['basic_raw', 'Basic, not form-encoded'],
  ['basic_and_body', 'Basic and body'],
  ['query', 'Query (ends up in logs)'],
]
const separators: readonly (readonly [string, string])[] = [
  ['', 'Space'],
  [',', 'Comma'],
  ['+', 'Plus sign'],
  [';', 'Semicolon'],
]

const lives: readonly (readonly [NonNullable<ConnectionSettings['lifeAs']> | '', string])[] = [
  ['', 'Seconds from now'],
  ['milliseconds', 'Milliseconds from now'],
  ['time', 'Time of expiry (expires_at)'],
]
const tokensForApis: readonly (readonly [NonNullable<ConnectionSettings['apiToken']> | '', string])[] = [
  ['', 'Access token'],
  ['id_token', 'ID token'],
]

const furtherHint = `One per line: token Origin: http://localhost for a header, refresh scope=read for a parameter. Messages: ${keysOf(messageKindTable).join(', ')}. A secret goes into a secret variable: token X-Key: {{key}}`

/** What is taken or done for a provider that differs from the specification. Nothing of it is on by itself. */
export function OddFields({ settings, set }: Props) {
  const variables = useEnvironment()
  const [further, setFurther] = useState(furtherText(settings.further))
  const text = (
    name:
      | 'accessTokenAt'
      | 'refreshTokenAt'
      | 'expiresInAt'
      | 'apiScheme'
      | 'apiHeader'
      | 'apiQuery'
      | 'apiCookie'
      | 'scopeParameter',
    label: string,
    placeholder: string,
    hint?: string,
  ) => (
    <Field label={label} hint={hint}>
      <TextInput
        mono
        placeholder={placeholder}
        value={settings[name] ?? ''}
        onChange={(event) => set({ [name]: event.target.value.trim() || undefined })}
      />
    </Field>
  )
  return (
    <fieldset className={css.odd}>
      <legend>For a non-standard provider</legend>
      <p className="note">
        Deviations from the specifications. They are marked on the connection, in flows and in the account’s
        history.
      </p>
      <Switch
        label="Accept unverified ID tokens"
        hint="If the provider’s keys are unavailable, only TLS vouches for who signed in; over plain http, nothing does."
        checked={settings.acceptUnverified === true}
        onChange={(on) => set({ acceptUnverified: on || undefined })}
      />
      <Switch
        label="Send tokens of any type as Bearer"
        hint="For a token response with a missing or unknown token_type."
        checked={settings.sendAsBearer === true}
        onChange={(on) => set({ sendAsBearer: on || undefined })}
      />
      <Switch
        label="Accept form-encoded token responses"
        checked={settings.formTokenAnswer === true}
        onChange={(on) => set({ formTokenAnswer: on || undefined })}
      />
      <Switch
        label="Leave the scope out"
        checked={settings.scopeLeftOut === true}
        onChange={(on) => set({ scopeLeftOut: on || undefined })}
      />
      <Field label="Additional headers and parameters" hint={furtherHint}>
        <NamesArea
          rows={2}
          aria-label="Additional headers and parameters"
          says={furtherHint}
          className={css.further}
          value={further}
          variables={variables}
          onText={(typed) => {
            setFurther(typed)
            set({ further: furtherOf(typed) })
          }}
        />
      </Field>
      <div className={css.pair}>
        <Field label="Client secret sent in">
          <Select
            value={settings.secretPlacement ?? ''}
            options={placements}
            onPick={(picked) =>
              set({ secretPlacement: placements.find(([key]) => key === picked)?.[0] || undefined })
            }
          />
        </Field>
        <Field label="Scope separator">
          <Select
            value={settings.scopeSeparator ?? ''}
            options={separators}
            onPick={(picked) =>
              set({ scopeSeparator: picked === ',' || picked === '+' || picked === ';' ? picked : undefined })
            }
          />
        </Field>
        {text('scopeParameter', 'Scope parameter', 'user_scope')}
        {text('accessTokenAt', 'Access token at', '/data/token', 'A JSON pointer into the token response.')}
        {text('refreshTokenAt', 'Refresh token at', '/data/refresh_token')}
        {text('expiresInAt', 'Lifetime at', '/data/expires_in')}
        <Field label="Lifetime format">
          <Select
            value={settings.lifeAs ?? ''}
            options={lives}
            onPick={(picked) => set({ lifeAs: lives.find(([key]) => key === picked)?.[0] || undefined })}
          />
        </Field>
        <Field label="Token for APIs">
          <Select
            value={settings.apiToken ?? ''}
            options={tokensForApis}
            onPick={(picked) =>
              set({ apiToken: tokensForApis.find(([key]) => key === picked)?.[0] || undefined })
            }
          />
        </Field>
        {text(
          'apiScheme',
          'Scheme for APIs',
          'Bearer',
          'For example token or OAuth; none sends the token alone.',
        )}
        {text('apiHeader', 'Header for APIs', 'Authorization')}
        {text(
          'apiQuery',
          'Query parameter for APIs',
          'access_token',
          'Instead of a header. Ends up in server logs.',
        )}
        {text('apiCookie', 'Cookie for APIs', 'session')}
      </div>
    </fieldset>
  )
}
