import type { Check } from '@contract/tokens/tokens'
import { check, quoted } from './check.ts'
import { notKnown, type Known } from '../../text/known.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, readNumericDate } from '../text/numeric-date.ts'

/** What was asked of the person's sign-in. */
export interface AuthenticationExpectations {
  now: number
  skewSeconds: number
  /** `max_age`; null where none was asked for. */
  maxAgeSeconds: Known<number | null>
  acr: Known<WantedAcr>
  /** `auth_time` of the ID token before a refresh, in milliseconds; null where there was none before. */
  previousAuthTime: Known<number | null>
}

/** Values of `acr`: wished for with acr_values, or demanded as an essential claim (OpenID Connect Core sections
 *  3.1.2.1 and 5.5.1.1). */
export interface WantedAcr {
  wished: string[]
  demanded: string[]
}

/** auth_time against max_age, and acr against what was asked for. Codes: `auth_time_missing`,
 *  `auth_time_unsound`, `auth_time_future`, `auth_time_changed`, `auth_time_too_old`, `acr_wrong`. */
export function checkAuthentication(claims: JsonObject, given: AuthenticationExpectations): Check[] {
  return [checkAge(claims, given), checkStrength(claims, given)]
}

function checkAge(claims: JsonObject, given: AuthenticationExpectations): Check {
  const age = check('auth_time', 'Sign-in time', 'OpenID Connect Core section 3.1.3.7 rule 13')
  const value = member(claims, 'auth_time')
  const asked = given.maxAgeSeconds
  if (value === undefined)
    return typeof asked !== 'number'
      ? age.unchecked('Not sent, and not required unless max_age was requested.', 'not_sent')
      : age.invalid(
          'max_age was requested, so auth_time is required, but it is missing.',
          'auth_time_missing',
        )
  const date = readNumericDate(value)
  if (!date.ok) return age.invalid(date.message, 'auth_time_unsound')
  if (date.at > given.now + given.skewSeconds * 1000)
    return age.invalid('The sign-in time is in the future.', 'auth_time_future')
  if (typeof given.previousAuthTime === 'number' && given.previousAuthTime !== date.at)
    return age.invalid(
      'A refresh must keep the original sign-in time (section 12.2), but it changed.',
      'auth_time_changed',
    )
  if (asked === notKnown)
    return age.unchecked('It is not known whether max_age was requested.', 'no_expectation')
  if (asked === null) return age.unchecked('No max_age was requested.', 'no_expectation')
  const over = given.now - date.at - asked * 1000
  return over > given.skewSeconds * 1000
    ? age.invalid(
        `The sign-in is older than the ${durationWords(asked * 1000)} that were requested.`,
        'auth_time_too_old',
      )
    : age.valid(`Within the ${durationWords(asked * 1000)} that were requested.`)
}

function checkStrength(claims: JsonObject, { acr }: AuthenticationExpectations): Check {
  const strength = check('acr', 'Sign-in strength', 'OpenID Connect Core section 3.1.3.7 rule 12')
  if (acr === notKnown) return strength.unchecked('It is not known what was requested.', 'no_expectation')
  const { demanded, wished } = acr
  if (demanded.length === 0 && wished.length === 0)
    return strength.unchecked('None was requested.', 'no_expectation')
  const found = member(claims, 'acr')
  const meets = (values: string[]): boolean => typeof found === 'string' && values.includes(found)
  const got =
    found === undefined ? 'the provider does not state the level' : `the ID token names ${quoted(found)}`
  if (demanded.length > 0 && !meets(demanded))
    return strength.invalid(`The connection requires ${quoted(demanded.join(' or '))}; ${got}.`, 'acr_wrong')
  if (wished.length > 0 && !meets(wished))
    return strength.notice(`Requested ${quoted(wished.join(' or '))}; ${got}.`, 'acr_wrong')
  return strength.valid(`${quoted(found)}, as requested.`)
}
