import { describe, expect, it } from 'vitest'
import { CompactSign, exportJWK, FlattenedSign, generateKeyPair, GeneralSign } from 'jose'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { isUnencoded, readSignedJson } from '../../../../../src/core/jwt/text/signed-json.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { encode, now, seconds } from '../sample.ts'

const claims = { sub: 'alice', exp: seconds + 60 }
const bytes = (text: string) => new TextEncoder().encode(text)
const pair = await generateKeyPair('ES256', { extractable: true })
const jwk = JSON.stringify(await exportJWK(pair.publicKey))
const data = (text = JSON.stringify(claims)) => new FlattenedSign(bytes(text))
const plain = { alg: 'ES256', b64: false, crit: ['b64'] }

/** In compact form, with the payload as it is (RFC 7797 section 5.2). */
async function compactPlain(text: string): Promise<string> {
  const { protected: head, signature } = await data(text).setProtectedHeader(plain).sign(pair.privateKey)
  return [head, text, signature].join('.')
}

async function read(
  text: string,
  { pick = 0, payload, key = jwk }: { pick?: number; payload?: string; key?: string } = {},
) {
  const { text: piece = '', json, serialized } = findTokens(text)[pick] ?? {}
  const given = readGivenKey({ text: key }, readPem)
  if (!given.ok) throw new Error(given.error.code)
  return inspectToken(piece, {
    now,
    json,
    serialized,
    payload,
    key: { given: given.value, text: key, writePem },
  })
}
const signatureOf = (view: Awaited<ReturnType<typeof read>>) => {
  const found = view.checks.find(({ id }) => id === 'signature')
  return found && [found.state, found.code].filter((each) => each !== undefined).join(' ')
}

describe('a JWS with an unprotected header', () => {
  it('alone is verified, and told that nothing covers it', async () => {
    const json = await data().setUnprotectedHeader({ alg: 'ES256', kid: 'k' }).sign(pair.privateKey)
    expect(json.protected).toBeUndefined()
    const view = await read(JSON.stringify(json))
    expect(signatureOf(view)).toBe('valid')
    expect(view.verdict).toMatchObject({ state: 'holds' })
    expect(view.verdict.attacks.join()).toContain('unprotected header')
    if (view.format !== 'jwt') throw new Error(view.format)
    expect(view.header.map(({ name }) => name)).toEqual(['alg', 'kid'])
    const forged = { ...json, payload: encode({ ...claims, sub: 'admin' }) }
    expect(signatureOf(await read(JSON.stringify(forged)))).toBe('invalid signature_wrong')
  })
  it('beside a protected one is shown, with the key that it names', async () => {
    const json = await data()
      .setProtectedHeader({ alg: 'ES256' })
      .setUnprotectedHeader({ kid: 'k' })
      .sign(pair.privateKey)
    const view = await read(JSON.stringify(json))
    expect(signatureOf(view)).toBe('valid')
    expect(view.verdict.attacks).toEqual([])
  })
  it('among several signatures is each chosen', async () => {
    const other = await generateKeyPair('ES256')
    const json = await new GeneralSign(bytes(JSON.stringify(claims)))
      .addSignature(other.privateKey)
      .setProtectedHeader({ alg: 'ES256' })
      .addSignature(pair.privateKey)
      .setUnprotectedHeader({ alg: 'ES256' })
      .sign()
    const text = JSON.stringify(json)
    expect(signatureOf(await read(text))).toBe('invalid signature_wrong')
    expect(signatureOf(await read(text, { pick: 1 }))).toBe('valid')
  })
  it('must not repeat the protected one', async () => {
    const json = await data().setProtectedHeader({ alg: 'ES256' }).sign(pair.privateKey)
    const view = await read(JSON.stringify({ ...json, header: { alg: 'none' } }))
    expect(view.verdict).toMatchObject({
      state: 'unreadable',
      attacks: ['Attack: parameter in both headers'],
    })
  })
  it.each([
    ['no algorithm', { header: { kid: 'k' }, payload: 'e30', signature: 'AA' }, 'alg_missing'],
    [
      'a header that is none',
      { protected: '*', header: {}, payload: 'e30', signature: 'AA' },
      'header_unreadable',
    ],
    [
      'a payload that is no base64url',
      { header: { alg: 'ES256' }, payload: '*', signature: 'AA' },
      'payload_unreadable',
    ],
  ])('and %s is not valid', (_what, json, code) => {
    expect(readSignedJson(JSON.stringify(json))).toMatchObject({ format: 'malformed', defects: [{ code }] })
  })
  it('has one spelling of its signature', async () => {
    const json = await data().setUnprotectedHeader({ alg: 'ES256' }).sign(pair.privateKey)
    const { signature: sound } = json
    // The last character of 64 bytes carries two bits: the same bytes by other texts.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const next = last.charAt(last.indexOf(sound.slice(-1)) + 1)
    for (const other of [sound.slice(0, -1) + next, `${sound}==`, `${sound.slice(0, 9)} ${sound.slice(9)}`]) {
      const { verdict } = await read(JSON.stringify({ ...json, signature: other }))
      expect(verdict).toMatchObject({ state: 'unreadable', attacks: ['Attack: second spelling'] })
    }
  })
  it('that demands something there is refused', async () => {
    const json = await data().setUnprotectedHeader({ alg: 'ES256' }).sign(pair.privateKey)
    const view = await read(JSON.stringify({ ...json, header: { alg: 'ES256', crit: ['b64'], b64: false } }))
    expect(signatureOf(view)).toBe('invalid crit_unknown')
  })
  it('is not looked for in what is no JWS', () => {
    for (const json of [
      '{}',
      'x',
      '{"payload":"e30"}',
      '{"payload":"e30","protected":"e30","signature":"AA"}',
    ])
      expect(readSignedJson(json)).toBeUndefined()
  })
})

