import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headerText } from '../../../../src/core/text/header-text.ts'

const latin1 = (bytes: Uint8Array | string): string =>
  [...(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)]
    .map((byte) => String.fromCharCode(byte))
    .join('')

it.each([
  ['UTF-8', latin1('Zażółć gęślą jaźń ✓ 🙂'), 'Zażółć gęślą jaźń ✓ 🙂'],
  ['Latin-1', 'caf\xe9 \xa3', 'café £'],
  ['both', `${latin1('ż')} caf\xe9`, 'ż café'],
  ['a character that was cut', latin1('Łódź').slice(0, -1), 'Łód\xc5'],
  ['longer than need be (RFC 3629)', '\xc0\xaf \xe0\x80\xaf', '\xc0\xaf \xe0\x80\xaf'],
  ['half of a surrogate pair', '\xed\xa0\x80', '\xed\xa0\x80'],
  ['beyond Unicode', '\xf4\x90\x80\x80', '\xf4\x90\x80\x80'],
  ['text', 'ż Ã©', 'ż Ã©'],
])('reads %s', (_what, value, text) => {
  expect(headerText(value)).toBe(text)
})

it('reads any text that was sent as UTF-8', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
      const text = String.fromCodePoint(...points)
      const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))
      expect(headerText(latin1(wellFormed))).toBe(wellFormed)
    }),
  )
})
