import { describe, expect, it } from 'vitest'
import { rank } from '../../../../src/renderer/src/app/palette/palette-rank.ts'

describe('the palette', () => {
  it('puts the beginning of the name before that of a word, and that before the rest', () => {
    const ranks = ['Lock Gatehouse', 'Settings: Lock', 'Unblock'].map((name) => rank('lo', name))
    expect(ranks).toEqual([1, 0.8, 0.5])
    expect(rank('new alice', 'New request as alice', 'Playground')).toBe(1)
    expect(rank('playg', 'alice', 'Playground')).toBe(0.8)
    expect(rank('nothing', 'alice', 'Playground')).toBe(0)
  })
  it.each([
    ['settigns', 'Settings: Backups'],
    ['bakcup', 'Settings: Backups'],
    ['envronment', 'Switch to the environment staging'],
    ['refrresh alice', 'Refresh alice'],
    ['certifikate', 'Settings: Certificate authorities'],
    ['rct', 'Reopen closed tab'],
  ])('forgives %s for %s, after what fits exactly', (search, name) => {
    expect(rank(search, name)).toBeGreaterThan(0)
    expect(rank(search, name)).toBeLessThan(0.5)
  })
  it.each([
    ['lock', 'Light theme'],
    ['orders', '/ordered'],
    ['abcd', 'alice'],
    ['send', 'Settings: Bin'],
  ])('does not take %s for %s', (search, name) => {
    expect(rank(search, name, '0f12a7d0-027b-4d9c')).toBe(0)
  })
})
