import { describe, expect, it } from 'vitest'
import { checkTime, type TimeExpectations } from '../../../../../src/core/jwt/checks/check-time.ts'
import { now, seconds } from '../sample.ts'

const judge = (claims: Record<string, unknown>, given: Partial<TimeExpectations> = {}) =>
  checkTime(claims, { now, skewSeconds: 30, required: [], futureIssue: 'notice', ...given })
const verdict = (...input: Parameters<typeof judge>) => {
  const { state, code } = judge(...input)
  return `${state} ${code ?? ''}`.trim()
}
const sound = { exp: seconds + 300 }

describe('checkTime', () => {
  it.each([
    ['a token in its life', sound, {}, 'valid'],
    ['the last moment of the allowance', { exp: seconds - 29.999 }, {}, 'valid'],
    ['the end of the allowance', { exp: seconds - 30 }, {}, 'invalid expired'],
    ['the end, exactly', { exp: seconds }, { skewSeconds: 0 }, 'invalid expired'],
    ['the last moment, exactly', { exp: seconds + 0.001 }, { skewSeconds: 0 }, 'valid'],
    ['a beginning within the allowance', { ...sound, nbf: seconds + 30 }, {}, 'valid'],
    ['a beginning beyond it', { ...sound, nbf: seconds + 30.001 }, {}, 'invalid not_yet_valid'],
    ['an issue within the allowance', { ...sound, iat: seconds + 30 }, {}, 'valid'],
    ['an issue beyond it', { ...sound, iat: seconds + 30.001 }, {}, 'notice issued_in_future'],
    [
      'an issue beyond it where that is refused',
      { ...sound, iat: seconds + 30.001 },
      { futureIssue: 'invalid' },
      'invalid issued_in_future',
    ],
    ['no end', {}, {}, 'notice exp_missing'],
    ['no end where it is required', {}, { required: ['exp'] }, 'invalid exp_missing'],
    ['no issue where it is required', sound, { required: ['exp', 'iat'] }, 'invalid iat_missing'],
    ['all that is required', { ...sound, iat: seconds }, { required: ['exp', 'iat'] }, 'valid'],
    ['an end that is text', { exp: String(seconds + 300) }, {}, 'invalid exp_unsound'],
    ['a beginning that is text', { ...sound, nbf: 'now' }, {}, 'invalid nbf_unsound'],
    ['an issue before 1970', { ...sound, iat: -1 }, {}, 'invalid iat_unsound'],
    ['an end in milliseconds', { exp: now }, {}, 'notice milliseconds'],
    ['an issue in milliseconds', { ...sound, iat: now }, {}, 'notice milliseconds'],
    [
      'an issue in milliseconds where the future is refused',
      { ...sound, iat: now },
      { futureIssue: 'invalid' },
      'invalid issued_in_future',
    ],
    [
      'an end in milliseconds where the future is refused',
      { exp: now },
      { futureIssue: 'invalid' },
      'notice milliseconds',
    ],
    ['a beginning in milliseconds', { ...sound, nbf: now }, {}, 'invalid not_yet_valid'],
  ] as [string, Record<string, unknown>, Partial<TimeExpectations>, string][])(
    'judges %s',
    (_what, claims, given, expected) => expect(verdict(claims, given)).toBe(expected),
  )

  it('says what was allowed for', () => {
    expect(judge({ exp: seconds - 30 }).detail).toBe('Expired, even allowing for a clock difference of 30 s.')
    expect(judge({ exp: seconds }, { skewSeconds: 0 }).detail).toBe('Expired.')
    expect(judge({ exp: seconds }).detail).toBe('Expired, but within the clock tolerance of 30 s.')
    expect(judge({ exp: seconds + 1 }).detail).toBe('Valid when checked, with a clock tolerance of 30 s.')
    expect(judge({ ...sound, nbf: seconds + 90 }).detail).toContain('1 minute 30 seconds after')
    expect(judge({ ...sound, iat: seconds + 90 }).detail).toContain('1 minute 30 seconds in the future')
    expect(judge({ ...sound, iat: now }, { futureIssue: 'invalid' }).detail).toContain('milliseconds')
    expect(judge({ exp: now }).detail).toMatch(/^exp looks like milliseconds/)
    expect(judge({}, { required: ['exp'] }).detail).toContain('exp is required')
    expect(judge({}, { required: ['iat'] }).detail).toContain('iat is required')
  })
})
