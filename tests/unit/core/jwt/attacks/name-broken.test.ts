import { describe, expect, it } from 'vitest'
import { nameBroken } from '../../../../../src/core/jwt/attacks/name-broken.ts'
import { decodeToken, type DecodedToken } from '../../../../../src/core/jwt/text/decode.ts'
import { encode, unsigned } from '../sample.ts'

type Malformed = Extract<DecodedToken, { format: 'malformed' }>
const codes = (token: DecodedToken) => nameBroken(token).map(({ id, code }) => `${id} ${code}`)
const malformed = (defects: string[], more: Partial<Malformed> = {}) =>
  codes({
    format: 'malformed',
    text: '',
    surroundings: [],
    defects: defects.map((code) => ({ code, message: '' })),
    ...more,
  })

describe('a text that is no sound token', () => {
  it.each([
    ['alg_missing', 'attack-alg-missing alg_missing'],
    ['signature_missing', 'attack-signature-stripped signature_stripped'],
    ['padding', 'attack-second-spelling second_spelling'],
    ['base64_alphabet', 'attack-second-spelling second_spelling'],
    ['non_canonical_end', 'attack-second-spelling second_spelling'],
    ['white_space', 'attack-second-spelling second_spelling'],
    ['not_base64url', 'attack-second-spelling second_spelling'],
  ])('with the defect %s is called %s', (code, name) => {
    expect(malformed([code])).toEqual([name])
    expect(malformed([`x${code}`])).toEqual([])
    expect(malformed([`${code}x`])).toEqual([])
  })
  it('is called by each defect, once', () => {
    expect(malformed(['not_json', 'padding', 'white_space', 'signature_missing'])).toEqual([
      'attack-signature-stripped signature_stripped',
      'attack-second-spelling second_spelling',
    ])
    expect(malformed([])).toEqual([])
  })
  it('whose alg is none is called nothing else', () => {
    expect(malformed(['signature_missing', 'padding'], { header: { alg: 'None' } })).toEqual([
      'attack-alg-none alg_none',
    ])
    expect(malformed(['signature_missing'], { header: { alg: 'RS256' } })).toHaveLength(1)
  })
  it('of two parts has lost its signature', () => {
    expect(malformed(['segment_count'], { text: 'a.b' })).toEqual([
      'attack-signature-stripped signature_stripped',
    ])
    expect(malformed(['segment_count'], { text: 'a' })).toEqual([])
    expect(malformed(['segment_count'], { text: 'a.b.c.d' })).toEqual(['attack-further-part further_part'])
    expect(malformed(['segment_count'], { text: 'a.b.c' })).toEqual(['attack-sign-encrypt sign_encrypt'])
    expect(malformed(['segment_count'], { text: 'a.b.c.d.e.f' })).toEqual([])
    expect(malformed([], { text: 'a.b' })).toEqual([])
  })
  it.each([
    ['{"signatures":[]}', 1],
    ['{"signatures" : [ ] }', 1],
    [`{"signatures"${' '.repeat(20)}:${' '.repeat(20)}[${' '.repeat(20)}]}`, 1],
    ['{"signatures":[{}]}', 0],
    ['{"signatures":{}}', 0],
    ['{"a":[]}', 0],
  ])('in JSON form, %s, has no signatures: %d', (text, count) => {
    const names = Array(count).fill('attack-no-signatures no_signatures')
    expect(malformed(['json_serialization'], { text })).toEqual(names)
    expect(malformed(['json_not_token'], { text })).toEqual([])
  })
})

it('sound and opaque tokens are not looked at', () => {
  expect(codes(decodeToken(unsigned({}, { alg: 'none' })))).toEqual([])
  expect(codes(decodeToken('opaque'))).toEqual([])
})

