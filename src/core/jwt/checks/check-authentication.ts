import type { Check } from '@contract/tokens'
import { check, quoted } from './check.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, readNumericDate } from '../text/numeric-date.ts'

/** What was asked of the person's sign-in. */
export interface AuthenticationExpectations {
  now: number
  skewSeconds: number
  maxAgeSeconds?: number
  acrValues?: string[]
  acrEssential?: boolean
  previous?: { authTime?: number }
}

/** auth_time against max_age, and acr against what was asked for. Codes: `auth_time_missing`,
 *  `auth_time_unsound`, `auth_time_future`, `auth_time_changed`, `auth_time_too_old`, `acr_wrong`. */
export function checkAuthentication(claims: JsonObject, given: AuthenticationExpectations): Check[] {
  return [checkAge(claims, given), checkStrength(claims, given)]
}

function checkAge(claims: JsonObject, given: AuthenticationExpectations): Check {
  const age = check('auth_time', 'Time of sign-in', 'OpenID Connect Core section 3.1.3.7 rule 13')
  const value = member(claims, 'auth_time')
  const asked = given.maxAgeSeconds
  if (value === undefined)
    return asked === undefined
      ? age.unchecked('No max_age was asked for, and the provider did not tell.', 'no_expectation')
      : age.invalid('max_age was asked for, so auth_time is required; it is missing.', 'auth_time_missing')
  const date = readNumericDate(value)
  if (!date.ok) return age.invalid(date.message, 'auth_time_unsound')
  if (date.at > given.now + given.skewSeconds * 1000)
    return age.invalid('The person is said to have signed in in the future.', 'auth_time_future')
  if (given.previous?.authTime !== undefined && given.previous.authTime !== date.at)
    return age.invalid(
      'A refresh must keep the time of the first sign-in (section 12.2); it changed.',
      'auth_time_changed',
    )
  if (asked === undefined) return age.unchecked('No max_age was asked for.', 'no_expectation')
  const over = given.now - date.at - asked * 1000
  return over > given.skewSeconds * 1000
    ? age.invalid(
        `The sign-in is older than the ${durationWords(asked * 1000)} that were asked for.`,
        'auth_time_too_old',
      )
    : age.valid(`Within the ${durationWords(asked * 1000)} that were asked for.`)
}

function checkStrength(claims: JsonObject, { acrValues, acrEssential }: AuthenticationExpectations): Check {
  const strength = check('acr', 'Strength of sign-in', 'OpenID Connect Core section 3.1.3.7 rule 12')
  if (acrValues === undefined || acrValues.length === 0)
    return strength.unchecked('None was asked for.', 'no_expectation')
  const found = member(claims, 'acr')
  if (typeof found === 'string' && acrValues.includes(found))
    return strength.valid(`${quoted(found)}, as asked for.`)
  const detail =
    found === undefined
      ? `Asked for ${quoted(acrValues.join(' '))}; the provider does not say what it did.`
      : `Asked for ${quoted(acrValues.join(' '))}, got ${quoted(found)}.`
  return acrEssential ? strength.invalid(detail, 'acr_wrong') : strength.notice(detail, 'acr_wrong')
}
