import type { Check } from '@contract/tokens/tokens'
import { checkPresentation } from '../checks/check-disclosures.ts'
import { check, quoted } from '../checks/check.ts'
import { holderKey } from '../keys/holder-key.ts'
import { publicJwk } from '../keys/jwk.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import { decodeToken } from '../text/decode.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { checkKind } from './check-kind.ts'

/** The holder's key that an SD-JWT names (`cnf.jwk`, RFC 9901 section 4.1.2), to check a key binding with; undefined where it
 *  names none. */
export function holderKeys(claims: JsonObject): SignatureKeys | undefined {
  const jwk = holderKey(claims)
  const key = jwk && publicJwk(jwk)
  return key && { keys: { keys: [key] }, called: 'the holder’s key that the SD-JWT names (cnf)' }
}

/** A key binding, and all that was presented before it. */
export interface Presented {
  binding: string
  presented: string
}

/** Whether whoever presents an SD-JWT holds its key (RFC 9901 section 7.3). `claims` are those that count, `issued` those
 *  that are signed. Id: key-binding. Codes: `binding_missing`, `holder_unknown`, those of the key binding's own checks. */
export async function checkHolder(
  claims: JsonObject,
  issued: JsonObject,
  shown: Presented | undefined,
  now: number,
): Promise<Check[]> {
  const report = check('key-binding', 'Key binding', 'RFC 9901 section 7.3')
  const keys = holderKeys(claims)
  if (shown === undefined)
    return keys === undefined
      ? []
      : [
          report.unchecked(
            'It names its holder’s key (cnf) but has no key binding: anyone who has it could present it.',
            'binding_missing',
          ),
        ]
  const token = decodeToken(shown.binding)
  if (token.format !== 'jwt') return [report.invalid('The key binding is not a valid JWT.', 'malformed')]
  if (keys === undefined)
    return [
      report.unchecked('The SD-JWT names no holder’s key (cnf.jwk) to check it with.', 'holder_unknown'),
    ]
  const checks = [
    ...(await checkKind('key_binding', token, { ...keys, now })),
    ...(await checkPresentation(token.claims, issued, shown.presented)),
  ]
  const fault = checks.find(({ state }) => state === 'invalid')
  if (fault) return [report.invalid(`${fault.label}: ${fault.detail}`, fault.code)]
  const signature = checks.find(({ id }) => id === 'signature')
  if (signature?.state !== 'valid') return [report.unchecked(signature?.detail ?? '', signature?.code)]
  const [audience, nonce] = ['aud', 'nonce'].map((name) => quoted(member(token.claims, name)))
  return [report.valid(`Signed with the holder’s key, for ${audience}, with the nonce ${nonce}.`)]
}
