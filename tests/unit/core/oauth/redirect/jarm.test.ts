import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSignedResponse, readSignedResponse } from '../../../../../src/core/oauth/redirect/jarm.ts'
import { connection, fakeFetch, issuer } from '../fake.ts'

const state = 'the-state'
let key: Awaited<ReturnType<typeof generateKeyPair>>
let other: Awaited<ReturnType<typeof generateKeyPair>>
let keys: Record<string, unknown>
beforeAll(async () => {
  key = await generateKeyPair('RS256')
  other = await generateKeyPair('RS256')
  keys = { keys: [{ ...(await exportJWK(key.publicKey)), alg: 'RS256', use: 'sig', kid: 'k1' }] }
})

const claims = (change: JWTPayload = {}): JWTPayload => {
  const all = {
    iss: issuer,
    aud: 'client-1',
    exp: Math.floor(Date.now() / 1000) + 60,
    code: 'abc',
    state,
    ...change,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
const signed = (change?: JWTPayload, with_ = key.privateKey, kid = 'k1') =>
  new SignJWT(claims(change)).setProtectedHeader({ alg: 'RS256', kid }).sign(with_)

const unsigned = (alg: string) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg })}.${part(claims())}.${alg === 'none' ? '' : 'c2ln'}`
}

const check = async (response: string, change: Parameters<typeof connection>[0] = {}) => {
  const checked = await checkSignedResponse(response, state, {
    connection: connection(change),
    fetch: fakeFetch({ [`${issuer}/jwks`]: { body: keys } }),
  })
  // The library's own phrases begin with its words for the JWT.
  if (!checked.ok) expect(checked.error.message).not.toMatch(/unexpected|JWT|JWS|property|must be|["_]/)
  return checked.ok ? 'believed' : checked.error.code
}

const words = async (response: string) => {
  const checked = await checkSignedResponse(response, state, {
    connection: connection(),
    fetch: fakeFetch({ [`${issuer}/jwks`]: { body: keys } }),
  })
  return checked.ok ? '' : checked.error.message
}

it.each<[string, JWTPayload, RegExp]>([
  ['of another issuer', { iss: 'https://evil.example' }, /another issuer \(iss\)/],
  ['for another client', { aud: 'client-2' }, /another client \(aud\)/],
  ['that expired', { exp: 1_600_000_000 }, /expired \(exp\)/],
  ['of tomorrow', { nbf: 4_000_000_000 }, /not valid yet \(nbf\)/],
  ['without an issuer', { iss: undefined }, /missing or has the wrong form/],
  ['with a number for its issuer', { iss: 5 as never }, /missing or has the wrong form/],
  ['with another state', { state: 'another' }, /signature, state or form/],
])('says in words of our own what is wrong with one %s', async (_what, change, says) => {
  expect(await words(await signed(change))).toMatch(says)
})

it('says in words of our own what is wrong with a signature', async () => {
  expect(await words(await signed({}, other.privateKey))).toMatch(/signature/)
  expect(await words(await signed({}, key.privateKey, 'k2'))).toMatch(/no single published key/)
  expect(await words(`bm8.${(await signed()).split('.').slice(1).join('.')}`)).toMatch(/not JSON/)
})

describe('a signed response', () => {
  it('is believed: code or error alike', async () => {
    expect(await check(await signed())).toBe('believed')
    expect(await check(await signed({ code: undefined, error: 'access_denied' }))).toBe('believed')
  })

  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another client', { aud: 'client-2' }],
    ['that expired', { exp: 1_600_000_000 }],
    ['without an end', { exp: undefined }],
    ['without an issuer', { iss: undefined }],
    ['with another state', { state: 'another' }],
  ])('is refused: %s', async (_name, change) => {
    expect(await check(await signed(change as JWTPayload))).toBe('callback_signature')
  })

  it('is refused: signed with another key', async () => {
    expect(await check(await signed({}, other.privateKey))).toBe('callback_signature')
  })

  it.each(['none', 'HS256'])('is refused: %s, even where the metadata announces it', async (alg) => {
    const metadata = {
      ...connection().metadata,
      authorization_signing_alg_values_supported: ['RS256', alg],
    }
    expect(await check(unsigned(alg), { metadata })).toBe('callback_signature')
  })

  it('is not believed while the keys cannot be fetched', async () => {
    const checked = await checkSignedResponse(await signed(), state, {
      connection: connection(),
      fetch: fakeFetch({ [`${issuer}/jwks`]: { network: 'network_refused' } }),
    })
    expect(checked).toMatchObject({ ok: false, error: { code: 'callback_keys' } })
  })

  it('has half a minute of tolerance for clocks', async () => {
    const ago = (seconds: number) => ({ exp: Math.floor(Date.now() / 1000) - seconds })
    expect(await check(await signed(ago(20)))).toBe('believed')
    expect(await check(await signed(ago(40)))).toBe('callback_signature')
  })

  it('is signed as the provider announces it', async () => {
    const announced = (algorithms: unknown) => ({
      metadata: { ...connection().metadata, authorization_signing_alg_values_supported: algorithms },
    })
    expect(await check(await signed(), announced(['RS256']))).toBe('believed')
    expect(await check(await signed(), announced(['ES256']))).toBe('callback_signature')
    expect(await check(await signed(), announced(true))).toBe('believed')
  })

  it('is checked with keys over plain http where the connection allows it', async () => {
    const jwks_uri = 'http://as.example/jwks'
    const checked = await checkSignedResponse(await signed(), state, {
      connection: connection({ allowInsecure: true, metadata: { ...connection().metadata, jwks_uri } }),
      fetch: fakeFetch({ [jwks_uri]: { body: keys } }),
    })
    expect(checked).toEqual({ ok: true, value: null })
  })

  it('says why it is not trusted', async () => {
    const unread = await checkSignedResponse(await signed(), state, {
      connection: connection(),
      fetch: fakeFetch({ [`${issuer}/jwks`]: { network: 'network_refused' } }),
    })
    expect(unread).toMatchObject({ error: { message: expect.stringMatching(/not trusted\. It failed\.$/) } })
    const defect = () => Promise.reject(new TypeError('a defect'))
    await expect(
      checkSignedResponse(await signed(), state, { connection: connection(), fetch: defect }),
    ).rejects.toThrow('a defect')
  })

  it.each([
    ['a.b.c.d.e', 'callback_encrypted'],
    ['a.b.c.d', 'callback_malformed'],
    ['a.b', 'callback_malformed'],
    ['a..c', 'callback_malformed'],
    ['.e30.', 'ok'],
    ['a.e30=.c', 'callback_malformed'],
    ['a.e3 0.c', 'callback_malformed'],
    // Not UTF-8, no whole bytes, no JSON, no object.
    ['a.eyJhIjoi_yJ9.c', 'callback_malformed'],
    ['a.e.c', 'callback_malformed'],
    ['a.e30e.c', 'callback_malformed'],
    ['a.bnVsbA.c', 'callback_malformed'],
    ['a.W10.c', 'callback_malformed'],
    ['a.eyJhIjoiPj8-In0.c', 'ok'],
    ['a.eyJhIjoiw7_Dv8O_In0.c', 'ok'],
  ])('%s is read: %s', (response, code) => {
    const read = readSignedResponse(response)
    expect(read.ok ? 'ok' : read.error.code).toBe(code)
  })

  it('is read without being believed, texts only', async () => {
    const read = readSignedResponse(await signed({ evil: { a: 1 } }))
    expect(read).toEqual({
      ok: true,
      value: [
        ['iss', issuer],
        ['code', 'abc'],
        ['state', state],
      ],
    })
  })
})
