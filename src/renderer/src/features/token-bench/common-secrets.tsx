import { Button } from '../../ui/button.tsx'
import { bench } from './store.ts'
import css from './token-bench.module.css'

/** Tries the secrets on an HMAC token that a forger tries first. */
export function CommonSecrets() {
  const busy = bench.use((state) => state.busy)
  const guess = bench.use((state) => state.guess)
  // Not once the key was changed.
  const isFound = bench.use(({ guess, key }) => guess !== null && guess.secret === key.text)
  const tryThem = bench.use((state) => state.tryCommonSecrets)
  const stop = bench.use((state) => state.stopTrying)
  return (
    <div className={css.guess}>
      {busy === 'guess' ? (
        <Button small onClick={stop}>
          Cancel
        </Button>
      ) : (
        <Button small onClick={() => void tryThem()}>
          Try common secrets
        </Button>
      )}
      <p className="note" role="status">
        {busy === 'guess'
          ? `Trying… ${guess === null ? '' : `${guess.tried.toLocaleString('en')} of ${guess.known.toLocaleString('en')} so far.`}`
          : isFound
            ? 'The secret is a common one: anyone can guess it and forge tokens. It is in the field above.'
            : guess?.secret === null
              ? `None of ${guess.known.toLocaleString('en')} common secrets matches.`
              : 'Offline; nothing is sent.'}
      </p>
    </div>
  )
}
