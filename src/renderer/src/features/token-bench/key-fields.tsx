import type { BenchView, KeyDraft } from '@contract/tokens.ts'
import type { Failure } from '@contract/result.ts'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import css from './token-bench.module.css'

interface Props {
  value: KeyDraft
  onChange: (key: KeyDraft) => void
  /** What Gatehouse made of it. */
  view: NonNullable<BenchView['key']> | null
  trouble: Failure | null
  hint: string
  /** Offered where nothing is known of the key yet. */
  algorithms: readonly string[]
}

const encodings = [
  ['text', 'Text, as is'],
  ['base64', 'base64'],
  ['base64url', 'base64url'],
  ['hex', 'Hexadecimal'],
] as const

/** A key, how a secret is written, and the algorithm that it is pinned to. */
export function KeyFields({ value, onChange, view, trouble, hint, algorithms }: Props) {
  const structured = /^\s*(?:-----BEGIN |\{)/.test(value.text)
  const offered = view?.algorithms ?? algorithms
  const first = view?.assumed ? `${offered[0]}, assumed` : 'Chosen by the key'
  return (
    <div className={css.keyFields}>
      <Field
        label="Key or secret"
        hint={hint}
        {...(trouble && { error: `${trouble.message} ${trouble.next ?? ''}` })}
      >
        <TextArea
          rows={3}
          placeholder="A shared secret, a JWK or JWK Set, or PEM"
          value={value.text}
          onChange={(event) => onChange({ ...value, text: event.target.value, algorithm: '' })}
        />
      </Field>
      <div className={css.keyChoices}>
        {!structured && (
          <Field label="Secret is written as">
            <Select
              options={encodings}
              value={value.encoding}
              onPick={(encoding) => onChange({ ...value, encoding: encoding as KeyDraft['encoding'] })}
            />
          </Field>
        )}
        <Field label="Algorithm">
          <Select
            options={[['', first] as const, ...offered.map((name) => [name, name] as const)]}
            value={value.algorithm}
            onPick={(algorithm) => onChange({ ...value, algorithm })}
          />
        </Field>
      </div>
    </div>
  )
}
