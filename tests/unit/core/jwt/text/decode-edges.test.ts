import { describe, expect, it } from 'vitest'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { encode, unsigned } from '../sample.ts'

const signature = 'QUJD'
const header = encode({ alg: 'ES256' })
const claims = encode({ sub: 'a' })
const encrypted = encode({ alg: 'dir', enc: 'A256GCM' })
const codesOf = (text: string) => {
  const token = decodeToken(text)
  return token.format === 'malformed' ? token.defects.map(({ code }) => code) : token.format
}

describe('what a text is', () => {
  it.each([
    ['a megabyte', 'a'.repeat(1_048_576), 'opaque'],
    ['a character more', 'a'.repeat(1_048_577), ['too_long']],
    ['a header alone', header, ['segment_count']],
    ['an object alone without an algorithm', encode({ typ: 'JWT' }), 'opaque'],
    ['an object alone whose algorithm is no text', encode({ alg: 7 }), 'opaque'],
    ['what only begins as an object', 'eyJhbGci', 'opaque'],
    ['a header with a character before it', `x${header}`, 'opaque'],
    ['two parts', `${header}.${claims}`, ['segment_count']],
    ['claims behind what is no header', `QUJD.${claims}.${signature}`, ['header_not_json']],
    ['claims behind white space', `QUJD. ${claims}.${signature}`, ['white_space']],
    ['claims in the second of two parts', `QUJD.${claims}`, 'opaque'],
    ['claims in the second of four parts', `QUJD.${claims}.QUJD.QUJD`, 'opaque'],
    ['an unsigned token', `${encode({ alg: 'none' })}.${claims}.`, 'jwt'],
    ['an unsigned token in odd spelling', `${encode({ alg: 'nOnE' })}.${claims}.`, 'jwt'],
    ['a token without its signature', `${header}.${claims}.`, ['signature_missing']],
    ['an encrypted token', `${encrypted}..QUJD.QUJD.QUJD`, 'jwe'],
    [
      'an encrypted token that names neither algorithm',
      `${encode({ a: 1 })}..QUJD.QUJD.QUJD`,
      ['alg_missing', 'enc_missing'],
    ],
    [
      'an encrypted token whose encryption is no text',
      `${encode({ alg: 'dir', enc: 7 })}..QUJD.QUJD.QUJD`,
      ['enc_missing'],
    ],
    ['three parts of an encrypted token', `${encrypted}.${claims}.${signature}`, ['segment_count']],
    [
      'three parts that name only an encryption',
      `${encode({ enc: 'A256GCM' })}.${claims}.${signature}`,
      ['alg_missing'],
    ],
    ['a response with an ID token', '{"id_token":"x"}', ['token_response']],
    ['a response with a refresh token', '{"refresh_token":"x"}', ['token_response']],
    ['a member that ends like a token', '{"my_id_token":"x"}', ['json_not_token']],
    ['a member that begins like a token', '{"id_token_hint":"x"}', ['json_not_token']],
    ['an encrypted object in JSON form', '{"ciphertext":"x"}', ['json_serialization']],
    ['a signed object in JSON form', '{"payload":"x"}', ['json_serialization']],
    ['other JSON', '{"a":1}', ['json_not_token']],
    ['what is not quite JSON', '{"a":1', 'opaque'],
    ['a list', '["access_token"]', 'opaque'],
  ])('%s', (_what, text, expected) => {
    expect(codesOf(text)).toEqual(expected)
  })

  it.each(['ew', 'ez', 'e0', 'e9', 'e-', 'e_', 'e+', 'e/'])('%s begins an object', (start) => {
    expect(decodeToken(`${start}.QUJD.QUJD`).format).toBe('malformed')
  })

  it.each(['ev', 'eA', 'eZ', 'e=', 'e', 'dw', 'ey'.toUpperCase()])('%s does not', (start) => {
    expect(decodeToken(`${start}.QUJD.QUJD`).format).toBe('opaque')
  })
})

