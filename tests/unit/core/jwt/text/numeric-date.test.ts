import { describe, expect, it } from 'vitest'
import {
  dateOddity,
  durationWords,
  momentOf,
  readNumericDate,
} from '../../../../../src/core/jwt/text/numeric-date.ts'
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

  it.each([
    [99_999_999_999, { ok: true, at: 99_999_999_999_000 }],
    [100_000_000_000, { ok: true, at: 100_000_000_000_000, likely: 100_000_000_000 }],
    [100_000_000_000.5, { ok: true, at: 100_000_000_000_500, likely: 100_000_000_000 }],
    [1.0019, { ok: true, at: 1_001 }],
    [8_640_000_000_000, { ok: true, at: 8_640_000_000_000_000, likely: 8_640_000_000_000 }],
  ])('reads %d to the last digit', (value, expected) => {
    expect(readNumericDate(value)).toEqual(expected)
  })

  it.each([
    ['1', 1_000],
    ['1.5', 1_500],
    ['1.123456', 1_123],
    ['99999999999', 99_999_999_999_000],
    ['100000000000', 100_000_000_000],
    ['100000000000.9', 100_000_000_000],
    ['9999999999999', 9_999_999_999_999],
    ['10000000000000', undefined],
    ['0', undefined],
    ['12345678901234567', undefined],
    ['1.1234567', undefined],
    ['1.', undefined],
    ['.5', undefined],
    ['x1', undefined],
    ['1x', undefined],
    ['1.5x', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('guesses what %j means', (value, likely) => {
    const message = expect.stringMatching(/^Written as text/)
    expect(readNumericDate(value)).toEqual({
      ok: false,
      code: 'not_a_number',
      message,
      ...(likely !== undefined && { likely }),
    })
  })

  it.each([
    [8_640_000_000_001, 'out_of_range', 'Too large'],
    [-0.001, 'negative', 'Before 1970'],
    [[1], 'not_a_number', 'Not a number'],
    [{}, 'not_a_number', 'Not a number'],
  ])('refuses %j, and says why', (value, code, words) => {
    const message = expect.stringMatching(new RegExp(`^${words}`))
    expect(readNumericDate(value)).toEqual({ ok: false, code, message })
    expect(dateOddity(value)).toEqual(message)
    expect(momentOf(value)).toBeUndefined()
  })

  it('gives the moment of a sound one', () => {
    expect(momentOf(seconds)).toBe(now)
    expect(momentOf(0)).toBe(0)
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
    [-90_000, '1 minute 30 seconds'],
    [499, '0 seconds'],
    [500, '1 second'],
    [59_499, '59 seconds'],
    [59_500, '1 minute'],
    [86_399_000, '23 hours 59 minutes'],
    [86_399_500, '1 day'],
    [2 * 86_400_000 + 59_000, '2 days'],
    [7_202_000, '2 hours'],
    [7_261_000, '2 hours 1 minute'],
  ])('%d ms is %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words)
  })
})