describe('attacks by a JSON serialization', () => {
  it.each([
    [
      'two tokens in one text',
      {
        protected: encode({ alg: 'ES256' }),
        payload: encode(claims),
        signature: 'AAAA',
        [` ${encode({ alg: 'none' })}.e30.`]: '',
      },
    ],
    [
      'algorithm none among several',
      {
        payload: encode(claims),
        signatures: [
          { protected: encode({ alg: 'ES256' }), signature: 'AAAA' },
          { protected: encode({ alg: 'none' }), signature: '' },
        ],
      },
    ],
    ['signature stripped', { payload: encode(claims), protected: encode({ alg: 'ES256' }) }],
    ['no signatures', { payload: encode(claims), signatures: [] }],
  ])('%s are named', async (name, json) => {
    const view = await read(JSON.stringify(json))
    expect(view.verdict.attacks.join()).toContain(name)
    expect(view.verdict.state).not.toBe('holds')
  })
})

describe('a payload that is signed as it is', () => {
  it('is verified, compact and as JSON, and no attack', async () => {
    const compact = await compactPlain('Hello, world')
    expect(isUnencoded(compact)).toBe(true)
    const json = await data('$.02 {not claims}').setProtectedHeader(plain).sign(pair.privateKey)
    for (const [text, payload] of [
      [compact, 'Hello, world'],
      [JSON.stringify({ ...json, payload: '$.02 {not claims}' }), '$.02 {not claims}'],
    ] as const) {
      const view = await read(text)
      expect(view).toMatchObject({ format: 'jws', payload, verdict: { state: 'holds', attacks: [] } })
      expect(signatureOf(await read(text.replace(payload, `${payload}!`)))).toBe('invalid signature_wrong')
    }
  })
  it('needs b64 in crit, and nothing else there', async () => {
    const compact = await compactPlain('$2!')
    const [, ...rest] = compact.split('.')
    for (const header of [
      { alg: 'ES256', b64: false },
      { ...plain, crit: ['b64', 'x'] },
      { ...plain, crit: 'b64' },
    ])
      expect(signatureOf(await read([encode(header), ...rest].join('.')))).toMatch(
        /^invalid (?:crit_unknown|b64_false)$/,
      )
  })
  it('is an attack where it holds claims, and refused where those are encoded', async () => {
    const raw = await compactPlain('{"sub":"admin"}')
    expect((await read(raw)).verdict.attacks).toEqual(['Attack: payload not encoded'])
    const encoded = await compactPlain(encode(claims))
    expect(signatureOf(await read(encoded))).toBe('invalid crit_unknown')
  })
})

describe('a detached payload', () => {
  it('is put in its place', async () => {
    const whole = await new CompactSign(bytes(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(pair.privateKey)
    const [head, , end] = whole.split('.')
    for (const text of [`${head}..${end}`, JSON.stringify({ protected: head, signature: end })]) {
      expect((await read(text)).verdict.state).toBe('detached')
      const view = await read(text, { payload: JSON.stringify(claims) })
      expect(view).toMatchObject({ format: 'jwt', verdict: { state: 'holds' } })
      expect(signatureOf(await read(text, { payload: '{"sub":"admin"}' }))).toBe('invalid signature_wrong')
    }
  })
  it('also one that is signed as it is', async () => {
    const whole = await data('a.b\nc').setProtectedHeader(plain).sign(pair.privateKey)
    const text = `${whole.protected}..${whole.signature}`
    expect(await read(text, { payload: 'a.b\nc' })).toMatchObject({
      format: 'jws',
      payload: 'a.b\nc',
      verdict: { state: 'holds' },
    })
    expect(signatureOf(await read(text, { payload: 'a.b' }))).toBe('invalid signature_wrong')
  })
  it('is of no use where there is one', async () => {
    const whole = await new CompactSign(bytes(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(pair.privateKey)
    expect((await read(whole, { payload: 'x' })).verdict.state).toBe('holds')
  })
})
