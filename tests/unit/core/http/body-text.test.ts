import { describe, expect, it } from 'vitest'
import { charsetTrouble, decodeText, firstText } from '../../../../src/core/http/body-text.ts'

const utf16 = (text: string, swap = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return swap ? bytes.swap16() : bytes
}
const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('the charset of a body', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['UTF-8 where nothing says more', Buffer.from('é'), 'application/json', 'é'],
    ['its type’s', latin1('é'), 'text/plain; charset="ISO-8859-1"', 'é'],
    ['UTF-8 where its type names none that there is', Buffer.from('é'), 'text/plain; charset=nothing', 'é'],
    ['its mark’s, which is not shown', Buffer.from('\ufeff{"a":"é"}'), 'application/json', '{"a":"é"}'],
    ['its mark’s, whatever the type says', Buffer.from('\ufeffé'), 'text/plain; charset=iso-8859-1', 'é'],
    ['its mark’s: little endian', utf16('{"a":"é"}'), 'application/json', '{"a":"é"}'],
    ['its mark’s: big endian', utf16('<a>é</a>', true), 'text/xml', '<a>é</a>'],
    [
      'an XML declaration’s',
      latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'),
      'application/xml',
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    ],
    [
      'a page’s own',
      latin1('<html><meta charset=windows-1252><p>é'),
      'text/html',
      '<html><meta charset=windows-1252><p>é',
    ],
    [
      'a page’s own, in the older spelling',
      latin1('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">é'),
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">é',
    ],
    [
      'its type’s before its own',
      Buffer.from('<meta charset=iso-8859-1>é'),
      'text/html; charset=utf-8',
      '<meta charset=iso-8859-1>é',
    ],
    [
      'no UTF-16 that only a declaration names',
      Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'),
      'text/xml',
      '<?xml version="1.0" encoding="UTF-16"?><a>é</a>',
    ],
    [
      'no declaration’s in what is no document',
      latin1('<meta charset=iso-8859-1>é'),
      'text/plain',
      '<meta charset=iso-8859-1>\ufffd',
    ],
  ])('is %s', (_what, body, type, text) => {
    expect(decodeText(body, type)).toBe(text)
    expect(firstText(body, type)).toBe(text)
  })
})

describe('Unicode in other widths', () => {
  const text = '{"city":"Łódź 🙂"}'
  const utf16 = (given: string, little: boolean) => {
    const bytes = Buffer.from(given, 'utf16le')
    return little ? bytes : Buffer.from(bytes).swap16()
  }
  const utf32 = (given: string, little: boolean) => {
    const points = Array.from(given, (character) => character.codePointAt(0) ?? 0)
    const bytes = Buffer.alloc(points.length * 4)
    points.forEach((point, at) =>
      little ? bytes.writeUInt32LE(point, at * 4) : bytes.writeUInt32BE(point, at * 4),
    )
    return bytes
  }
  it.each([
    ['UTF-16', utf16],
    ['UTF-32', utf32],
  ])('%s is read with a mark, by its charset, and in JSON by its NULs', (name, encode) => {
    for (const little of [true, false]) {
      const charset = `${name.toLowerCase()}${little ? 'le' : 'be'}`
      for (const [bytes, type] of [
        [encode(`\ufeff${text}`, little), 'text/plain'],
        [encode(`\ufeff${text}`, little), 'application/json; charset=utf-8'],
        [encode(text, little), `text/plain; charset=${charset}`],
        [encode(text, little), 'application/json'],
      ] as const) {
        expect([type, decodeText(bytes, type)]).toEqual([type, text])
        expect(charsetTrouble(bytes, type, false)).toBeUndefined()
      }
    }
    expect(
      charsetTrouble(
        Buffer.concat([encode(text, true), Buffer.from([0xd8])]),
        `text/plain; charset=${name}LE`,
        false,
      ),
    ).toMatch(/^Some of the body is not valid utf-/i)
  })
  it('is no other charset’s: JSON in UTF-8 and what is short stay as they were', () => {
    for (const body of ['{}', '1', '', '"ab"', '{"a":"\0"}'])
      expect(decodeText(Buffer.from(body), 'application/json')).toBe(body)
    expect(decodeText(utf32(String.fromCodePoint(0x10ffff), false), 'a/b; charset=utf-32')).toBe('\u{10ffff}')
    expect(decodeText(Buffer.from([0, 0x11, 0, 0, 0, 0, 0xd8, 0]), 'a/b; charset=utf-32')).toBe(
      '\ufffd\ufffd',
    )
  })
})

describe('what keeps a body from being read', () => {
  const half = Buffer.from('é').subarray(0, 1)
  it.each([
    [
      'a charset that does not exist',
      'text/plain; charset=utf-99',
      half,
      false,
      'The charset utf-99 is unknown',
    ],
    ['bytes of another charset', 'application/json', half, false, 'Some of the body is not valid utf-8'],
    ['nothing where the rest may come', 'application/json', half, true, undefined],
    ['nothing where each byte is a character', 'text/plain; charset=latin1', half, false, undefined],
    ['nothing where it is no text', 'image/png', half, false, undefined],
    ['nothing where no type is named', '', half, false, undefined],
  ])('is %s', (_what, type, body, goesOn, says) => {
    const trouble = charsetTrouble(body, type, goesOn)
    expect(trouble?.slice(0, says?.length)).toBe(says)
  })
})
