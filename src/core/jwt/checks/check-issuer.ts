import type { Check } from '@contract/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { check, comparedWith, quoted } from './check.ts'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** `iss` compared to the letter (OpenID Connect Core 3.1.3.7 rule 2, RFC 9068 section 4).
 *  Codes: `iss_missing`, `iss_slash`, `iss_wrong`, `no_expectation`. */
export function checkIssuer(claims: JsonObject, expected: Known<string>, source: string): Check {
  const issuer = check('issuer', 'Issuer', source)
  const found = textMember(claims, 'iss')
  if (found === undefined)
    return issuer.invalid('It does not say who issued it (iss is required).', 'iss_missing')
  if (expected === notKnown) return issuer.unchecked('No connection to compare with.', 'no_expectation')
  if (found === fillTemplate(expected, claims))
    return issuer.valid('The same as the provider of the connection.')
  if (found.replace(/\/$/, '') === expected.replace(/\/$/, ''))
    return issuer.invalid(
      `Differs by a slash at the end only: ${quoted(found)}, expected ${quoted(expected)}. They have to be the same to the letter.`,
      'iss_slash',
      comparedWith(found, expected),
    )
  return issuer.invalid(
    `Issued by ${quoted(found)}, expected ${quoted(expected)}.`,
    'iss_wrong',
    comparedWith(found, expected),
  )
}

/** Entra ID publishes one issuer for all tenants, with a hole in it that `tid` fills. */
function fillTemplate(issuer: string, claims: JsonObject): string {
  const tenant = textMember(claims, 'tid')
  return tenant !== undefined && /^[0-9a-f-]{36}$/i.test(tenant)
    ? issuer.replace('{tenantid}', tenant)
    : issuer
}
