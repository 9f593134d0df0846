import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldUsername, readUsername } from '../../../../../src/core/vault/guard/username.ts'

describe('usernames', () => {
  it('are the same whatever their case and form', () => {
    for (const [a, b] of [
      ['Ann', 'aNN'],
      ['e\u0301va', 'ÉVA'],
      ['STRASSE', 'straße'],
      ['STRAẞE', 'straße'],
      ['ﬁona', 'FIONA'],
      ['ΟΔΟΣ', 'οδος'],
      ['ｗｉｄｅ', 'wide'],
    ] as const)
      expect(foldUsername(a)).toBe(foldUsername(b))
    expect(foldUsername('ann')).not.toBe(foldUsername('anna'))
  })

  it('fold to something that folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(foldUsername(foldUsername(name))).toBe(foldUsername(name))
      }),
    )
  })

  it.each(['', '   ', 'a'.repeat(65), 'a\u0000b', 'a\u202eb', 'a\u200bb', 'a\nb', '<b>', 'a/b', '...'])(
    'are refused with a reason: %j',
    (text) => {
      expect(readUsername(text)).toMatchObject({ ok: false, error: { code: 'username_invalid' } })
    },
  )

  it.each(['ann', 'Ann Lee', 'ann.lee@example.org', '李小龍', 'Éva', '7'])('are taken: %s', (text) => {
    expect(readUsername(`  ${text} `)).toEqual({ ok: true, value: text })
  })
})
