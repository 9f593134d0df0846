import { Field, Switch, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { useEnvironment } from '../../../lib/workspace.ts'
import { NamesInput, SecretNamesInput } from '../../../ui/names/names-input.tsx'
import { InvisibleNotice } from '../../../ui/invisible-notice.tsx'
import type { ConnectionView } from '@contract/connections.ts'
import { clientAuthenticationTable } from '@contract/tables/client-authentications.ts'
import { redirectTable } from '@contract/tables/redirect-kinds.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { byBrowser, needsCertificate, needsKey, needsSecret, type ConnectionForm } from './connection-form.ts'
import type { Faults } from './form-faults.ts'
import { CertificateFields, KeyFields } from './key-fields.tsx'
import { RedirectChoice, WindowFields } from './redirect-fields.tsx'
import css from './connect-dialog.module.css'

const authentications = optionsOf(clientAuthenticationTable, ({ choice }) => choice)

interface Props {
  form: ConnectionForm
  change: (part: Partial<ConnectionForm>) => void
  hasStoredSecret: boolean
  connection?: ConnectionView
  faults: Faults
}

/** The client's registration and what is asked for. */
export function ClientFields({ form, change, hasStoredSecret, connection, faults }: Props) {
  const variables = useEnvironment()
  return (
    <>
      <div className={css.pair}>
        <Field label="Client ID" error={faults.clientId}>
          <NamesInput
            className={css.typed}
            required
            value={form.clientId}
            variables={variables}
            onText={(clientId) => change({ clientId })}
          />
        </Field>
        <Field label="Client authentication">
          <Select
            value={form.clientAuthentication}
            options={authentications}
            onPick={(picked) =>
              change({
                clientAuthentication: keyIn(clientAuthenticationTable, picked) ?? 'none',
              })
            }
          />
        </Field>
      </div>
      {needsSecret(form) && (
        <>
          <Field
            label="Client secret"
            error={faults.clientSecret}
            hint={
              hasStoredSecret
                ? 'A secret is stored. Leave this empty to keep it.'
                : 'Kept in the vault, never shown again. {{name}} inserts an environment variable.'
            }
          >
            <SecretNamesInput
              className={css.typed}
              autoComplete="new-password"
              disabled={form.forgetSecret}
              value={form.clientSecret}
              variables={variables}
              onText={(clientSecret) => change({ clientSecret })}
            />
          </Field>
          {hasStoredSecret && (
            <Switch
              label="Remove the stored secret"
              checked={form.forgetSecret}
              onChange={(forgetSecret) => change({ forgetSecret })}
            />
          )}
        </>
      )}
      {needsSecret(form) && (
        <InvisibleNotice
          label="Client secret"
          text={form.clientSecret}
          onTakeOut={(clientSecret) => change({ clientSecret })}
        />
      )}
      <InvisibleNotice
        label="Client ID"
        text={form.clientId}
        onTakeOut={(clientId) => change({ clientId })}
      />
      {needsKey(form) && <KeyFields form={form} change={change} connection={connection} faults={faults} />}
      {needsCertificate(form) && (
        <CertificateFields form={form} change={change} connection={connection} faults={faults} />
      )}
      <div className={css.pair}>
        <Field label="Scope" hint="offline_access requests a refresh token.">
          <NamesInput
            className={css.typed}
            value={form.scope}
            variables={variables}
            onText={(scope) => change({ scope })}
          />
        </Field>
        <Field
          label="Resource, optional"
          error={faults.resource}
          hint="The API that the token is for (RFC 8707)."
        >
          <NamesInput
            className={css.typed}
            inputMode="url"
            value={form.resource}
            variables={variables}
            onText={(resource) => change({ resource })}
          />
        </Field>
      </div>
      {byBrowser(form) && <RedirectChoice form={form} change={change} />}
      {byBrowser(form) && redirectTable[form.redirectKind].waits === 'window' && (
        <WindowFields form={form} change={change} />
      )}
      <Field label="Name">
        <TextInput
          placeholder="Its name in Gatehouse. Defaults to the host."
          value={form.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
    </>
  )
}
