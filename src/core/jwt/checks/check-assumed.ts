import type { Check } from '@contract/tokens/tokens'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { check, comparedWith, quoted } from './check.ts'

/** What a token is judged by at the user's word, to see what would become of it elsewhere. Left out: nothing is
 *  assumed. The moment is the `now` of the inspection. */
export interface Assumptions {
  /** Allowance for clocks that differ. */
  skewSeconds?: number | undefined
  issuer?: string | undefined
  /** Of an ID token it is the client. */
  audience?: string | undefined
  nonce?: string | undefined
}

/** Issuer, audience and nonce of a token whose kind has no rules for them. Codes: `issuer_wrong`, `audience_wrong`,
 *  `nonce_wrong`. */
export function checkAssumed(claims: JsonObject, { issuer, audience, nonce }: Assumptions): Check[] {
  return [
    ...one('issuer', 'Issuer', 'RFC 7519 section 4.1.1', member(claims, 'iss'), issuer),
    ...one('audience', 'Audience', 'RFC 7519 section 4.1.3', member(claims, 'aud'), audience),
    ...one('nonce', 'Nonce', 'OpenID Connect Core section 3.1.3.7', member(claims, 'nonce'), nonce),
  ]
}

function one(
  id: string,
  label: string,
  source: string,
  came: unknown,
  expected: string | undefined,
): Check[] {
  if (expected === undefined) return []
  const report = check(id, label, source)
  const fits = Array.isArray(came) ? id === 'audience' && came.includes(expected) : came === expected
  if (fits) return [report.valid(`${quoted(expected)}, as you expect.`)]
  return [
    came === undefined
      ? report.invalid(`The token has none; you expect ${quoted(expected)}.`, `${id}_wrong`)
      : report.invalid(
          `The token says ${quoted(came)}; you expect ${quoted(expected)}.`,
          `${id}_wrong`,
          comparedWith(came, expected),
        ),
  ]
}
