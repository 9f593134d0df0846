import type { JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { refreshTokens } from '../../../../../src/core/oauth/token/refresh.ts'
import { createSingleFlight } from '../../../../../src/core/oauth/token/single-flight.ts'
import { retryAfterSeconds } from '../../../../../src/core/oauth/wire/retry-after.ts'
import type { ClientKeys } from '../../../../../src/core/oauth/client/client-keys.ts'
import { createDpopProver } from '../../../../../src/core/oauth/client/dpop.ts'
import { makeSigningKey } from '../../../../../src/core/oauth/client/signing-key.ts'
import type { BeforeRefresh } from '../../../../../src/core/oauth/token/grants/refresh.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { connection, fakeFetch, idToken, issuer, trueJudge } from '../fake.ts'

type Reply = Parameters<typeof fakeFetch>[0][string]
const refresh = async (
  reply: Reply,
  {
    change = {},
    keys,
    ...before
  }: Partial<BeforeRefresh> & { change?: Partial<Connection>; keys?: ClientKeys } = {},
) => {
  const fetch = fakeFetch({ [`${issuer}/token`]: reply })
  const to = connection(change)
  const result = await refreshTokens(
    { refreshToken: 'old-refresh', subject: 'alice', nonce: 'nonce-1', authTime: notKnown, ...before },
    { connection: to, keys, fetch, now: () => 0, judgeIdToken: trueJudge(to) },
  )
  return { result, sent: fetch.sent }
}
const answer = (change = {}) => ({ access_token: 'a2', token_type: 'bearer', expires_in: 60, ...change })

describe('refreshTokens', () => {
  it('keeps the old refresh token where none comes', async () => {
    const { result, sent } = await refresh({ body: answer() }, { resource: 'https://api.example/' })
    expect(result).toMatchObject({
      ok: true,
      value: { accessToken: 'a2', refreshToken: 'old-refresh', rotated: false },
    })
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      client_id: 'client-1',
      grant_type: 'refresh_token',
      refresh_token: 'old-refresh',
      resource: 'https://api.example/',
    })
  })

  it('takes the new one where the server rotates', async () => {
    const { result } = await refresh({ body: answer({ refresh_token: 'new' }) })
    expect(result).toMatchObject({ ok: true, value: { refreshToken: 'new', rotated: true } })
  })

  it.each<[string, Reply, string, string, number?]>([
    [
      'invalid_grant',
      { status: 400, body: { error: 'invalid_grant' } },
      'token_invalid_grant',
      'sign-in-again',
    ],
    ['429', { status: 429, body: '', headers: { 'retry-after': '7' } }, 'token_rate_limited', 'try-later', 7],
    [
      '429 with words',
      { status: 429, body: { error: 'too_many' }, headers: { 'retry-after': '7' } },
      'token_provider_error',
      'try-later',
      7,
    ],
    [
      '503',
      { status: 503, body: '<html>', headers: { 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' } },
      'token_server_error',
      'try-later',
      60,
    ],
    ['500 with JSON', { status: 500, body: { error: 'server_error' } }, 'token_server_error', 'try-later'],
    ['network', { network: 'network_refused' }, 'token_network_refused', 'try-later'],
    [
      'invalid_client',
      { status: 401, body: { error: 'invalid_client' } },
      'token_invalid_client',
      'repair-connection',
    ],
    ['404', { status: 404, body: 'no' }, 'token_status', 'repair-connection'],
  ])('classifies %s', async (_name, reply, code, remedy, retryAfterSeconds) => {
    const { result } = await refresh(reply)
    expect(result).toMatchObject({ ok: false, error: { code, remedy } })
    expect(!result.ok && result.error.retryAfterSeconds).toBe(retryAfterSeconds)
  })

  it('refuses tokens of another person', async () => {
    const { result } = await refresh({ body: answer({ id_token: await idToken({ sub: 'mallory' }) }) })
    expect(result).toMatchObject({ ok: false, error: { code: 'refresh_other_subject' } })
  })

  it.each<[string, JWTPayload, string]>([
    ['another issuer', { iss: 'https://evil.example' }, 'id_token_issuer'],
    ['another audience', { aud: 'client-2' }, 'id_token_audience'],
    ['another nonce', { nonce: 'other' }, 'id_token_nonce'],
    ['the hash of another access token', { at_hash: 'x' }, 'id_token_at_hash'],
    ['another person, expired besides', { sub: 'mallory', exp: 1000 }, 'refresh_other_subject'],
  ])('keeps nothing of a response whose ID token has %s', async (_what, claims, code) => {
    const { result } = await refresh({
      body: answer({ id_token: await idToken(claims), refresh_token: 'new' }),
    })
    expect(result).toMatchObject({ ok: false, error: { remedy: 'distrust-answer' } })
    expect(result).not.toHaveProperty('aside')
    expect(!result.ok && result.error.code).toBe(code)
  })

  it('keeps a rotated refresh token aside where nothing casts doubt on its owner', async () => {
    const { result } = await refresh({ body: answer({ token_type: 'mac', refresh_token: 'new' }) })
    expect(result).toMatchObject({ ok: false, error: { code: 'token_type_unknown' }, aside: 'new' })
  })

  it('refuses DPoP where no key was proven, and notes Bearer where one was', async () => {
    expect((await refresh({ body: answer({ token_type: 'DPoP' }) })).result).toMatchObject({
      ok: false,
      error: { code: 'token_type_unexpected' },
    })
    const jwk = await makeSigningKey({ generate: 'ES256' })
    if (!jwk.ok) throw new Error(jwk.error.message)
    const dpop = await createDpopProver(jwk.value, { now: () => 0, newId: () => 'id' })
    const bearer = await refresh({ body: answer() }, { keys: { dpop } })
    expect(bearer.sent[0]?.options.headers).toHaveProperty('dpop')
    expect(bearer.result).toMatchObject({ ok: true, value: { tokenType: 'Bearer' } })
    expect(bearer.result.ok && bearer.result.value.notes.join()).toContain('plain Bearer token')
  })

  it('demands an essential acr of the new ID token too', async () => {
    const claims = '{"id_token":{"acr":{"essential":true,"values":["gold"]}}}'
    const codeOf = async (acr: string | undefined) => {
      const body = answer({ id_token: await idToken({ acr }) })
      const { result } = await refresh({ body }, { change: { settings: { claims } } })
      return result.ok ? 'ok' : result.error.code
    }
    expect(await codeOf('gold')).toBe('ok')
    expect(await codeOf('tin')).toBe('id_token_acr')
    expect(await codeOf(undefined)).toBe('id_token_acr')
  })

  it('leaves out an ID token that tells of another time of sign-in (OpenID Connect Core section 12.2)', async () => {
    const body = answer({ id_token: await idToken({ auth_time: 1_700_000_000 }), refresh_token: 'new' })
    const same = await refresh({ body }, { authTime: 1_700_000_000_000 })
    expect(same.result).toMatchObject({ ok: true, value: { idTokenClaims: { sub: 'alice' } } })
    const { result } = await refresh({ body }, { authTime: 1_600_000_000_000 })
    expect(result).toMatchObject({ ok: true, value: { refreshToken: 'new' } })
    expect(result.ok && result.value.idToken).toBeUndefined()
    expect(result.ok && result.value.notes.join()).toContain('original sign-in time')
  })

  it('keeps a rotated refresh token although the ID token beside it expired', async () => {
    const id_token = await idToken({ exp: 1000 })
    const { result } = await refresh({ body: answer({ id_token, refresh_token: 'new' }) })
    expect(result).toMatchObject({ ok: true, value: { refreshToken: 'new' } })
    expect(result.ok && result.value.idToken).toBeUndefined()
    expect(result.ok && result.value.notes.join()).toContain('left out')
  })
})

describe('retryAfterSeconds', () => {
  it.each([
    ['120', 120],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
    ['999999999', 86_400],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('%j', (value, seconds) => expect(retryAfterSeconds(value, 0)).toBe(seconds))
})

describe('createSingleFlight', () => {
  it('runs once however many ask, and again afterwards', async () => {
    const flight = createSingleFlight<number>()
    let runs = 0
    const work = async () => {
      runs += 1
      await Promise.resolve()
      return runs
    }
    const all = await Promise.all(Array.from({ length: 200 }, () => flight('k', work)))
    expect(new Set(all)).toEqual(new Set([1]))
    expect(await flight('k', work)).toBe(2)
  })

  it('keeps keys apart and does not keep a failure', async () => {
    const flight = createSingleFlight<string>()
    const broken = () => Promise.reject(new Error('once'))
    const [bad, good] = await Promise.allSettled([
      flight('a', broken),
      flight('b', () => Promise.resolve('b')),
    ])
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
    expect(await flight('a', () => Promise.resolve('again'))).toBe('again')
  })
})
