import type { JwtKind } from './tables/jwt-kinds.ts'
import type { Compared, Failure } from './result.ts'
import { z } from 'zod'

/** All times in this contract are milliseconds since 1970 unless the name ends in `Seconds`. */

/** `notice` is worth knowing and not wrong; `not-checked` says in `detail` why. */
export type CheckState = 'valid' | 'invalid' | 'notice' | 'not-checked'

/** One thing that was looked at in a token. */
export interface Check {
  /** Stable, e.g. `signature`, `issuer`, `audience`, `time`, `nonce`, `at_hash`, `type`. */
  id: string
  label: string
  state: CheckState
  detail: string
  /** Stable code of the cause where one check can fail in several ways, e.g. `expired`, `kid_unknown`. */
  code?: string
  /** Where the rule is, e.g. `RFC 9068 section 4`. */
  source?: string
  /** For a fault that the two show. */
  compared?: Compared
}

/** A claim or header parameter with its meaning in plain words. */
export interface ClaimView {
  name: string
  /** The value as a person reads it; lists come in `items`, objects as JSON text. */
  text: string
  items?: string[]
  kind: 'text' | 'time' | 'list' | 'json'
  /** For `time`: the moment. */
  at?: number
  says: string
  /** A second sentence that deserves attention. */
  attention?: string
  source?: string
}

/** The life of a token, as far as the token or the token response tells. */
export interface TokenLife {
  issuedAt?: number
  notBefore?: number
  /** The earlier of what the token (`exp`) and the token response (`expires_in`) say. */
  expiresAt?: number
  /** When the provider accepted that it is revoked. */
  revokedAt?: number
}

/** What a defect of the text is and where it is. */
export interface TokenDefect {
  code: string
  message: string
  /** Index of the character in the text as it was pasted. */
  position?: number
}

interface TokenViewBase {
  /** Bytes of the token text. */
  size: number
  life: TokenLife
  checks: Check[]
}

/** A signed JWT (RFC 7519, JWS compact serialisation). Never holds the signature's text. */
export interface JwtView extends TokenViewBase {
  format: 'jwt'
  /** What kind of JWT it is, by whose word, and what other kinds' rules would not fit. */
  kind?: { id: JwtKind; because: string; chosen: boolean }
  algorithm: string
  header: ClaimView[]
  claims: ClaimView[]
  /** The first characters of the first two segments, for show. */
  preview: { header: string; payload: string }
}

/** An encrypted JWT (RFC 7516): only its header can be read. */
interface JweView extends TokenViewBase {
  format: 'jwe'
  header: ClaimView[]
}

/** A token that only its issuer can read. */
interface OpaqueView extends TokenViewBase {
  format: 'opaque'
  says: string
}

/** Looks like a JWT and is not a sound one. */
interface MalformedView extends TokenViewBase {
  format: 'malformed'
  defects: TokenDefect[]
  /** What could be read in spite of the defects. */
  header?: ClaimView[]
  claims?: ClaimView[]
}

export type TokenView = JwtView | JweView | OpaqueView | MalformedView

/** A key as it is typed: a JWK, a JWK Set, PEM or a shared secret. An empty algorithm lets the key decide. */
export interface KeyDraft {
  text: string
  encoding: 'text' | 'base64' | 'base64url' | 'hex'
  algorithm: string
}

/** A claim that the holder of an SD-JWT discloses (RFC 9901 section 4.2); `value` is JSON text. An element of a list
 *  has no name. */
export type Disclosure = { readable: true; name?: string; value: string } | { readable: false }

/** A pasted token, and the connections whose provider it names. */
export interface BenchView {
  token: TokenView
  connections: { id: string; name: string; hasKeys: boolean }[]
  /** The tokens that the text holds, and what had to be done to read each. */
  found: { label: string; notes: string[] }[]
  /** Which of them this is. */
  picked: number
  /** What the holder of an SD-JWT discloses. */
  disclosures: Disclosure[]
  /** The key that was given, in words, and the algorithms that fit it. */
  key?: { says: string; algorithms: string[]; assumed: boolean; canSign: boolean }
  /** Why the key could not be used; the token is judged without it. */
  keyTrouble?: Failure
}

export const tokenKind = z.enum(['access', 'id', 'refresh'])
export type TokenKind = z.infer<typeof tokenKind>
