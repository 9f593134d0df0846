import type { EnteredProof, SharedSignIn } from '@contract/collection-scope.ts'
import { Field, TextArea } from '../../../ui/field.tsx'
import { PasswordInput } from '../../../ui/password-input.tsx'
import { OpenTextFile } from '../../../ui/text-file.tsx'
import css from './sign-in-dialog.module.css'

/** What is typed for it. */
export interface TypedProof {
  secret: string
  key: string
  certificate: string
}

export const nothingTyped: TypedProof = { secret: '', key: '', certificate: '' }

/** What was typed, as it is given on. */
export function proofOf(asks: SharedSignIn['asks'], { secret, key, certificate }: TypedProof): EnteredProof {
  if (asks === 'secret' && secret !== '') return { clientSecret: secret }
  if (asks === 'key' && key.trim() !== '') return { clientKey: { imported: key.trim() } }
  if (asks === 'certificate' && certificate.trim() !== '' && key.trim() !== '')
    return { certificate: { certificate: certificate.trim(), key: key.trim() } }
  return {}
}

interface Props {
  asks: SharedSignIn['asks']
  typed: TypedProof
  onType: (part: Partial<TypedProof>) => void
}

/** Asks for what the client proves itself with. */
export function ProofFields({ asks, typed, onType }: Props) {
  if (asks === 'nothing') return null
  if (asks === 'secret')
    return (
      <Field label="Client secret" hint="Kept in your vault, never in the folder.">
        <PasswordInput
          data-first
          autoComplete="off"
          value={typed.secret}
          onType={(secret) => onType({ secret })}
        />
      </Field>
    )
  return (
    <>
      {asks === 'certificate' && (
        <PemField
          label="Certificate (PEM)"
          hint="The client certificate first, then its issuers."
          placeholder="-----BEGIN CERTIFICATE-----"
          value={typed.certificate}
          onText={(certificate) => onType({ certificate })}
        />
      )}
      <PemField
        label={asks === 'certificate' ? 'Its private key (PEM)' : 'Private key of the client'}
        hint={
          asks === 'certificate'
            ? 'Kept in your vault, never in the folder.'
            : 'A JWK, or PEM. Kept in your vault, never in the folder.'
        }
        placeholder="-----BEGIN PRIVATE KEY-----"
        value={typed.key}
        onText={(key) => onType({ key })}
      />
    </>
  )
}

interface PemProps {
  label: string
  hint: string
  placeholder: string
  value: string
  onText: (text: string) => void
}

/** Text that is pasted, or opened from a file. */
function PemField({ label, hint, placeholder, value, onText }: PemProps) {
  return (
    <div className={css.pem}>
      <Field label={label} hint={hint}>
        <TextArea
          rows={3}
          required
          spellCheck={false}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
      <OpenTextFile onText={onText} />
    </div>
  )
}
