import { describe, expect, it } from 'vitest'
import { readCompactJws, readSegment, splitCompact } from '../../../../../src/core/jwt/text/compact.ts'
import { encode } from '../sample.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const header = encode({ alg: 'ES256' })

describe('splitCompact', () => {
  it('decodes each part and says where it begins', () => {
    expect(splitCompact([header, 'QUI', ''], 7)).toEqual({
      bytes: [bytes('{"alg":"ES256"}'), bytes('AB'), bytes('')],
      starts: [7, 8 + header.length, 12 + header.length],
      defects: [],
    })
  })

  it('names each defect by its part and where it is, and reads the others', () => {
    const { bytes: read, defects } = splitCompact(['QU=I', 'QUI', 'Q+I'], 10)
    expect(read).toEqual([bytes(''), bytes('AB'), bytes('')])
    expect(defects).toEqual([
      { code: 'padding', position: 12, message: expect.stringMatching(/^In the header: Padding/) },
      {
        code: 'base64_alphabet',
        position: 20,
        message: expect.stringMatching(/^In the signature: The character \+/),
      },
    ])
    const messages = (count: number) =>
      splitCompact(
        Array.from({ length: count }, () => '?'),
        0,
      ).defects.map(({ message }) => message.slice(0, message.indexOf(':')))
    expect(messages(3)).toEqual(['In the header', 'In the payload', 'In the signature'])
    expect(messages(5)).toEqual([
      'In the header',
      'In the encrypted key',
      'In the initialization vector',
      'In the ciphertext',
      'In the authentication tag',
    ])
  })
})

describe('readSegment', () => {
  it.each([
    [undefined, 'empty'],
    ['', 'empty'],
    ['[1]', 'not_object'],
    ['{', 'not_json'],
  ])('refuses %j', (text, code) => {
    for (const name of ['header', 'payload'] as const)
      expect(readSegment(text === undefined ? undefined : bytes(text), name, 5)).toEqual({
        ok: false,
        defect: {
          code: `${name}_${code}`,
          position: 5,
          message: expect.stringContaining(`he ${name}`),
        },
      })
  })

  it('reads an object', () => {
    expect(readSegment(bytes('{"a":1,"a":2}'), 'payload', 5)).toEqual({
      ok: true,
      value: { a: 2 },
      duplicates: ['a'],
    })
  })
})

describe('readCompactJws', () => {
  it('takes any payload', () => {
    const text = `${header}.${encode('no JSON')}.QUI`
    expect(readCompactJws(text)).toEqual({
      ok: true,
      value: { text, header: { alg: 'ES256' }, payload: bytes('no JSON') },
    })
    expect(readCompactJws(`${header}..`)).toMatchObject({ ok: true, value: { payload: bytes('') } })
  })

  it.each([
    ['', ['segment_count']],
    [header, ['segment_count']],
    [`${header}.QUI`, ['segment_count']],
    [`${header}.QUI.QUI.QUI`, ['segment_count']],
    [`${header}.QUI.QUI.QUI.QUI.QUI.QUI`, ['segment_count']],
    ['.QUI.QUI', ['header_empty']],
    ['QUI.QUI.QUI', ['header_not_json']],
    [`${header}=.QU=.QUI`, ['padding', 'padding']],
  ])('refuses %s', (text, codes) => {
    const read = readCompactJws(text)
    expect(!read.ok && read.defects.map(({ code }) => code)).toEqual(codes)
  })
})
