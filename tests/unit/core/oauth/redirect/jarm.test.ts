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
  return checked.ok ? 'believed' : checked.error.code
}

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
