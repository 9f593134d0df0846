import type { Check } from '@contract/tokens/tokens'
import { check } from './check.ts'
import type { DecodedJwt } from '../text/decode.ts'
import type { JsonObject } from '../text/json-object.ts'
import { jwsOf } from '../text/signed-json.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'

/** Verifies the signature and reports it; further checks only where the issuer publishes a private key, a key
 *  that leaves its algorithm to the token, or one spelled otherwise.
 *  Codes: those of verify-signature.ts, `key_exposed`, `key_unpinned`, `key_respelled`. */
export async function checkSignature(
  token: Pick<DecodedJwt, 'text' | 'flattened'> & { header?: JsonObject },
  keys: SignatureKeys,
): Promise<Check[]> {
  const signature = check('signature', 'Signature', 'RFC 7515 section 5.2')
  const jws = jwsOf(token)
  if (jws === undefined) return [signature.invalid('The text is not a valid signed token.', 'malformed')]
  const outcome = await verifySignature(jws, keys)
  if (outcome.state !== 'valid') {
    const report = outcome.state === 'invalid' ? signature.invalid : signature.unchecked
    return [report(outcome.message, outcome.code)]
  }

  const shared = outcome.alg.startsWith('HS')
  const which = keys.called
    ? `with ${keys.called}`
    : shared
      ? 'with the client secret'
      : `key ${outcome.kid ?? 'without a name'} of the issuer${outcome.tried > 1 ? `, the ${outcome.tried}. of those that fit` : ''}`
  const checks = [signature.valid(`${outcome.alg}, ${which}.`)]
  if (outcome.exposed)
    checks.push(
      check('key-exposed', 'Published key', 'RFC 7517 section 9.2').notice(
        'The issuer publishes the private part of this key: anyone can sign such tokens.',
        'key_exposed',
      ),
    )
  if (outcome.choices)
    checks.push(
      check('key-unpinned', 'Algorithm not pinned', 'RFC 8725 section 3.1').notice(
        `The issuer’s key states no algorithm (alg), so the token itself chose ${outcome.alg} among ${outcome.choices.join(', ')}. An API must accept only the one it expects.`,
        'key_unpinned',
      ),
    )
  if (outcome.respelled)
    checks.push(
      check('key-spelling', 'Spelling of the key', 'RFC 7518 section 2').notice(
        'The issuer writes the numbers of this key in plain base64 or with padding, instead of base64url.',
        'key_respelled',
      ),
    )
  return checks
}
