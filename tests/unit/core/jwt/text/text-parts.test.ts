import { describe, expect, it } from 'vitest'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { textParts } from '../../../../../src/core/jwt/text/text-parts.ts'
import { encode, unsigned } from '../sample.ts'

const token = unsigned({ sub: 'alice', exp: 4_000_000_000 })
const [header = '', payload = '', signature = ''] = token.split('.')

function partsOf(text: string) {
  const { text: piece = '' } = findTokens(text)[0] ?? {}
  const { parts, marks } = textParts(text, piece, decodeToken(piece))
  return {
    parts: parts.map(({ role, start, end }) => [role, text.slice(start, end)]),
    marks: marks.map(({ code, start, end }) => [code, start, text.slice(start, end)]),
  }
}
const all = [
  ['header', header],
  ['payload', payload],
  ['signature', signature],
]

describe('the parts of a token in the text it was pasted in', () => {
  it.each([
    ['alone', token],
    ['in a curl command', `curl -H 'Authorization: Bearer ${token}' https://api.example/`],
    ['flattened', JSON.stringify({ payload, protected: header, signature })],
    ['percent-encoded', token.replaceAll('.', '%2E')],
  ])('%s', (_name, text) => {
    expect(partsOf(text).parts.toSorted()).toEqual(all.toSorted())
    expect(partsOf(text).marks).toEqual([])
  })

  it('reach over line ends', () => {
    const wrapped = (token.match(/.{1,40}/g) ?? []).join('\n')
    const { parts } = partsOf(wrapped)
    expect(parts.map(([role, text = '']) => [role, text.replaceAll('\n', '')])).toEqual(all)
  })

  it('of an SD-JWT are disclosures and key binding as well', () => {
    expect(partsOf(`${token}~WyJhIl0~${token}`).parts.slice(3)).toEqual([
      ['disclosure', 'WyJhIl0'],
      ['binding', token],
    ])
  })

  it('of an encrypted token are five', () => {
    const jwe = `${encode({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`
    expect(partsOf(jwe).parts.map(([role]) => role)).toEqual(['header', 'encrypted', 'payload', 'signature'])
    const wrapped = `${encode({ alg: 'A128KW', enc: 'A256GCM' })}.a2V5.aXY.Y2lwaGVy.dGFn`
    expect(partsOf(wrapped).parts.slice(1, 3)).toEqual([
      ['encrypted', 'a2V5'],
      ['encrypted', 'aXY'],
    ])
  })

  it('of an empty text are none', () => {
    for (const text of ['', ' ', '""']) expect(partsOf(text)).toEqual({ parts: [], marks: [] })
  })
})

describe('a defect is marked at its place', () => {
  it.each([
    ['padding', `Bearer ${token}=`, [['padding', 7 + token.length, '=']]],
    [
      'a sign of base64',
      `${header}.${payload}.ab+c`,
      [['base64_alphabet', header.length + payload.length + 4, '+']],
    ],
    [
      'a header that is no JSON',
      `${encode('{"alg":')}.${payload}.c2ln`,
      [['header_not_json', 0, encode('{"alg":')]],
    ],
    [
      'a signature that was left out',
      `${header}.${payload}.`,
      [['signature_missing', header.length + payload.length + 2, '']],
    ],
    [
      'a part that is missing',
      `${header}.${payload}`,
      [['segment_count', header.length + payload.length + 1, '']],
    ],
  ])('%s', (_name, text, expected) => {
    expect(partsOf(text).marks).toEqual(expected)
  })
})

it('reads what is left of a payload that was cut off', () => {
  const cut = `${header}.${encode('{"sub":"alice","scope":"a b","exp":4000').slice(0, -2)}`
  expect(decodeToken(cut)).toMatchObject({ format: 'malformed', claims: { sub: 'alice', scope: 'a b' } })
})
