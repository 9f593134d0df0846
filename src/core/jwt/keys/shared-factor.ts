import type { Check } from '@contract/tokens/tokens'
import { check } from '../checks/check.ts'
import { isObject, textMember } from '../text/json-object.ts'
import type { JwkSet } from './jwk.ts'
import { integerOf } from './rsa-weakness.ts'

/** Most keys that are held against one another. */
const most = 12

/** Names RSA keys that share a prime: whoever sees both can compute both private keys. Code: `shared_factor`. */
export function findSharedFactor(...sets: (JwkSet | undefined)[]): Check[] {
  const moduli = new Map<bigint, string>()
  for (const key of sets.flatMap((set) => set?.keys ?? [])) {
    if (moduli.size === most) break
    const modulus =
      isObject(key) && textMember(key, 'kty') === 'RSA' ? integerOf(textMember(key, 'n')) : undefined
    if (modulus !== undefined && modulus > 1n && isObject(key))
      moduli.set(modulus, textMember(key, 'kid')?.slice(0, 80) ?? 'without a name')
  }
  const all = [...moduli]
  for (const [index, [modulus, name]] of all.entries())
    for (const [other, otherName] of all.slice(index + 1))
      if (commonDivisor(modulus, other) > 1n) return [sharedBy(name, otherName)]
  return []
}

function sharedBy(name: string, other: string): Check {
  return check(
    'attack-shared-factor',
    'Attack: RSA keys with a common factor',
    'RFC 8725 section 3.5',
  ).invalid(
    `Two of the RSA keys at hand (${name}; ${other}) share a prime factor: whoever sees both can compute their private keys and sign as they do.`,
    'shared_factor',
  )
}

function commonDivisor(one: bigint, other: bigint): bigint {
  let [larger, smaller] = [one, other]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
