import type { KeyAlgorithm } from '@contract/connection-settings.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { Choice, Field, TextArea } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import type { ConnectionForm } from './connection-form.ts'
import type { Faults } from './form-faults.ts'
import css from './connect-dialog.module.css'

const algorithms: readonly (readonly [KeyAlgorithm, string])[] = [
  ['ES256', 'ES256 (P-256)'],
  ['RS256', 'RS256 (RSA)'],
  ['PS256', 'PS256 (RSA-PSS)'],
  ['EdDSA', 'EdDSA (Ed25519)'],
]

interface Props {
  form: ConnectionForm
  change: (part: Partial<ConnectionForm>) => void
  connection?: ConnectionView
  faults: Faults
}

/** The key that signs for the client: kept, made here, or imported. */
export function KeyFields({ form, change, connection, faults }: Props) {
  const kept = connection?.clientKey
  return (
    <div className={css.found}>
      <div className={css.form}>
        <div className={css.redirect}>
          <span>Client key</span>
          <Choice
            legend="Client key"
            value={form.keySource}
            options={[
              ...(kept ? [['keep', `Keep ${kept.algorithm}`] as const] : []),
              ['generate', 'Generate'],
              ['import', 'Import'],
            ]}
            onPick={(picked) =>
              change(
                picked === 'import'
                  ? { keySource: 'import', keyAlgorithm: 'RS256' }
                  : { keySource: picked === 'keep' ? 'keep' : 'generate', keyAlgorithm: 'ES256' },
              )
            }
          />
          <small>
            The private half stays in the vault. The public half, to be registered with the provider, is on
            the connection’s page after saving.
          </small>
        </div>
        {form.keySource !== 'keep' && (
          <Field
            label={form.keySource === 'import' ? 'Algorithm of an RSA key' : 'Algorithm'}
            hint={form.keySource === 'import' ? 'P-256 signs with ES256, Ed25519 with EdDSA.' : undefined}
          >
            <Select
              value={form.keyAlgorithm}
              options={
                form.keySource === 'import'
                  ? algorithms.filter(([, label]) => label.includes('RSA'))
                  : algorithms
              }
              onPick={(picked) =>
                change({
                  keyAlgorithm: algorithms.find(([value]) => value === picked)?.[0] ?? 'ES256',
                })
              }
            />
          </Field>
        )}
        {form.keySource === 'import' && (
          <Field
            label="Private key"
            error={faults.keyText}
            hint="A JWK, or PEM that starts with -----BEGIN PRIVATE KEY-----."
          >
            <TextArea
              rows={3}
              required
              value={form.keyText}
              onChange={(event) => change({ keyText: event.target.value })}
            />
          </Field>
        )}
      </div>
    </div>
  )
}

/** The certificate that is shown in the TLS handshake, and its key. */
export function CertificateFields({ form, change, connection, faults }: Props) {
  return (
    <div className={css.pair}>
      <Field
        label="Certificate (PEM)"
        error={faults.certificateText}
        hint={
          connection?.certificate
            ? `${connection.certificate.subject} is stored. Leave both empty to keep it.`
            : 'The client certificate first, then its issuers.'
        }
      >
        <TextArea
          rows={3}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={form.certificateText}
          onChange={(event) => change({ certificateText: event.target.value })}
        />
      </Field>
      <Field
        label="Its private key (PEM)"
        error={faults.certificateKey}
        hint="Kept in the vault, never shown again."
      >
        <TextArea
          rows={3}
          placeholder="-----BEGIN PRIVATE KEY-----"
          value={form.certificateKey}
          onChange={(event) => change({ certificateKey: event.target.value })}
        />
      </Field>
    </div>
  )
}
