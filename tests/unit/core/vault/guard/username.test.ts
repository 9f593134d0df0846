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

describe('a username that may be kept', () => {
  const code = (text: string) => {
    const read = readUsername(text)
    return read.ok ? read.value : read.error.message
  }
  it('has one to sixty-four characters, as they are and as they are compared', () => {
    expect(code('a')).toBe('a')
    expect(code(' ')).toContain('it is empty')
    expect(code('')).toContain('it is empty')
    expect(code('a'.repeat(64))).toBe('a'.repeat(64))
    expect(code('a'.repeat(65))).toContain('longer than 64')
    expect(code('\u{20000}'.repeat(64))).toBe('\u{20000}'.repeat(64))
    // One character that is compared as two, or as eighteen.
    expect(code('ß'.repeat(32))).toBe('ß'.repeat(32))
    expect(code('ß'.repeat(33))).toContain('longer than 64')
    // Two that are compared as one.
    expect(code('ｶﾞ'.repeat(33))).toContain('longer than 64')
    expect(code('\ufdfa'.repeat(4))).toContain('longer than 64')
  })
  it('is compared with one sigma', () => {
    expect(foldUsername('Σας')).toBe('σασ')
  })
})