describe('what is told of a text', () => {
  it('of a signed token', () => {
    const text = `${encode('{"alg":"ES256","kid":"a","kid":"b"}')}.${encode('{"sub":"a","sub":"b"}')}.${signature}`
    expect(decodeToken(`Bearer ${text}`)).toEqual({
      format: 'jwt',
      text,
      surroundings: [expect.objectContaining({ code: 'scheme_prefix' })],
      header: { alg: 'ES256', kid: 'b' },
      claims: { sub: 'b' },
      segments: text.split('.'),
      duplicates: ['kid', 'sub'],
    })
  })

  it('of an encrypted one', () => {
    const text = `${encode('{"alg":"dir","enc":"A256GCM","kid":1,"kid":2}')}..QUJD.QUJE.QUJF`
    expect(decodeToken(text)).toEqual({
      format: 'jwe',
      text,
      surroundings: [],
      header: { alg: 'dir', enc: 'A256GCM', kid: 2 },
      segments: text.split('.'),
      duplicates: ['kid'],
    })
  })

  it.each(['JWT', 'jwt'])('of one with another inside (cty %s)', (cty) => {
    const inner = unsigned({ sub: 'a' })
    const text = `${encode(`{"alg":"ES256","cty":"${cty}","kid":1,"kid":1}`)}.${encode(inner)}.${signature}`
    expect(decodeToken(text)).toEqual({
      format: 'jwt',
      text,
      surroundings: [],
      header: { alg: 'ES256', cty, kid: 1 },
      claims: {},
      segments: text.split('.'),
      duplicates: ['kid'],
      nested: inner,
    })
  })

  it.each([
    [{ alg: 'ES256', cty: 'text' }, unsigned({})],
    [{ alg: 'ES256' }, unsigned({})],
    [{ alg: 'ES256', cty: 'JWT' }, 'no token'],
  ])('of one without: %j around %s', (head, payload) => {
    expect(codesOf(`${encode(head)}.${encode(payload)}.${signature}`)).toEqual(['payload_not_json'])
  })

  it('of one that cannot be judged, as much as can be read', () => {
    const base = { format: 'malformed', surroundings: [], defects: [expect.anything()] }
    const read = (text: string) => decodeToken(text)
    const damaged = `${header}=.${claims}.${signature}`
    expect(read(damaged)).toEqual({
      ...base,
      text: damaged,
      header: { alg: 'ES256' },
      claims: { sub: 'a' },
    })
    const noClaims = `${header}.QUJD.${signature}=`
    expect(read(noClaims)).toEqual({ ...base, text: noClaims, header: { alg: 'ES256' } })
    const noHeader = `QUJD.${claims}.${signature}=`
    expect(read(noHeader)).toEqual({ ...base, text: noHeader, claims: { sub: 'a' } })
    expect(read(header)).toEqual({ ...base, text: header, header: { alg: 'ES256' } })
    // The second part of an encrypted token is a key, whatever it looks like.
    const jwe = `${encrypted}.${claims}.QUJD.QUJD.QU=`
    expect(read(jwe)).toEqual({ ...base, text: jwe, header: { alg: 'dir', enc: 'A256GCM' } })
  })

  it('of too long a text, nothing', () => {
    expect(decodeToken(`eyJ${'a'.repeat(1_048_576)}`)).toEqual({
      format: 'malformed',
      text: '',
      surroundings: [],
      defects: [expect.objectContaining({ code: 'too_long' })],
    })
  })

  it.each([
    [header, 'here is one.'],
    [`${header}.${claims}`, 'here are 2.'],
    [`${header}.${claims}.QUJD.QUJD`, 'here are 4.'],
  ])('how many parts %s has', (text, words) => {
    const token = decodeToken(text)
    expect(token.format === 'malformed' && token.defects[0]?.message).toContain(words)
  })

  it.each([
    ['a header without an algorithm', `e30.${claims}.${signature}`, 'alg_missing', 7],
    ['a header that is no JSON', `eyJh.${claims}.${signature}`, 'header_not_json', 7],
    ['claims that are no JSON', `${header}.QUJD.${signature}`, 'payload_not_json', 8 + header.length],
    ['an empty signature', `${header}.e30.`, 'signature_missing', 12 + header.length],
    ['detached claims', `${header}..${signature}`, 'payload_detached', 8 + header.length],
  ])('where %s begins', (_what, text, code, position) => {
    expect(decodeToken(`Bearer ${text}`)).toMatchObject({
      format: 'malformed',
      defects: [{ code, position }],
    })
  })
})
