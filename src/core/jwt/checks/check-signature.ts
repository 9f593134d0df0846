import type { Check } from '@contract/tokens'
import { check } from './check.ts'
import { readCompactJws } from '../text/compact.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'

/** Verifies the signature and reports it; a second check only where the issuer publishes a private key.
 *  Codes: those of verify-signature.ts, and `key_exposed`. */
export async function checkSignature(token: DecodedJwt, keys: SignatureKeys): Promise<Check[]> {
  const signature = check('signature', 'Signature', 'RFC 7515 section 5.2')
  const jws = readCompactJws(token.text)
  if (!jws.ok) return [signature.invalid('The text is not a valid signed token.', 'malformed')]
  const outcome = await verifySignature(jws.value, keys)
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
  return checks
}
