import type { Check } from '@contract/tokens/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { check, comparedWith, quoted } from './check.ts'
import { fillHole } from '../../text/issuer-hole.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** A second issuer of the provider, and how that is known. */
export interface AnotherIssuer {
  issuer: string
  because: string
}

/** `iss` compared exactly (OpenID Connect Core 3.1.3.7 rule 2, RFC 9068 section 4).
 *  An issuer with a hole
 *  is filled with the tenant (`tid`). Codes: `iss_missing`, `iss_slash`, `iss_wrong`, `no_expectation`. */
export function checkIssuer(
  claims: JsonObject,
  given: Known<string>,
  source: string,
  also?: AnotherIssuer,
): Check {
  const issuer = check('issuer', 'Issuer', source)
  const found = textMember(claims, 'iss')
  if (found === undefined) return issuer.invalid('It has no issuer (iss is required).', 'iss_missing')
  if (given === notKnown) return issuer.unchecked('No connection to compare with.', 'no_expectation')
  const expected = fillHole(given, member(claims, 'tid'))
  if (found === expected)
    return issuer.valid(
      expected === given
        ? 'Matches the connection’s provider.'
        : 'The provider’s issuer for this tenant: computed from tid, as its metadata has a placeholder there.',
    )
  if (also !== undefined && found === fillHole(also.issuer, member(claims, 'tid')))
    return issuer.valid(`The provider’s issuer for these tokens (${also.because}).`)
  if (found.replace(/\/$/, '') === expected.replace(/\/$/, ''))
    return issuer.invalid(
      `Differs only by a trailing slash: ${quoted(found)}, expected ${quoted(expected)}. They must match exactly.`,
      'iss_slash',
      comparedWith(found, expected),
    )
  return issuer.invalid(
    `Issued by ${quoted(found)}, expected ${quoted(expected)}.`,
    'iss_wrong',
    comparedWith(found, expected),
  )
}
