import { useState } from 'react'
import { Download } from 'lucide-react'
import type { NamedKey } from '@contract/tokens/tokens.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { bench } from './store.ts'
import { noKey } from './bench-input.ts'
import css from './token-bench.module.css'

/** Keys that are somewhere else: at an address that the user gives, or where the token itself says. Nothing is sent before
 *  a press. */
export function FetchKeys() {
  const busy = bench.use((state) => state.busy)
  const named = bench.use((state) => state.named)
  const fetchKeys = bench.use((state) => state.fetchKeys)
  const verifyWith = bench.use((state) => state.verifyWith)
  const [address, setAddress] = useState('')
  function onNamed({ by }: NamedKey): void {
    if (by === 'jku' || by === 'x5u') void fetchKeys({ named: by })
    else void verifyWith({ ...noKey, source: { named: by } })
  }
  return (
    <details className={css.further}>
      <summary>Fetch keys{named.length > 0 ? ', or use those named in the token' : ''}</summary>
      <form
        className={css.fetch}
        onSubmit={(event) => {
          event.preventDefault()
          void fetchKeys({ address: address.trim() })
        }}
      >
        <Field
          label="Issuer or JWKS address"
          hint="Only its keys are fetched; the token stays on this computer."
        >
          <TextInput
            value={address}
            placeholder="https://id.example"
            onChange={(event) => setAddress(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          small
          icon={<Download />}
          busy={busy === 'fetch'}
          disabled={address.trim() === ''}
        >
          Fetch keys
        </Button>
      </form>
      {named.map((key) => (
        <div key={key.by} className={css.guess}>
          <Button small disabled={busy === 'fetch'} onClick={() => onNamed(key)}>
            {key.address === undefined
              ? `Use the embedded key (${key.by}), untrusted`
              : `Fetch from ${key.by}, untrusted`}
          </Button>
          <p className="note">
            {key.address ?? 'Whoever made the token put it there: it proves nothing about who that is.'}
          </p>
        </div>
      ))}
    </details>
  )
}

/** What the token is checked with, where that was not typed. */
export function FetchedKey() {
  const key = bench.use((state) => state.key)
  const view = bench.use((state) => state.keyView)
  const trouble = bench.use((state) => state.keyTrouble)
  const verifyWith = bench.use((state) => state.verifyWith)
  const algorithms = view?.algorithms ?? []
  const first = view?.assumed ? `${algorithms[0]}, assumed` : 'Set by the key'
  return (
    <div className={css.keyFields}>
      <div className={css.keyChoices}>
        <p className="note" role="status">
          {trouble ? `${trouble.message} ${trouble.next ?? ''}` : `Checked with ${view?.says ?? '…'}.`}
          {key.source && 'named' in key.source ? ' Named in the token itself: not trusted.' : ''}
        </p>
        <div>
          <Button small onClick={() => void verifyWith(noKey)}>
            Use another key
          </Button>
        </div>
      </div>
      <Field label="Algorithm">
        <Select
          options={[['', first] as const, ...algorithms.map((name) => [name, name] as const)]}
          value={key.algorithm}
          onPick={(algorithm) => void verifyWith({ ...key, algorithm })}
        />
      </Field>
    </div>
  )
}
