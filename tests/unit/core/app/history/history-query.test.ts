import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHistoryQuery } from '../../../../../src/core/app/history/history-query.ts'

const now = new Date(2026, 10, 27, 15, 30).getTime()
const row = {
  id: 'a',
  userId: 'u',
  at: new Date(2026, 10, 27, 9).getTime(),
  method: 'POST',
  url: 'https://api.example.com:8443/orders?host=other',
  accountName: 'Max Muster',
  status: 404,
  duration: 1_200,
}
const fits = (text: string, part: Partial<typeof row> = {}) =>
  readHistoryQuery(text, now).fits({ ...row, ...part })

describe('a search of the history', () => {
  it.each([
    ['status:404', true],
    ['status:4xx', true],
    ['status:5xx', false],
    ['status:>=400', true],
    ['status:<400', false],
    ['status:failed', false],
    ['host:api.example', true],
    ['host:other', false],
    ['method:post', true],
    ['METHOD:GET', false],
    ['account:muster', true],
    ['account:"max m"', true],
    ['account:none', false],
    ['took:>1s', true],
    ['took:>1.2s', false],
    ['took:<=1200ms', true],
    ['took:2s', false],
    ['after:today', true],
    ['after:2h', false],
    ['after:1d', true],
    ['before:today', false],
    ['after:yesterday before:2026-11-28', true],
    ['after:2026-11-27t10:00', false],
    ['is:pinned', false],
    ['status:4xx method:post took:>1s', true],
    ['status:4xx method:get', false],
    ['status: host:', true],
  ])('%s: %s', (text, expected) => {
    expect(fits(text)).toBe(expected)
    expect(readHistoryQuery(text, now).words).toEqual([])
  })

  it('knows what failed, and what is pinned', () => {
    expect(readHistoryQuery('status:failed', now).fits({ ...row, status: undefined })).toBe(true)
    expect(readHistoryQuery('is:pinned', now).fits({ ...row, pinned: true })).toBe(true)
    expect(readHistoryQuery('account:none', now).fits({ ...row, accountName: undefined })).toBe(true)
  })

  it.each([
    ['Orders 200', ['orders', '200']],
    ['"two words" x', ['two words', 'x']],
    ['status:odd', ['status:odd']],
    ['after:soon before:2026-13-01', ['after:soon', 'before:2026-13-01']],
    ['http://a.example/x', ['http://a.example/x']],
    ['unknown:thing', ['unknown:thing']],
    ['  ', []],
  ])('%s is text', (text, words) => {
    expect(readHistoryQuery(text, now).words).toEqual(words)
  })

  it('reads anything', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = readHistoryQuery(text, now)
        query.fits(row)
        expect(query.words.every((word) => word !== '')).toBe(true)
      }),
    )
  })
})
