import { describe, expect, it } from 'vitest'
import { dateOddity, durationWords, readNumericDate } from '../../../../../src/core/jwt/text/numeric-date.ts'
import { now, seconds } from '../sample.ts'

describe('readNumericDate', () => {
  it.each([
    [seconds, { ok: true, at: now }],
    [seconds + 0.5, { ok: true, at: now + 500 }],
    [0, { ok: true, at: 0 }],
    [now, { ok: true, at: now * 1000, likely: now }],
    [String(seconds), { ok: false, code: 'not_a_number', likely: now }],
    [String(now), { ok: false, code: 'not_a_number', likely: now }],
    ['2026-11-23T12:00:00Z', { ok: false, code: 'not_a_number' }],
    [null, { ok: false, code: 'not_a_number' }],
    [true, { ok: false, code: 'not_a_number' }],
    [-1, { ok: false, code: 'negative' }],
    [1e300, { ok: false, code: 'out_of_range' }],
    [Number.POSITIVE_INFINITY, { ok: false, code: 'out_of_range' }],
    [Number.NaN, { ok: false, code: 'out_of_range' }],
  ])('reads %j', (value, expected) => {
    expect(readNumericDate(value)).toMatchObject(expected)
  })

  it('explains milliseconds', () => {
    expect(dateOddity(now)).toMatch(/milliseconds/)
    expect(dateOddity(seconds)).toBeUndefined()
  })
})

describe('durationWords', () => {
  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [648_000, '10 minutes 48 seconds'],
    [900_000, '15 minutes'],
    [3_600_000, '1 hour'],
    [3_605_000, '1 hour'],
    [5_400_000, '1 hour 30 minutes'],
    [30 * 86_400_000, '30 days'],
    [90_000_000, '1 day 1 hour'],
  ])('%d ms is %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words)
  })
})
