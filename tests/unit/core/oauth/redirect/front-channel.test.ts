import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FrontChannelType } from '../../../../../src/core/contract/connection-settings.ts'
import { createIdTokenJudge } from '../../../../../src/core/app/tokens/judge-id-token.ts'
import { halfHash } from '../../../../../src/core/jwt/checks/check-hash.ts'
import { readCallback } from '../../../../../src/core/oauth/redirect/callback.ts'
import { customSchemeRedirectUri } from '../../../../../src/core/oauth/redirect/redirect-address.ts'
import { exchangeCode } from '../../../../../src/core/oauth/token/token-exchange.ts'
import { connection, fakeFetch, issuer } from '../fake.ts'

const now = 1_700_000_000_000
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
afterAll(() => void vi.useRealTimers())

const pair = await generateKeyPair('ES256')
const other = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }

const signed = (change: JWTPayload = {}, key = pair.privateKey) => {
  const seconds = now / 1000
  const claims = {
    iss: issuer,
    sub: 'alice',
    aud: 'client-1',
    iat: seconds,
    exp: seconds + 300,
    nonce: 'nonce-1',
    ...change,
  }
  const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  return new SignJWT(present).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key)
}
const hashes = async (what: { token?: string; code?: string }) => ({
  ...(what.token === undefined ? {} : { at_hash: await halfHash(what.token, 'ES256') }),
  ...(what.code === undefined ? {} : { c_hash: await halfHash(what.code, 'ES256') }),
})

interface Situation {
  responseType: FrontChannelType
  answer: Record<string, string | undefined>
  /** What the token endpoint says. */
  exchanged?: Record<string, unknown>
  keys?: 'none' | 'published'
  maxAgeSeconds?: number
  scopeAsked?: string
}

const receive = async ({ responseType, answer, exchanged, keys = 'published', ...rest }: Situation) => {
  const parameters = new URLSearchParams({ state: 'state-1' })
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) parameters.set(name, value)
  const read = readCallback(`${customSchemeRedirectUri}#${parameters}`)
  if (!read.ok) return { code: read.error.code, granted: undefined, sent: [] }
  const fetch = fakeFetch({ [`${issuer}/token`]: { body: exchanged ?? {} } })
  const theConnection = connection()
  const judge = createIdTokenJudge(
    async () =>
      keys === 'none'
        ? { ok: false, error: { code: 'keys_unreachable', message: 'No keys.' } }
        : { ok: true, value: { keys: [jwk], notes: [] } as never },
    { now: () => now },
  )
  const result = await exchangeCode(
    read.value,
    {
      state: 'state-1',
      nonce: 'nonce-1',
      codeVerifier: 'v'.repeat(43),
      redirectUri: customSchemeRedirectUri,
      scopeAsked: 'openid',
      responseType,
      responseMode: 'fragment',
      ...rest,
    },
    { connection: theConnection, fetch, now: () => now, judgeIdToken: judge(theConnection, undefined) },
  )
  return {
    code: result.ok ? 'ok' : result.error.code,
    granted: result.ok ? result.value : undefined,
    sent: fetch.sent,
  }
}

const bearer = { access_token: 'access-1', token_type: 'Bearer', expires_in: '300' }

describe('an ID token from the authorization endpoint', () => {
  it('is enough by itself', async () => {
    const { granted } = await receive({ responseType: 'id_token', answer: { id_token: await signed() } })
    expect(granted).toMatchObject({ accessToken: '', idTokenClaims: { sub: 'alice' } })
  })

  const bad: [string, JWTPayload, string][] = [
    ['another nonce', { nonce: 'other' }, 'id_token_nonce'],
    ['no nonce', { nonce: undefined }, 'id_token_nonce'],
    ['another issuer', { iss: 'https://other.example' }, 'id_token_issuer'],
    ['another audience', { aud: 'other' }, 'id_token_audience'],
    ['several audiences without azp', { aud: ['client-1', 'other'] }, 'id_token_azp'],
    ['no subject', { sub: undefined }, 'id_token_claim_missing'],
    ['an end in the past', { exp: now / 1000 - 60 }, 'id_token_expired'],
  ]
  it.each(bad)('is refused with %s', async (_name, change, code) => {
    const answer = { id_token: await signed(change) }
    expect((await receive({ responseType: 'id_token', answer })).code).toBe(code)
  })

  it('is refused with the signature of someone else, with none, and where nobody can check it', async () => {
    const codeOf = async (id_token: string, keys: Situation['keys'] = 'published') =>
      (await receive({ responseType: 'id_token', answer: { id_token }, keys })).code
    const sound = await signed()
    expect(await codeOf(await signed({}, other.privateKey))).toBe('id_token_signature')
    const [, payload] = sound.split('.')
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    expect(await codeOf(`${none}.${payload}.`)).toMatch(/^id_token_/)
    expect(await codeOf(sound, 'none')).toBe('id_token_signature_unverifiable')
    expect(await codeOf('no.jwt.atall')).toBe('id_token_format')
  })

  it('must say when the person signed in, where max_age was asked', async () => {
    const codeOf = async (change: JWTPayload) =>
      (
        await receive({
          responseType: 'id_token',
          answer: { id_token: await signed(change) },
          maxAgeSeconds: 60,
        })
      ).code
    expect(await codeOf({})).toBe('id_token_auth_time')
    expect(await codeOf({ auth_time: now / 1000 - 3600 })).toBe('id_token_auth_time')
    expect(await codeOf({ auth_time: now / 1000 - 5 })).toBe('ok')
  })

  it('needs the hash of the access token beside it, and the right one', async () => {
    const codeOf = async (claims: JWTPayload) =>
      (
        await receive({
          responseType: 'id_token token',
          answer: { ...bearer, id_token: await signed(claims) },
        })
      ).code
    expect(await codeOf(await hashes({ token: 'access-1' }))).toBe('ok')
    expect(await codeOf({})).toBe('id_token_at_hash')
    expect(await codeOf(await hashes({ token: 'another' }))).toBe('id_token_at_hash')
  })

  it('needs the hash of the code beside it before the code is used', async () => {
    const receiveWith = async (claims: JWTPayload) =>
      receive({ responseType: 'code id_token', answer: { code: 'code-1', id_token: await signed(claims) } })
    for (const claims of [{}, await hashes({ code: 'another' })]) {
      const { code, sent } = await receiveWith(claims)
      expect({ code, sent }).toEqual({ code: 'id_token_c_hash', sent: [] })
    }
  })
})

