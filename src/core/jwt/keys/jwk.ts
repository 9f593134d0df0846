import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** A JWK Set as received (RFC 7517 section 5): nothing in it is trusted to have its shape. */
export interface JwkSet {
  keys: unknown[]
}

/** Most keys of a set that are looked at: what fits into a response of a megabyte. */
export const mostKeys = 1_000

const publicMembers: Record<string, string[]> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  AKP: ['alg', 'pub'],
}

/** Web Crypto takes RSA keys with all of theirs alone (RFC 7518 section 6.3.2). */
const privateMembers: Record<string, string[]> = {
  RSA: ['d', 'p', 'q', 'dp', 'dq', 'qi'],
  EC: ['d'],
  OKP: ['d'],
  AKP: ['priv'],
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

/** Whether a key has, as text, what belongs to its type: the public members, and all private ones where it has any. */
export function isComplete(jwk: JsonObject): boolean {
  const kty = textMember(jwk, 'kty')
  if (kty === undefined) return false
  if (!Object.hasOwn(publicMembers, kty)) return true
  const further = hasPrivateMembers(jwk) ? (privateMembers[kty] ?? []) : []
  return publicJwk(jwk) !== undefined && further.every((name) => textMember(jwk, name) !== undefined)
}

const numbers = ['n', 'e', 'x', 'y', 'pub']

/** A public key whose numbers are in base64url without padding, as RFC 7518 section 2 has them; some issuers write plain
 *  base64, or pad. The same object where nothing had to be changed. */
export function inBase64url(jwk: Record<string, string>): Record<string, string> {
  const odd = numbers.filter((name) => /[+/=]/.test(jwk[name] ?? ''))
  if (odd.length === 0) return jwk
  const spelled = odd.map((name) => [
    name,
    (jwk[name] ?? '')
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, ''),
  ])
  return { ...jwk, ...(Object.fromEntries(spelled) as Record<string, string>) }
}

/** Whether the key carries what must never be published (RFC 7517 section 9.2). */
export function hasPrivateMembers(jwk: JsonObject): boolean {
  return ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'].some((name) => member(jwk, name) !== undefined)
}
