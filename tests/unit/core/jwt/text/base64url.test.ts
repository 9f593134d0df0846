import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeBase64url,
  encodeBase64url,
  salvageBase64url,
} from '../../../../../src/core/jwt/text/base64url.ts'

describe('base64url', () => {
  it('encodes as Node does and decodes to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        const decoded = decodeBase64url(text)
        expect(decoded.ok && [...decoded.bytes]).toEqual([...bytes])
      }),
    )
  })

  it('accepts nothing but the one canonical text of some bytes', () => {
    const character = fc.constantFrom(...'ABCQxyz019-_+/= \n')
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
        const text = characters.join('')
        const decoded = decodeBase64url(text)
        const canonical = Buffer.from(text, 'base64url').toString('base64url') === text
        expect(decoded.ok).toBe(canonical)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['QUI=', 'padding', 3],
    ['QU I', 'white_space', 2],
    ['QUI\n', 'white_space', 3],
    ['Q+I', 'base64_alphabet', 1],
    ['Q/I', 'base64_alphabet', 1],
    ['QU?', 'not_base64url', 2],
    ['QUé', 'not_base64url', 2],
    ['QUJDR', 'length_impossible', 4],
    ['QUJ', 'non_canonical_end', 2],
    ['QR', 'non_canonical_end', 1],
  ])('names the defect of %j: %s at %d', (text, code, position) => {
    expect(decodeBase64url(text)).toMatchObject({ ok: false, defect: { code, position } })
  })

  it.each(['a', '\u0080', '\u0141', '\uff21'])(
    'takes no %j behind the alphabet for one of its letters',
    (tail) => {
      expect(decodeBase64url(`QUJ${tail}`).ok).toBe(tail === 'a')
    },
  )

  it.each([
    ['', ''],
    ['QUJD', 'ABC'],
    ['QUI=', 'AB'],
    [' Q U\nI ', 'AB'],
    ['QUJDR', 'ABC'],
    ['QUJDRA', 'ABCD'],
    ['QUJDé?', 'ABC'],
  ])('salvages what can be read of %j', (text, expected) => {
    expect(new TextDecoder().decode(salvageBase64url(text))).toBe(expected)
  })

  it('salvages base64 as base64url, all over', () => {
    expect(salvageBase64url('+/+/')).toEqual(salvageBase64url('-_-_'))
    expect([...salvageBase64url('+/+/')]).toEqual([251, 255, 191])
  })
})
