import { z } from 'zod'
import { call } from '../call.ts'
import { id, limits, nothing, url } from '@contract/limits'
import { contentEncryptionNames, tokenForms } from '@contract/tables/token-forms'
import { jwtKindNames } from '@contract/tables/jwt-kinds'
import type { KnownName, TokenComparison } from '@contract/tokens/bench'
import { type BenchView, type FetchedKeys, type GuessView, tokenKind } from '@contract/tokens/tokens'

export const tokenChoice = z.object({ accountId: id, kind: tokenKind }).strict()

/** A JWK, a JWK Set, PEM, or a shared secret. */
export const keyInput = z
  .object({
    text: z.string().max(262_144),
    encoding: z.enum(['text', 'base64', 'base64url', 'hex']).optional(),
    algorithm: z.string().max(40).optional(),
  })
  .strict()

/** A key of the key ring. */
const ringChoice = z.object({ ring: id, algorithm: z.string().max(40).optional() }).strict()

/** What the user wants to be assumed. `at`: milliseconds since 1970. */
const assumptions = z
  .object({
    at: z.int().min(0).max(253_402_300_799_999).optional(),
    skewSeconds: z.int().min(0).max(86_400).optional(),
    issuer: z.string().max(2_000).optional(),
    audience: z.string().max(2_000).optional(),
    nonce: z.string().max(2_000).optional(),
  })
  .strict()

/** A text, and which of the tokens in it is meant. */
export const pasted = z
  .object({ text: z.string().max(limits.token), pick: z.int().min(0).max(20).optional() })
  .strict()

const tokenSource = z.union([pasted, tokenChoice, z.object({ pin: id }).strict()])

const ownKey = z.union([keyInput, ringChoice])

const algorithm = z.string().max(40).optional()

/** And keys that were fetched before, or that the token brings along. */
const benchKey = z.union([
  ownKey,
  z.object({ address: url, algorithm }).strict(),
  z.object({ named: z.enum(['jwk', 'jku', 'x5c', 'x5u']), algorithm }).strict(),
])

/** A token, and how it is judged. */
const benchInput = z
  .object({
    text: z.string().max(limits.token),
    pick: z.int().min(0).max(20).optional(),
    kind: z.enum(jwtKindNames).optional(),
    key: benchKey.optional(),
    assume: assumptions.optional(),
    connectionId: id.optional(),
    withKeys: z.union([z.boolean(), z.literal('kept')]).optional(),
    payload: z.string().max(limits.token).optional(),
  })
  .strict()

export const tokenCalls = {
  /** Decodes a pasted token, offline but for `withKeys`: that asks the connection's provider for its keys, `kept` takes those of the last answer. The text
   *  is not kept. Code: `connection_unknown`. */
  'tokens:inspect': call(benchInput).returns<BenchView>(),
  /** Asks an issuer, or the address of a key set, for its keys, at the user's own press: an address that was typed, or one
   *  that a token names. Codes: `endpoint_*`, `discovery_*`, `keys_*`. */
  'tokens:fetch-keys': call(
    z.union([z.object({ address: url }).strict(), pasted.extend({ named: z.enum(['jku', 'x5u']) }).strict()]),
  ).returns<FetchedKeys>(),
  /** Signs or encrypts a token with keys that the user gives; none is kept. Codes: `header_unreadable`,
   *  `payload_unreadable`, `header_unfit`, `form_unfit`, `key_*`, `secret_unreadable`. */
  'tokens:make': call(
    z
      .object({
        header: z.string().max(limits.secret),
        payload: z.string().max(262_144),
        key: ownKey.optional(),
        encrypt: z
          .object({ key: ownKey, enc: z.enum(contentEncryptionNames) })
          .strict()
          .optional(),
        form: z.enum(tokenForms).optional(),
        disclosable: z.array(z.string().max(200)).max(100).optional(),
      })
      .strict(),
  ).returns<{ text: string }>(),
  /** Header and payload of a pasted token as JSON texts, to make another from. Code: `not_signed`. */
  'tokens:parts': call(pasted).returns<{ header: string; payload: string }>(),
  /** Claims and header parameters that are known by name. */
  'tokens:names': call(nothing).returns<{ claims: KnownName[]; header: KnownName[] }>(),
  /** Copies Markdown of a token as it is judged, without its text, its signature and what tells who someone is; answers
   *  what was left out. Codes: those of `tokens:inspect`. */
  'tokens:share': call(benchInput).returns<{ leftOut: string[] }>(),
  /** What differs between two tokens, pasted, pinned or of an account; the text of neither is in the answer. Codes:
   *  `account_unknown`, `token_missing`, `connection_unknown`, `pin_unknown`, those of the vault. */
  'tokens:compare': call(
    z.object({ one: tokenSource, other: tokenSource }).strict(),
  ).returns<TokenComparison>(),
  /** Tries common secrets on a pasted HMAC token, offline, from this one on; a long token takes several questions, and
   *  whoever asks no further has cancelled. Code: `not_hmac`. */
  'tokens:guess': call(
    pasted.extend({ from: z.int().min(0).max(100_000).optional() }).strict(),
  ).returns<GuessView>(),
  /** The JWT on the clipboard, by the user's own press; other text is not given. Codes: `clipboard_empty`,
   *  `clipboard_too_large`, `clipboard_no_token`. */
  'tokens:paste': call(nothing).returns<{ text: string }>(),
  /** The text of a token, asked for by the user's own act. */
  'tokens:reveal': call(tokenChoice).returns<{ text: string; hideAfterSeconds: number }>(),
  /** Copies in the main process; the clipboard is cleared after a while if it still holds the token. */
  'tokens:copy': call(tokenChoice).returns<{ clearAfterSeconds: number }>(),
}
