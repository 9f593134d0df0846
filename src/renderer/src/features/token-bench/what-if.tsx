import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { bench } from './store.ts'
import { nothingAssumed, type Assumed } from './bench-input.ts'
import css from './token-bench.module.css'

const texts = [
  ['issuer', 'Expected issuer'],
  ['audience', 'Expected audience'],
  ['nonce', 'Expected nonce'],
] as const satisfies readonly (readonly [keyof Assumed, string])[]

/** Judges the token at another time, or by what another API would expect. */
export function WhatIf() {
  const assumed = bench.use((state) => state.assumed)
  const assume = bench.use((state) => state.assume)
  const isUsed = Object.values(assumed).some((text) => text !== '')
  return (
    <details className={css.further}>
      <summary>What if{isUsed && ': the token is checked against your assumptions'}</summary>
      <div className={css.whatIf}>
        <Field label="Time">
          <TextInput
            type="datetime-local"
            step={1}
            value={assumed.at}
            onChange={(event) => void assume({ at: event.target.value })}
          />
        </Field>
        <Field label="Leeway in seconds">
          <TextInput
            inputMode="numeric"
            maxLength={5}
            placeholder="30"
            value={assumed.leeway}
            onChange={(event) => void assume({ leeway: event.target.value })}
          />
        </Field>
        {texts.map(([name, label]) => (
          <Field key={name} label={label}>
            <TextInput
              mono
              maxLength={2_000}
              value={assumed[name]}
              onChange={(event) => void assume({ [name]: event.target.value })}
            />
          </Field>
        ))}
        {isUsed && (
          <Button small onClick={() => void assume(nothingAssumed)}>
            Clear assumptions
          </Button>
        )}
      </div>
    </details>
  )
}
