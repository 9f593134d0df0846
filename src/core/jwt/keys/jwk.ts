import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** A JWK Set as received (RFC 7517 section 5): nothing in it is trusted to have its shape. */
export interface JwkSet {
  keys: unknown[]
}

/** Most keys of a set that are looked at: what fits into an answer of a megabyte. */
export const mostKeys = 1_000

const publicMembers: Record<string, string[]> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  AKP: ['alg', 'pub'],
}

/** The members of a key that are public, by its type; undefined for other types or where one is missing.
 *  Private members, and hints that jose would trip over, are left behind. */
export function publicJwk(jwk: JsonObject): Record<string, string> | undefined {
  const kty = textMember(jwk, 'kty')
  if (kty === undefined) return undefined
  const names = Object.hasOwn(publicMembers, kty) ? publicMembers[kty] : undefined
  if (!names) return undefined
  const stripped: Record<string, string> = { kty }
  for (const name of names) {
    const value = textMember(jwk, name)
    if (value === undefined) return undefined
    stripped[name] = value
  }
  return stripped
}

/** Whether the key carries what must never be published (RFC 7517 section 9.2). */
export function hasPrivateMembers(jwk: JsonObject): boolean {
  return ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'].some((name) => member(jwk, name) !== undefined)
}
