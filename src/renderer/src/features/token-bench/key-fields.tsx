import { useEffect } from 'react'
import type { BenchView, KeyDraft } from '@contract/tokens/tokens.ts'
import type { Failure } from '@contract/result.ts'
import { Field, TextArea } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { useTextFile } from '../../ui/text-file.tsx'
import { ring } from './ring-store.ts'
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
  /** Only what can be typed: no key of the ring, no algorithm. */
  alone?: boolean
}

const encodings = [
  ['text', 'Text, as is'],
  ['base64', 'base64'],
  ['base64url', 'base64url'],
  ['hex', 'Hexadecimal'],
] as const

/** A key, how a secret is written, and the algorithm that it is pinned to. */
export function KeyFields({ value, onChange, view, trouble, hint, algorithms, alone = false }: Props) {
  const ringView = ring.use((state) => state.ring)
  const load = ring.use((state) => state.load)
  useEffect(() => {
    if (!alone && ringView === null) void load()
  }, [alone, ringView, load])
  const { drop } = useTextFile((text) => onChange({ ...value, text, algorithm: '' }))
  const keys = alone ? [] : (ringView?.keys ?? []).filter(({ readable }) => readable)
  const isTyped = value.ring === ''
  const structured = /^\s*(?:-----BEGIN |\{)/.test(value.text)
  const ofRing = keys.find(({ id }) => id === value.ring)
  const offered = view?.algorithms ?? (ofRing?.readable ? ofRing.algorithms : algorithms)
  const error: { error?: string } = trouble ? { error: `${trouble.message} ${trouble.next ?? ''}` } : {}
  const first = view?.assumed ? `${offered[0]}, assumed` : 'Set by the key'
  return (
    <div className={css.keyFields} {...(isTyped && drop)}>
      <div className={css.keyChoices}>
        {keys.length > 0 && (
          <Field label="Key from">
            <Select
              options={[['', 'Typed or pasted'] as const, ...keys.map(({ id, name }) => [id, name] as const)]}
              value={value.ring}
              onPick={(id) => onChange({ ...value, ring: id, algorithm: '' })}
            />
          </Field>
        )}
        {isTyped ? (
          <Field label="Key or secret" hint={hint} {...error}>
            <TextArea
              rows={3}
              placeholder="A shared secret, a JWK or JWK Set, or PEM"
              value={value.text}
              onChange={(event) => onChange({ ...value, text: event.target.value, algorithm: '' })}
            />
          </Field>
        ) : (
          <p className="note" role="status">
            {error.error ?? hint}
          </p>
        )}
      </div>
      <div className={css.keyChoices}>
        {isTyped && !structured && (
          <Field label="Secret is written as">
            <Select
              options={encodings}
              value={value.encoding}
              onPick={(encoding) => onChange({ ...value, encoding: encoding as KeyDraft['encoding'] })}
            />
          </Field>
        )}
        {!alone && (
          <Field label="Algorithm">
            <Select
              options={[['', first] as const, ...offered.map((name) => [name, name] as const)]}
              value={value.algorithm}
              onPick={(algorithm) => onChange({ ...value, algorithm })}
            />
          </Field>
        )}
      </div>
    </div>
  )
}