describe('an access token from the authorization endpoint', () => {
  const take = (change: Record<string, string | undefined>) =>
    receive({ responseType: 'token', answer: { ...bearer, ...change }, scopeAsked: 'read' })

  it('is read as in a token response', async () => {
    const { granted } = await take({ scope: 'read' })
    expect(granted).toMatchObject({
      accessToken: 'access-1',
      tokenType: 'Bearer',
      expiresInSeconds: 300,
      scope: 'read',
      notes: [],
    })
    expect(granted).not.toHaveProperty('idToken')
  })

  it('needs a type that is known', async () => {
    expect((await take({ token_type: undefined })).code).toBe('token_type_unknown')
    expect((await take({ token_type: 'mac' })).code).toBe('token_type_unknown')
    expect((await take({ token_type: 'DPoP' })).code).toBe('token_type_unexpected')
  })

  it.each([
    [undefined, undefined],
    ['soon', undefined],
    ['-5', 0],
    ['99999999999', undefined],
  ])('with a life of %s lives %s', async (expires_in, seconds) => {
    const { granted } = await take({ expires_in })
    expect(granted?.expiresInSeconds).toBe(seconds)
    expect(granted?.notes).toHaveLength(expires_in === undefined || seconds === 0 ? 1 : 2)
  })
})

describe('a response that does not bring what was asked for', () => {
  it.each([
    ['code id_token', { code: 'c' }, 'callback_part_missing'],
    ['code token', { access_token: 'a', token_type: 'Bearer' }, 'callback_part_missing'],
    ['id_token token', { id_token: 'i' }, 'callback_part_missing'],
    ['id_token', { code: 'c' }, 'callback_part_missing'],
    ['id_token', { id_token: 'i', access_token: 'a' }, 'callback_part_unasked'],
    ['token', { access_token: 'a', id_token: 'i' }, 'callback_part_unasked'],
    ['code token', { code: 'c', access_token: 'a', id_token: 'i' }, 'callback_part_unasked'],
    ['token', {}, 'callback_no_code'],
  ] as const)('%s', async (responseType, answer, code) => {
    expect(await receive({ responseType, answer })).toMatchObject({ code, sent: [] })
  })
})

describe('both ID tokens of a hybrid flow', () => {
  const run = async (first: JWTPayload, second: JWTPayload) =>
    receive({
      responseType: 'code id_token token',
      answer: {
        ...bearer,
        code: 'code-1',
        id_token: await signed({ ...(await hashes({ token: 'access-1', code: 'code-1' })), ...first }),
      },
      exchanged: {
        access_token: 'access-2',
        token_type: 'Bearer',
        expires_in: 60,
        id_token: await signed(second),
      },
    })

  it('speak of the same person; the token endpoint’s access token is kept', async () => {
    const { granted, sent } = await run({ email: 'a@example.com' }, { email: 'a@example.com', name: 'Alice' })
    expect(granted).toMatchObject({ accessToken: 'access-2', expiresInSeconds: 60 })
    expect(JSON.stringify(granted)).not.toContain('access-1')
    expect(granted?.notes.join()).toContain('was discarded')
    expect(Object.fromEntries(sent[0]?.form ?? [])).toMatchObject({
      code: 'code-1',
      code_verifier: 'v'.repeat(43),
    })
  })

  it('are refused where they speak of different people', async () => {
    expect((await run({ sub: 'mallory' }, {})).code).toBe('id_token_hybrid_subject')
  })

  it('are noted where they differ in what they say of the person', async () => {
    const { granted } = await run({ email: 'a@example.com' }, { email: 'b@example.com' })
    expect(granted?.notes.join()).toContain('differ in email')
    expect(granted?.idTokenClaims?.['email']).toBe('b@example.com')
  })
})
