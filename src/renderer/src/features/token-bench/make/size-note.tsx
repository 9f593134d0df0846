import type { KeyDraft } from '@contract/tokens/tokens.ts'
import { count } from '../../../lib/format.ts'
import { maker } from '../make-store.ts'
import { ring } from '../ring-store.ts'
import { aboveLimit, sizeOf } from './token-size.ts'
import css from '../token-bench.module.css'

/** What the token comes to while it is typed. */
export function SizeNote() {
  const header = maker.use((state) => state.header)
  const payload = maker.use((state) => state.payload)
  const key = maker.use((state) => state.key)
  const encrypts = maker.use((state) => state.encrypts)
  const keys = ring.use((state) => state.ring?.keys)
  const ofRing = keys?.find(({ id }) => id === key.ring)
  const size = sizeOf(header, payload, algorithmOf(key, ofRing?.readable ? ofRing.algorithms[0] : undefined))
  if (size === null) return <span className={css.size}>not a JSON object yet</span>
  const above = aboveLimit(size.token)
  return (
    <span className={css.size} data-above={above !== ''}>
      {count(size.payload, 'byte')}
      {!encrypts && `, about ${size.token.toLocaleString('en')} characters as a token`}
      {!encrypts && above !== '' && `: ${above}`}
    </span>
  )
}

/** The algorithm that would sign: the one chosen, the first of the key, or what such a key is mostly used with. */
function algorithmOf({ text, algorithm }: KeyDraft, ofRing: string | undefined): string {
  if (algorithm !== '') return algorithm
  if (ofRing !== undefined) return ofRing
  return /^\s*(?:-----BEGIN |\{)/.test(text) ? 'RS256' : 'HS256'
}
