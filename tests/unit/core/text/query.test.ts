import { describe, expect, it } from 'vitest'
import { appendToQuery, dropFromQuery } from '../../../../src/core/text/query.ts'

describe('a query', () => {
  it.each<[string, [string, string][], string]>([
    ['http://a/s?x=%E9&flag&q=a%20b', [['page', '2']], 'http://a/s?x=%E9&flag&q=a%20b&page=2'],
    ['http://a/s', [['q', "a b+c'd"]], 'http://a/s?q=a%20b%2Bc%27d'],
    ['http://a/s?', [['a', '']], 'http://a/s?a='],
    ['http://a/s?a&', [['b', 'é']], 'http://a/s?a&b=%C3%A9'],
    ['http://a/s?a#f', [['b', '1']], 'http://a/s?a&b=1'],
    ['http://a/s?a+b', [], 'http://a/s?a+b'],
    ['http://a/s', [['x', '\ud800']], 'http://a/s?x=%EF%BF%BD'],
  ])('%s gets its rows and stays as it is', (url, rows, whole) => {
    expect(appendToQuery(url, rows)).toBe(whole)
  })

  it.each([
    ['http://a/s?x=%E9&scope=a&flag', 'http://a/s?x=%E9&flag'],
    ['http://a/s?%73cope=a', 'http://a/s'],
    ['http://a/s?&&x', 'http://a/s?&&x'],
    ['http://a/s', 'http://a/s'],
  ])('%s loses what is replaced', (url, rest) => {
    expect(dropFromQuery(url, new Set(['scope']))).toBe(rest)
  })
})
