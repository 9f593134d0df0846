import type { Check } from '@contract/tokens/tokens'
import type { Known } from '../../text/known.ts'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { encodeBase64url } from '../text/base64url.ts'
import { check, comparedWith } from './check.ts'
import { member, textMember } from '../text/json-object.ts'
import type { DecodedJwt } from '../text/decode.ts'

/** The left half of a digest, base64url: at_hash, c_hash and s_hash (OpenID Connect Core 3.1.3.6).
 *  `alg` is that of the ID token; undefined where it defines no digest. */
export async function halfHash(text: string, alg: string): Promise<string | undefined> {
  const digest = jwsAlgorithm(alg)?.digest
  if (digest === undefined) return undefined
  const bytes = new Uint8Array(await crypto.subtle.digest(digest, new TextEncoder().encode(text)))
  return encodeBase64url(bytes.subarray(0, bytes.length / 2))
}

/** Compares at_hash or c_hash with what it is the hash of.
 *  Codes: `at_hash_missing`, `at_hash_wrong`, `c_hash_missing`, `c_hash_wrong`, `not_sent`, `no_expectation`. */
export async function checkHash(
  token: DecodedJwt,
  name: 'at_hash' | 'c_hash',
  hashed: Known<string | null>,
  required: boolean,
): Promise<Check> {
  const isAccess = name === 'at_hash'
  const what = isAccess ? 'access token' : 'authorization code'
  const report = check(
    name,
    isAccess ? 'Access token hash' : 'Code hash',
    isAccess ? 'OpenID Connect Core section 3.1.3.8' : 'OpenID Connect Core section 3.3.2.10',
  )
  const found = member(token.claims, name)
  if (found === undefined)
    return required
      ? report.invalid(`${name} is missing, though this flow requires it.`, `${name}_missing`)
      : report.unchecked(`The provider sent none; in this flow it is optional.`, 'not_sent')
  if (typeof hashed !== 'string')
    return report.unchecked(`The ${what} it belongs to is not available.`, 'no_expectation')
  const expected = await halfHash(hashed, textMember(token.header, 'alg') ?? '')
  if (expected === undefined)
    return report.unchecked('No hash is defined for this signature algorithm.', 'alg_unsupported')
  return found === expected
    ? report.valid(`Issued together with this ${what}.`)
    : report.invalid(`Issued for another ${what}.`, `${name}_wrong`, comparedWith(found, expected))
}
