import { keysOf } from './keys-of.ts'

/** The forms of a JWS or JWE (RFC 7515 section 7, RFC 7516 section 7). */
export const tokenFormTable = {
  compact: 'Compact',
  flattened: 'JSON, flattened',
  general: 'JSON, general',
} as const satisfies Record<string, string>

export type TokenForm = keyof typeof tokenFormTable
export const tokenForms = keysOf(tokenFormTable)

/** The content encryptions of RFC 7518 section 5.1, the usual one first, with the bytes of key that each needs. */
export const contentEncryptions = {
  A256GCM: 32,
  A192GCM: 24,
  A128GCM: 16,
  'A128CBC-HS256': 32,
  'A192CBC-HS384': 48,
  'A256CBC-HS512': 64,
} as const satisfies Record<string, number>

export type ContentEncryption = keyof typeof contentEncryptions
export const contentEncryptionNames = keysOf(contentEncryptions)
