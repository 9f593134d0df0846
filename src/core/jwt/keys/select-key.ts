import type { JwsAlgorithm } from './algorithms.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { hasPrivateMembers, inBase64url, mostKeys, publicJwk } from './jwk.ts'
import type { JwkSet } from './jwk.ts'

/** A key that may have made a signature: public members only. */
interface CandidateKey {
  jwk: Record<string, string>
  kid?: string
  /** The set publishes its private part as well. */
  exposed: boolean
  /** It names the one algorithm that it is for. */
  reserved: boolean
  /** Its numbers came in plain base64, or padded. */
  respelled?: true
}

/** Candidates in the order in which to try them, or why there is none.
 *  Codes: `no_keys`, `kid_unknown`, `key_unfit` (right name, but wrong type, use or algorithm). */
export type KeySelection =
  | { ok: true; candidates: CandidateKey[] }
  | { ok: false; code: 'no_keys' | 'kid_unknown' | 'key_unfit'; message: string }

/** The keys of a set that fit a JWS header, by kid, kty, crv, use, key_ops and alg (RFC 7515 section 6,
 *  RFC 7517 section 4). A token without kid is tried with every fitting key; a token with kid with the keys
 *  of that name, else with keys that have no name at all. */
export function selectKeys(
  set: JwkSet,
  header: JsonObject,
  alg: string,
  algorithm: JwsAlgorithm,
): KeySelection {
  const kid = member(header, 'kid')
  const keys = set.keys.slice(0, mostKeys).filter(isObject)
  if (keys.length === 0) return { ok: false, code: 'no_keys', message: 'The issuer’s key set is empty.' }
  const named = kid === undefined ? keys : keys.filter((key) => member(key, 'kid') === kid)
  const inQuestion = named.length > 0 ? named : keys.filter((key) => member(key, 'kid') === undefined)
  if (inQuestion.length === 0)
    return {
      ok: false,
      code: 'kid_unknown',
      message: `The issuer publishes no key with the ID ${JSON.stringify(kid).slice(0, 120)}: it was rotated, or the token is not from this issuer.`,
    }
  const reasons: string[] = []
  const candidates: CandidateKey[] = []
  for (const key of inQuestion) {
    const reason = unfitness(key, alg, algorithm)
    const jwk = reason === undefined ? publicJwk(key) : undefined
    const name = textMember(key, 'kid')
    if (jwk) {
      const spelled = inBase64url(jwk)
      candidates.push({
        jwk: spelled,
        exposed: hasPrivateMembers(key),
        reserved: member(key, 'alg') !== undefined,
        ...(name !== undefined && { kid: name }),
        ...(spelled !== jwk && { respelled: true }),
      })
    } else reasons.push(reason ?? 'a member is missing')
  }
  if (candidates.length > 0) return { ok: true, candidates }
  const message =
    kid !== undefined && named.length > 0
      ? `The issuer’s key with that ID does not fit: ${reasons[0]}.`
      : `None of the issuer's ${inQuestion.length} keys fits ${alg}; of the first: ${reasons[0]}.`
  return { ok: false, code: 'key_unfit', message }
}

function sameAlgorithm(one: string, other: string): boolean {
  return one === other || (['EdDSA', 'Ed25519'].includes(one) && ['EdDSA', 'Ed25519'].includes(other))
}

/** Why a key cannot have made this signature; undefined where it can. */
function unfitness(key: JsonObject, alg: string, algorithm: JwsAlgorithm): string | undefined {
  const kty = textMember(key, 'kty')
  if (kty !== algorithm.kty) return `it is of type ${kty ?? 'unknown'}, ${alg} needs ${algorithm.kty}`
  if (algorithm.crv !== undefined && textMember(key, 'crv') !== algorithm.crv)
    return `its curve is ${textMember(key, 'crv') ?? 'missing'}, ${alg} needs ${algorithm.crv}`
  const use = member(key, 'use')
  if (use !== undefined && use !== 'sig') return 'it is not meant for signatures (use)'
  const operations = member(key, 'key_ops')
  if (operations !== undefined) {
    if (!Array.isArray(operations) || new Set(operations).size !== operations.length)
      return 'its key_ops are not a list of different operations (RFC 7517 section 4.3)'
    if (!operations.includes('verify') && !(operations.includes('sign') && hasPrivateMembers(key)))
      return 'it is not meant for verifying (key_ops)'
  }
  const own = member(key, 'alg')
  if (own !== undefined && (typeof own !== 'string' || !sameAlgorithm(own, alg)))
    return `it is reserved for ${typeof own === 'string' ? own : 'something that is not a string'}`
  return undefined
}
