import { describe, expect, it } from 'vitest'
import {
  checkAuthentication,
  type AuthenticationExpectations,
} from '../../../../../src/core/jwt/checks/check-authentication.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { now, seconds } from '../sample.ts'

const expectations: AuthenticationExpectations = {
  now,
  skewSeconds: 30,
  maxAgeSeconds: null,
  acr: { wished: [], demanded: [] },
  previousAuthTime: null,
}
const judge = (claims: Record<string, unknown>, given: Partial<AuthenticationExpectations>) =>
  checkAuthentication(claims, { ...expectations, ...given }).map(({ state, code }) =>
    `${state} ${code ?? ''}`.trim(),
  )
const age = (...input: Parameters<typeof judge>) => judge(...input)[0]
const strength = (...input: Parameters<typeof judge>) => judge(...input)[1]

describe('the time of a sign-in', () => {
  it.each([
    ['at the end of the allowance', { auth_time: seconds - 90 }, { maxAgeSeconds: 60 }, 'valid'],
    ['beyond it', { auth_time: seconds - 90.001 }, { maxAgeSeconds: 60 }, 'invalid auth_time_too_old'],
    ['with max_age 0', { auth_time: seconds - 31 }, { maxAgeSeconds: 0 }, 'invalid auth_time_too_old'],
    ['not told with max_age 0', {}, { maxAgeSeconds: 0 }, 'invalid auth_time_missing'],
    ['not told, and not asked for', {}, {}, 'not-checked not_sent'],
    ['as far ahead as clocks may be', { auth_time: seconds + 30 }, { maxAgeSeconds: 60 }, 'valid'],
    ['further ahead', { auth_time: seconds + 30.001 }, {}, 'invalid auth_time_future'],
    ['as text', { auth_time: `${seconds}` }, {}, 'invalid auth_time_unsound'],
    ['kept in a refresh', { auth_time: seconds }, { previousAuthTime: now }, 'not-checked no_expectation'],
    [
      'changed in a refresh',
      { auth_time: seconds },
      { previousAuthTime: now - 1 },
      'invalid auth_time_changed',
    ],
    ['never asked for', { auth_time: 1 }, {}, 'not-checked no_expectation'],
    [
      'asked for by nobody knows',
      { auth_time: 1 },
      { maxAgeSeconds: notKnown },
      'not-checked no_expectation',
    ],
  ] as [string, Record<string, unknown>, Partial<AuthenticationExpectations>, string][])(
    'is judged %s',
    (_what, claims, given, expected) => expect(age(claims, given)).toBe(expected),
  )
})

describe('the strength of a sign-in', () => {
  const gold = { acr: { wished: [], demanded: ['gold', 'platinum'] } }
  const wished = { acr: { wished: ['gold'], demanded: [] } }
  it.each([
    ['one of those demanded', { acr: 'platinum' }, gold, 'valid'],
    ['a weaker one than demanded', { acr: 'silver' }, gold, 'invalid acr_wrong'],
    ['none where one is demanded', {}, gold, 'invalid acr_wrong'],
    ['a list where one is demanded', { acr: ['gold'] }, gold, 'invalid acr_wrong'],
    ['the one wished for', { acr: 'gold' }, wished, 'valid'],
    ['another than wished for', { acr: 'silver' }, wished, 'notice acr_wrong'],
    ['none where one is wished for', {}, wished, 'notice acr_wrong'],
    [
      'what is demanded, and not what is wished for',
      { acr: 'gold' },
      { acr: { demanded: ['gold'], wished: ['silver'] } },
      'notice acr_wrong',
    ],
    ['any where none was asked for', { acr: 'gold' }, {}, 'not-checked no_expectation'],
    ['any where nobody knows', { acr: 'gold' }, { acr: notKnown }, 'not-checked no_expectation'],
  ] as [string, Record<string, unknown>, Partial<AuthenticationExpectations>, string][])(
    'is judged for %s',
    (_what, claims, given, expected) => expect(strength(claims, given)).toBe(expected),
  )
})

it('a strength that is missing is told apart from another', () => {
  const acr = { wished: [], demanded: ['gold'] }
  const said = (claims: Record<string, unknown>) =>
    checkAuthentication(claims, { ...expectations, acr }).find(({ id }) => id === 'acr')?.detail
  expect(said({})).toContain('does not state the level')
  expect(said({ acr: 'silver' })).toContain('names silver')
})
