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
  ['', 'As the client authentication says'],
  ['basic_raw', 'Basic, not form-encoded'],
  ['basic_and_body', 'Basic and body'],
  ['query', 'Query, where logs keep it'],
]
const separators: readonly (readonly [string, string])[] = [
  ['', 'A space'],
  [',', 'A comma'],
  ['+', 'A plus sign'],
  [';', 'A semicolon'],
]

const lives: readonly (readonly [NonNullable<ConnectionSettings['lifeAs']> | '', string])[] = [
  ['', 'Seconds from now'],
  ['milliseconds', 'Milliseconds from now'],
  ['time', 'The time when it ends (expires_at)'],
]
const tokensForApis: readonly (readonly [NonNullable<ConnectionSettings['apiToken']> | '', string])[] = [
  ['', 'The access token'],
  ['id_token', 'The ID token'],
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
      <legend>For an odd provider</legend>
      <p className="note">
        What the specification does not have. All of it is marked on the connection, in flows and in the
        account’s history.
      </p>
      <Switch
        label="Accept unverified ID tokens"
        hint="Where the provider’s keys cannot be had, nothing but TLS vouches for who signed in; over plain http, nothing does."
        checked={settings.acceptUnverified === true}
        onChange={(on) => set({ acceptUnverified: on || undefined })}
      />
      <Switch
        label="Send tokens of any type as Bearer"
        hint="For a token response without token_type, or with one of its own."
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
      <Field label="Further headers and parameters" hint={furtherHint}>
        <NamesArea
          rows={2}
          aria-label="Further headers and parameters"
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
        <Field label="Where the client secret goes">
          <Select
            value={settings.secretPlacement ?? ''}
            options={placements}
            onPick={(picked) =>
              set({ secretPlacement: placements.find(([key]) => key === picked)?.[0] || undefined })
            }
          />
        </Field>
        <Field label="Between scopes">
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
        {text('expiresInAt', 'Life at', '/data/expires_in')}
        <Field label="Life given as">
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
        {text('apiScheme', 'Scheme for APIs', 'Bearer', 'token, OAuth …; none for the token alone.')}
        {text('apiHeader', 'Header for APIs', 'Authorization')}
        {text(
          'apiQuery',
          'Query parameter for APIs',
          'access_token',
          'Instead of a header. Servers’ logs keep it.',
        )}
        {text('apiCookie', 'Cookie for APIs', 'session')}
      </div>
    </fieldset>
  )
}
