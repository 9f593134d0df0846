import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { encode, now, unsigned } from '../sample.ts'

const good = unsigned({ iss: 'https://id.example', sub: 'a' })
const [header = '', payload = '', signature = ''] = good.split('.')

describe('decodeToken', () => {
  it('reads a sound JWT', () => {
    const token = decodeToken(good)
    expect(token).toMatchObject({ format: 'jwt', surroundings: [], duplicates: [], text: good })
    expect(token.format === 'jwt' && token.claims).toEqual({ iss: 'https://id.example', sub: 'a' })
  })

  it.each([
    [`  ${good}\n`, ['white_space_around']],
    [`Bearer ${good}`, ['scheme_prefix']],
    [`"${good}"`, ['quotes']],
    [`  "Bearer ${good}" `, ['white_space_around', 'quotes', 'scheme_prefix']],
    [`Authorization: Bearer ${good}\r\n`, ['white_space_around', 'authorization_header', 'scheme_prefix']],
    [`id_token=${good}`, ['parameter_name']],
  ])('takes off what was pasted along and tells: %#', (text, codes) => {
    const token = decodeToken(text)
    expect(token).toMatchObject({ format: 'jwt', text: good })
    expect(token.surroundings.map(({ code }) => code).sort()).toEqual([...codes].sort())
  })

  it.each<[string, string, string, number?]>([
    ['padding', `${header}.${payload}==.${signature}`, 'padding', header.length + 1 + payload.length],
    ['white space inside', `${header}. ${payload}.${signature}`, 'white_space', header.length + 1],
    [
      'a line break inside',
      `${header}.${payload.slice(0, 5)}\n${payload.slice(5)}.${signature}`,
      'white_space',
      header.length + 6,
    ],
    [
      'a second text for the same signature',
      `${header}.${payload}.${signature.slice(0, -1)}B`,
      'non_canonical_end',
      good.length - 1,
    ],
    [
      'a lost character',
      `${header}.${payload}.${signature.slice(0, 85)}`,
      'length_impossible',
      header.length + payload.length + 2 + 84,
    ],
    ['two parts', `${header}.${payload}`, 'segment_count'],
    ['four parts', `${good}.AAAA`, 'segment_count'],
    ['a header alone', header, 'segment_count'],
    ['an empty signature', `${header}.${payload}.`, 'signature_missing'],
    ['a payload that is no object', unsigned([1, 2]), 'payload_not_object'],
    ['a payload that is no JSON', unsigned('{"a":'), 'payload_not_json'],
    ['a byte order mark', unsigned('\uFEFF{}'), 'payload_not_json'],
    [
      'bytes that are no UTF-8',
      `${header}.${encodeBase64url(Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d))}.${signature}`,
      'payload_not_utf8',
    ],
    ['no algorithm', unsigned({}, { typ: 'JWT' }), 'alg_missing'],
    ['an algorithm that is no text', unsigned({}, { alg: 5 }), 'alg_missing'],
    ['nesting', unsigned(`{"a":${'['.repeat(120)}${']'.repeat(120)}}`), 'payload_too_deep'],
    [
      'too many members',
      unsigned(Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`m${n}`, n]))),
      'payload_too_many_members',
    ],
    ['a token response', '{"access_token":"x","token_type":"Bearer"}', 'token_response'],
    ['JWS in JSON form', '{"payload":"","signatures":[]}', 'json_serialization'],
    ['nothing', ' \n ', 'empty'],
    ['far too much', 'a'.repeat(1_048_577), 'too_long'],
  ])('refuses %s', (_what, text, code, position) => {
    const token = decodeToken(text)
    expect(token.format).toBe('malformed')
    if (token.format !== 'malformed') return
    expect(token.defects[0]?.code).toBe(code)
    if (position !== undefined) expect(token.defects[0]?.position).toBe(position)
  })

  it('counts positions in the text as it was pasted', () => {
    const text = `  Bearer ${header}.${payload}=.${signature}`
    const token = decodeToken(text)
    expect(token.format === 'malformed' && token.defects[0]?.position).toBe(text.indexOf('='))
  })

  it('shows what can be read in spite of a defect', () => {
    expect(decodeToken(`${header}.${payload}=.${signature}`)).toMatchObject({
      header: { alg: 'ES256' },
      claims: { sub: 'a' },
    })
  })

  it('notices names that occur twice, at any depth and in any spelling', () => {
    const token = decodeToken(unsigned('{"sub":"a","s\\u0075b":"b","x":{"y":1,"y":2},"z":{"y":1}}'))
    expect(token).toMatchObject({ format: 'jwt', duplicates: ['sub', 'y'], claims: { sub: 'b' } })
  })

  it('does not let a member change what objects are', () => {
    const token = decodeToken(unsigned('{"__proto__":{"sub":"evil"},"constructor":"x"}'))
    expect(token.format === 'jwt' && Object.keys(token.claims)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).sub).toBeUndefined()
  })

  it('knows an encrypted token, a nested one, and an opaque one', () => {
    const jwe = `${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`
    expect(decodeToken(jwe).format).toBe('jwe')
    expect(decodeToken(`${encode({ alg: 'dir' })}..AAAA.AAAA.AAAA`)).toMatchObject({
      format: 'malformed',
      defects: [{ code: 'enc_missing' }],
    })
    expect(decodeToken(`${encode({ alg: 'ES256', cty: 'JWT' })}.${encode(good)}.${signature}`)).toMatchObject(
      { format: 'jwt', nested: good },
    )
    for (const text of [
      'gho_16C7e42F292c6912E7710c838347Ae178B4a',
      'ya29.a0AfH6SM.b.c',
      'v2.local.AAAA',
      'abc',
      'é…',
    ]) {
      expect(decodeToken(text).format, text).toBe('opaque')
    }
  })

  it('never throws, whatever the text, and never repeats a signature', async () => {
    const segment = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.base64String({ maxLength: 40 }),
      fc.json({ maxDepth: 3 }).map(encode),
      fc
        .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
        .map((claims) => encode({ alg: 'ES256', ...claims })),
      fc.constantFrom(header, payload, ''),
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(segment, { maxLength: 6 }).map((parts) => parts.join('.')),
      fc.tuple(segment, segment).map(([one, other]) => `Bearer ${one}.${other}.c2VjcmV0LXNpZ25hdHVyZQ`),
    )
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const view = await inspectToken(input, { now: now })
        expect(['jwt', 'jwe', 'jws', 'opaque', 'malformed']).toContain(view.format)
        expect(JSON.stringify(view)).not.toContain('c2VjcmV0LXNpZ25hdHVyZQ')
      }),
      { numRuns: 3_000 },
    )
  })

  it('what is taken for a JWT re-encodes to the very same text', () => {
    const flipped = fc
      .tuple(fc.nat(good.length - 1), fc.constantFrom(...'ABcd09-_=+ .'))
      .map(([at, character]) => good.slice(0, at) + character + good.slice(at + 1))
    fc.assert(
      fc.property(flipped, (text) => {
        const token = decodeToken(text)
        if (token.format !== 'jwt') return
        const again = token.text
          .split('.')
          .map((part) => Buffer.from(part, 'base64url').toString('base64url'))
        expect(again.join('.')).toBe(token.text)
      }),
      { numRuns: 3_000 },
    )
  })

  it('stays quick on hostile text', () => {
    const started = performance.now()
    for (const text of [
      '.'.repeat(1_000_000),
      'eyJ'.repeat(300_000),
      '{'.repeat(1_000_000),
      '"'.repeat(1_000_000),
      ' '.repeat(1_000_000) + 'x',
      `eyJ${'.eyJ'.repeat(250_000)}`,
    ])
      decodeToken(text)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
