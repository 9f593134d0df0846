import type { Check } from '@contract/tokens/tokens'
import { check } from './check.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, readNumericDate } from '../text/numeric-date.ts'

/** The allowance for clocks that differ, where nothing else is wanted. */
export const usualSkewSeconds = 30

/** How times are judged. `now` in milliseconds. */
export interface TimeExpectations {
  now: number
  /** Allowance for clocks that differ; RFC 7519 section 4.1.4 allows a few minutes at most. */
  skewSeconds: number
  /** Claims without which the token is refused. */
  required: ('exp' | 'iat')[]
  /** Whether a token from the future is refused or only noticed. */
  futureIssue: 'invalid' | 'notice'
  /** Whether tokens of the kind do without exp, being judged by their age or never used to be let in. */
  endless?: boolean
}

/** exp, nbf and iat in one check, RFC 7519 sections 4.1.4 to 4.1.6.
 *  Codes: `exp_unsound`, `nbf_unsound`, `iat_unsound`, `exp_missing`, `iat_missing`, `expired`,
 *  `not_yet_valid`, `issued_in_future`, `milliseconds`. */
export function checkTime(
  claims: JsonObject,
  { now, skewSeconds, required, futureIssue, endless = false }: TimeExpectations,
): Check {
  const time = check('time', 'Time', 'RFC 7519 section 4.1')
  const skew = skewSeconds * 1000
  const at: { exp?: number; nbf?: number; iat?: number } = {}
  let inMilliseconds: string | undefined
  for (const name of ['exp', 'nbf', 'iat'] as const) {
    const value = member(claims, name)
    if (value === undefined) continue
    const date = readNumericDate(value)
    if (!date.ok) return time.invalid(`${name}: ${date.message}`, `${name}_unsound`)
    at[name] = date.at
    if (date.likely !== undefined) inMilliseconds ??= name
  }
  for (const name of required)
    if (at[name] === undefined)
      return time.invalid(
        name === 'exp' ? 'It has no expiry (exp is required).' : 'It has no issue time (iat is required).',
        `${name}_missing`,
      )
  if (at.exp !== undefined && now >= at.exp + skew)
    return time.invalid(
      skewSeconds > 0 ? `Expired, even allowing for a clock difference of ${skewSeconds} s.` : 'Expired.',
      'expired',
    )
  if (at.nbf !== undefined && at.nbf > now + skew)
    return time.invalid(
      `Not valid yet: it becomes valid ${durationWords(at.nbf - now)} after the check.`,
      'not_yet_valid',
    )
  if (inMilliseconds !== undefined && (inMilliseconds !== 'iat' || futureIssue === 'notice'))
    return time.notice(
      `${inMilliseconds} looks like milliseconds. Taken literally, as seconds, it is thousands of years away.`,
      'milliseconds',
    )
  if (at.iat !== undefined && at.iat > now + skew)
    return time[futureIssue](
      inMilliseconds === 'iat'
        ? 'Issued thousands of years in the future: iat looks like milliseconds instead of seconds.'
        : `Issued ${durationWords(at.iat - now)} in the future: one of the clocks is wrong.`,
      'issued_in_future',
    )
  if (at.exp === undefined && endless) return time.valid('It has no expiry (exp), and this kind needs none.')
  if (at.exp === undefined)
    return time.notice('It has no expiry (exp): it is valid until its issuer revokes it.', 'exp_missing')
  if (now >= at.exp) return time.valid(`Expired, but within the clock tolerance of ${skewSeconds} s.`)
  return time.valid(`Valid when checked, with a clock tolerance of ${skewSeconds} s.`)
}
