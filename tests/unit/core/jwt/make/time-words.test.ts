import { describe, expect, it } from 'vitest'
import { readTimeWords, withTimes } from '../../../../../src/core/jwt/make/time-words.ts'

const now = 1_000_000_999
const seconds = 1_000_000

describe('a time in words', () => {
  it.each<[string, number]>([
    ['now', 0],
    [' NOW ', 0],
    ['now+1s', 1],
    ['now + 1m', 60],
    ['now +1h', 3_600],
    ['now+ 1d', 86_400],
    ['now + 1W', 604_800],
    ['now - 2 h', -7_200],
    ['now + 1h30m', 5_400],
    ['now + 1h 30 m 5s', 5_405],
    ['Now - 999999999s', -999_999_999],
    [`now + ${'1s'.repeat(40)}`, 27],
  ])('%j', (text, offset) => {
    expect(readTimeWords(text, now)).toBe(seconds + offset)
  })
  it.each([
    '',
    'then',
    'xnow',
    'nowx',
    'now 1h',
    'now +',
    'now + ',
    'now  + 1h',
    'now +  1h',
    'now ++ 1h',
    'now + 1',
    'now + h',
    'now + 1y',
    'now + 1h x',
    'now + x 1h',
    'now + 1h  5m',
    'now + 1.5h',
    'now + 1234567890s',
    'now + 1  h',
    'now * 1h',
  ])('%j is none', (text) => {
    expect(readTimeWords(text, now)).toBeUndefined()
  })
})

describe('claims', () => {
  it.each(['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe'])('%s may be a time in words', (name) => {
    expect(withTimes({ [name]: 'now + 1s' }, now)).toEqual({ [name]: seconds + 1 })
  })
  it('stay as they are where they are none', () => {
    const claims = { sub: 'now', exp: 'later', nbf: 7, iat: null, list: ['now'] }
    expect(withTimes(claims, now)).toEqual(claims)
  })
})
