import type { JwtKind } from '../tables/jwt-kinds.ts'
import type { VerdictState } from '../tables/verdict-states.ts'
import type { Compared, Failure } from '../result.ts'
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
  /** Of `x5c`: the certificates, the one of the signer's key first. */
  certificates?: CertificateFacts[]
}

/** A certificate in a header (RFC 7515 section 4.1.6). `thumbprint`: SHA-256 in base64url, as in `x5t#S256`. */
export type CertificateFacts =
  | {
      readable: true
      subject: string
      issuer: string
      notBefore: number
      notAfter: number
      key: string
      selfSigned: boolean
      thumbprint: string
    }
  | { readable: false }

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

/** The first look: what it is and whether it holds. */
export interface TokenVerdict {
  state: VerdictState
  /** What it is: `ID token`, `Unsecured JWT`. */
  what: string
  /** Why it holds, or why not, in a sentence. */
  says: string
  /** Known attacks that it looks like, by name. */
  attacks: string[]
}

interface TokenViewBase {
  verdict: TokenVerdict
  /** Bytes of the token text. */
  size: number
  life: TokenLife
  checks: Check[]
  /** The encryption that was taken off to read it, from the outside in. */
  envelopes?: Envelope[]
}

/** An encrypted token around another one (RFC 7516). */
interface Envelope {
  /** The key management and content encryption: `RSA-OAEP-256, A256GCM`. */
  algorithms: string
  header: ClaimView[]
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

/** Signed data that is no JWT: its payload is no set of claims, or is not in the text (null). */
interface JwsView extends TokenViewBase {
  format: 'jws'
  header: ClaimView[]
  payload: string | null
}

export type TokenView = JwtView | JweView | JwsView | OpaqueView | MalformedView

/** What a stretch of a pasted text is. */
export type TextRole = 'header' | 'payload' | 'signature' | 'encrypted' | 'disclosure' | 'binding' | 'extra'

/** A stretch of the pasted text, from `start` up to `end`. */
export interface TextPart {
  role: TextRole
  start: number
  end: number
}

/** A defect at its place in the pasted text; `start` is `end` where something is missing. */
export interface TextMark {
  start: number
  end: number
  code: string
  message: string
}

/** A key as it is typed: a JWK, a JWK Set, PEM or a shared secret. An empty algorithm lets the key decide. */
export interface KeyDraft {
  /** A key of the key ring by its id; empty: what is typed counts. */
  ring: string
  text: string
  encoding: 'text' | 'base64' | 'base64url' | 'hex'
  algorithm: string
  /** Instead of what is typed: keys that were fetched from an address, or that the token names itself. */
  source?: { address: string } | { named: NamedKey['by'] }
}

/** A claim that the holder of an SD-JWT discloses (RFC 9901 section 4.2); `value` is JSON text. An element of a list
 *  has no name. */
export type Disclosure =
  | {
      readable: true
      name?: string
      value: string
      /** Whether the issuer signed its digest; left out where that is not known. */
      fate?: 'matched' | 'unmatched' | 'repeated' | 'misplaced'
    }
  | { readable: false }

/** A key that a token names itself, by which header parameter, and the address that it gives for it. */
export interface NamedKey {
  by: 'jwk' | 'jku' | 'x5c' | 'x5u'
  address?: string
}

/** Keys that were fetched at the user's word: from where, and in words what they are. */
export interface FetchedKeys {
  address: string
  says: string
  notes: string[]
}

/** Whether an HMAC token is signed with one of the common secrets, how many of them are known, and how many were tried by
 *  now: a long token takes several questions. */
export interface GuessView {
  secret: string | null
  known: number
  tried: number
}

/** A pasted token, and the connections whose provider it names. */
export interface BenchView {
  token: TokenView
  connections: { id: string; name: string; hasKeys: boolean }[]
  /** The tokens that the text holds, and what had to be done to read each. */
  found: { label: string; notes: string[] }[]
  /** Which of them this is. */
  picked: number
  /** Keys that the token names itself; used at the user's word alone, and never trusted. */
  named: NamedKey[]
  /** What the holder of an SD-JWT discloses. */
  disclosures: Disclosure[]
  /** The parts of the token in the text, in order; empty for a text that is too long to be coloured. */
  parts: TextPart[]
  marks: TextMark[]
  /** The key that was given, in words, and the algorithms that fit it. */
  key?: { says: string; algorithms: string[]; assumed: boolean; canSign: boolean }
  /** Why the key could not be used; the token is judged without it. */
  keyTrouble?: Failure
}

export const tokenKind = z.enum(['access', 'id', 'refresh'])
export type TokenKind = z.infer<typeof tokenKind>
