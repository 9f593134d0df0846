import { useState } from 'react'
import type { ConnectionSettings } from '@contract/connection-settings.ts'
import { Field, TextInput } from '../../../ui/field.tsx'
import { useEnvironment } from '../../../lib/workspace.ts'
import { NamesArea, NamesInput } from '../../../ui/names/names-input.tsx'
import { extraOf, extraText, linesOf } from './connection-form.ts'
import css from './connect-dialog.module.css'

interface Props {
  settings: ConnectionSettings
  /** A person signs in through the browser. */
  browser: boolean
  set: (part: Partial<ConnectionSettings>) => void
}

const example = {
  details: '[{"type": "payment_initiation", "actions": ["initiate"]}]',
  claims: '{"id_token": {"email": {"essential": true}}}',
}

/** Parameters of the request, each by its own name. Empty ones are not sent. */
export function AskedFields({ settings, browser, set }: Props) {
  const variables = useEnvironment()
  // Lists are text while they are typed.
  const [resources, setResources] = useState((settings.resources ?? []).join('\n'))
  const [extra, setExtra] = useState(extraText(settings.extra))
  const text = (
    name: 'audience' | 'prompt' | 'acrValues' | 'loginHint' | 'uiLocales',
    label: string,
    hint: string,
    placeholder?: string,
  ) => (
    <Field label={label} hint={hint}>
      <NamesInput
        className={css.typed}
        placeholder={placeholder}
        value={settings[name] ?? ''}
        variables={variables}
        onText={(typed) => set({ [name]: typed || undefined })}
      />
    </Field>
  )
  return (
    <>
      <div className={css.pair}>
        {text('audience', 'Audience', 'Some providers expect this instead of a resource.')}
        <Field
          label="Additional resources"
          hint="One address per line. The first token is for the one above."
        >
          <NamesArea
            className={css.further}
            rows={1}
            value={resources}
            variables={variables}
            onText={(typed) => {
              setResources(typed)
              set({ resources: linesOf(typed) })
            }}
          />
        </Field>
        {browser && (
          <>
            {text('prompt', 'Prompt', 'none, login, consent, select_account', 'login')}
            <Field label="Maximum age of the sign-in, in seconds" hint="max_age; the response is checked.">
              <TextInput
                mono
                inputMode="numeric"
                pattern="[0-9]*"
                value={settings.maxAgeSeconds ?? ''}
                onChange={({ target }) =>
                  set({ maxAgeSeconds: /^\d{1,8}$/.test(target.value) ? Number(target.value) : undefined })
                }
              />
            </Field>
            {text(
              'acrValues',
              'Authentication level',
              'acr_values: the provider’s own names for its levels.',
            )}
            {text('loginHint', 'Expected user', 'login_hint: fills in the username.')}
            {text('uiLocales', 'Languages', 'ui_locales, best first.', 'nl en')}
          </>
        )}
      </div>
      <Field label="Authorization details" hint="More precise than scopes: a JSON list (RFC 9396).">
        <NamesArea
          className={css.further}
          rows={2}
          placeholder={example.details}
          value={settings.authorizationDetails ?? ''}
          variables={variables}
          onText={(typed) => set({ authorizationDetails: typed || undefined })}
        />
      </Field>
      {browser && (
        <Field
          label="Claims"
          hint="Claims requested in the ID token or userinfo: a JSON object (OpenID Connect)."
        >
          <NamesArea
            className={css.further}
            rows={2}
            placeholder={example.claims}
            value={settings.claims ?? ''}
            variables={variables}
            onText={(typed) => set({ claims: typed || undefined })}
          />
        </Field>
      )}
      <Field
        label="Extra parameters"
        hint="One per line: name=value. Parameters that keep the sign-in secure cannot be changed."
      >
        <NamesArea
          className={css.further}
          rows={2}
          placeholder="tenant=blue"
          value={extra}
          variables={variables}
          onText={(typed) => {
            setExtra(typed)
            set({ extra: extraOf(typed) })
          }}
        />
      </Field>
    </>
  )
}
