import type { Check } from '@contract/tokens/tokens'
import { check, comparedWith, quoted } from '../checks/check.ts'
import { isNone, jwsAlgorithm } from '../keys/algorithms.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, momentOf } from '../text/numeric-date.ts'

/** The public key inside a proof: here alone the token's own key counts, as possession is all that it proves. */
export function proofKey(header: JsonObject): JsonObject | undefined {
  const jwk = member(header, 'jwk')
  return isObject(jwk) && !hasPrivateMembers(jwk) ? jwk : undefined
}

/** The key, the request and the age of a DPoP proof. Ids: proof-key, proof-target, proof-age. */
export function checkProof({ header, claims }: DecodedJwt, now: number): Check[] {
  const key = check('proof-key', 'Key of the proof', 'RFC 9449 section 4.3')
  const age = check('proof-age', 'Age of the proof', 'RFC 9449 section 11.1')
  const jwk = member(header, 'jwk')
  const alg = textMember(header, 'alg') ?? ''
  const found = !isObject(jwk)
    ? key.invalid('The header carries no public key (jwk).', 'jwk_missing')
    : hasPrivateMembers(jwk)
      ? key.invalid('The header carries a private key: that key is compromised.', 'jwk_private')
      : isNone(alg) || jwsAlgorithm(alg)?.kty === 'oct'
        ? key.invalid(`${alg} is not a signature with a private key.`, 'alg_symmetric')
        : key.valid('A public key, and an algorithm that fits a proof.')
  const issued = momentOf(member(claims, 'iat'))
  const target = checkTarget(claims)
  if (issued === undefined) return [found, ...target]
  return now - issued > 5 * 60_000
    ? [
        found,
        ...target,
        age.notice(
          `Made ${durationWords(now - issued)} ago: servers accept proofs that are a few minutes old.`,
          'proof_old',
        ),
      ]
    : [found, ...target, age.valid('Fresh.')]
}

/** The request that the proof is for: an address without query and fragment, and a method as it is sent. */
function checkTarget(claims: JsonObject): Check[] {
  const target = check('proof-target', 'Request of the proof', 'RFC 9449 section 4.2')
  const [method, address] = [member(claims, 'htm'), member(claims, 'htu')]
  if (method === undefined || address === undefined) return []
  if (typeof address !== 'string' || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return [target.invalid(`htu is ${quoted(address)}, which is no address of a server.`, 'htu_unsound')]
  if (/[?#]/.test(address))
    return [
      target.invalid(
        'htu has a query or a fragment, which it must not have: servers compare it without.',
        'htu_unsound',
      ),
    ]
  if (typeof method !== 'string' || !/^[!#$%&'*+.^`|~\w-]{1,40}$/.test(method))
    return [target.invalid(`htm is ${quoted(method)}, which is no method.`, 'htm_unsound')]
  return [
    method === method.toUpperCase()
      ? target.valid(`${method} ${quoted(address)}.`)
      : target.notice(
          `Methods are told apart by capitals: ${quoted(method)} is not ${method.toUpperCase()}.`,
          'htm_case',
        ),
  ]
}

/** The access token that came with a proof. */
export interface Companion {
  /** RFC 7638 thumbprint of the key in the proof. */
  thumbprint: string | undefined
  /** Of the key that the access token is bound to (`cnf.jkt`). */
  bound: string | undefined
  /** SHA-256 of the access token, in base64url. */
  hash: string
}

/** Whether proof and access token belong together (RFC 9449 section 4.3). Id: proof-token. Codes: `ath_missing`,
 *  `ath_wrong`, `jkt_wrong`. */
export function checkCompanion(claims: JsonObject, { thumbprint, bound, hash }: Companion): Check {
  const report = check('proof-token', 'Access token of the proof', 'RFC 9449 section 4.3')
  const ath = member(claims, 'ath')
  if (bound !== undefined && thumbprint !== undefined && bound !== thumbprint)
    return report.invalid(
      'The access token beside it is bound to another key (cnf.jkt) than that of the proof.',
      'jkt_wrong',
    )
  if (ath === undefined)
    return report.invalid('It is sent with an access token and does not name it (ath).', 'ath_missing')
  return ath === hash
    ? report.valid('ath is the hash of the access token beside it.')
    : report.invalid(
        'ath is the hash of another access token than the one beside it.',
        'ath_wrong',
        comparedWith(ath, hash),
      )
}