describe('an encrypted token', () => {
  const jwe = (header: Record<string, unknown>) =>
    codes(decodeToken(`${encode({ alg: 'dir', enc: 'A256GCM', ...header })}..aXY.Y2lwaGVy.${'A'.repeat(22)}`))
  const p256 = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  it.each<[Record<string, unknown>, string[]]>([
    [{}, []],
    [{ p2c: 1_000_000 }, []],
    [{ p2c: 1_000_001 }, ['attack-password-rounds password_rounds']],
    [{ p2c: '1' }, ['attack-password-rounds password_rounds']],
    [{ p2c: null }, ['attack-password-rounds password_rounds']],
    [{ p2c: 999 }, []],
    [{ alg: 'PBES2-HS256+A128KW', p2s: 'AAAAAAAAAAA', p2c: 1_000 }, []],
    [{ alg: 'PBES2-HS256+A128KW', p2s: 'AAAAAAAAAAA', p2c: 999 }, ['attack-password-weak password_weak']],
    [{ alg: 'PBES2-HS256+A128KW', p2s: 'AAAAAAAAAA', p2c: 1_000 }, ['attack-password-salt password_salt']],
    [{ alg: 'none' }, ['attack-alg-none alg_none']],
    [{ alg: ' ' }, ['attack-alg-missing alg_missing']],
    [{ alg: 'RS256' }, ['attack-sign-encrypt sign_encrypt']],
    [{ alg: 'XYZ' }, ['attack-alg-unknown alg_unknown']],
    [{ enc: 'none' }, ['attack-enc-weak enc_weak']],
    [{ enc: 'A128CBC' }, ['attack-enc-weak enc_weak']],
    [{ enc: 'A128CBC-HS256' }, []],
    [{ crit: ['x'] }, ['attack-crit crit']],
    [{ kid: '../a' }, ['attack-kid kid']],
    [{ jku: 'https://a.example' }, ['attack-jku-fetched jku_fetched']],
    [{ alg: 'ECDH-ES', epk: p256 }, []],
    [{ alg: 'ECDH-ES' }, ['attack-epk-missing epk_missing']],
    [{ alg: 'ECDH-ES', epk: 'text' }, ['attack-epk-missing epk_missing']],
    [{ alg: 'ECDH-ES+A128KW', epk: { ...p256, d: 'AAAA' } }, ['attack-epk-private epk_private']],
    [{ alg: 'ECDH-ES', epk: { ...p256, y: p256.x } }, ['attack-invalid-curve invalid_curve']],
    [
      { alg: 'ECDH-ES', epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } },
      ['attack-invalid-curve invalid_curve'],
    ],
    [
      {
        alg: 'ECDH-ES',
        epk: { kty: 'OKP', crv: 'X25519', x: '4Ot6fDtBuK4WVuP68Z_EatoJjeucMrH9hmIFFl9JuAA' },
      },
      ['attack-invalid-curve invalid_curve'],
    ],
    [{ alg: 'ECDH-ES', epk: { kty: 'OKP', crv: 'X25519', x: `${'A'.repeat(41)}QE` } }, []],
    [{ zip: 'DEF' }, ['attack-compressed compressed']],
    [{ zip: null }, ['attack-compressed compressed']],
    [{ alg: 'RSA1_5' }, ['attack-rsa-padding rsa_padding']],
    [{ alg: 'RSA-OAEP' }, []],
    [{ epk: p256 }, []],
    [{ epk: { ...p256, y: p256.x } }, ['attack-invalid-curve invalid_curve']],
    [{ epk: { ...p256, crv: 'P-999' } }, []],
    [{ epk: 'text' }, []],
    [
      { alg: 'RSA1_5', zip: 'DEF', p2c: 1e9 },
      [
        'attack-rsa-padding rsa_padding',
        'attack-password-rounds password_rounds',
        'attack-compressed compressed',
      ],
    ],
  ])('%j is called %j', (header, names) => {
    expect(jwe(header)).toEqual(names)
  })
  it.each([
    ['A256GCM', '..aXY.YQ.', 'attack-tag-length tag_length'],
    ['A256GCM', `..aXY.YQ.${'A'.repeat(16)}`, 'attack-tag-length tag_length'],
    ['A256CBC-HS512', `..aXY.YQ.${'A'.repeat(22)}`, 'attack-tag-length tag_length'],
    ['A128CBC-HS256', '..aXY.YQ.AAAAAA', 'attack-tag-length tag_length'],
    ['A256GCM', `...YQ.${'A'.repeat(22)}`, 'attack-vector-missing vector_missing'],
    ['A256GCM', `.YQ.aXY.YQ.${'A'.repeat(22)}`, 'attack-key-in-direct key_in_direct'],
  ])('of %s with the parts %s is called %s', (enc, rest, name) => {
    expect(codes(decodeToken(`${encode({ alg: 'dir', enc })}${rest}`))).toEqual([name])
  })
})
