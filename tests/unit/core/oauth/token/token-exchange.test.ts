import { describe, expect, it } from 'vitest'
import { readCallback } from '../../../../../src/core/oauth/redirect/callback.ts'
import { customSchemeRedirectUri } from '../../../../../src/core/oauth/redirect/redirect-address.ts'
import { exchangeCode } from '../../../../../src/core/oauth/token/token-exchange.ts'
import type { JudgeIdToken } from '../../../../../src/core/oauth/token/token-request.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { connection, fakeFetch, idToken, issuer, trueJudge } from '../fake.ts'

const secrets = {
  state: 'state-1',
  nonce: 'nonce-1',
  codeVerifier: 'v'.repeat(43),
  redirectUri: customSchemeRedirectUri,
  scopeAsked: 'openid',
}
const callback = (query = '') => {
  const read = readCallback(`app.gatehouse.desktop:///oauth/callback?code=c%2B1&state=state-1${query}`)
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}
const answer = async (change: Record<string, unknown> = {}) => ({
  access_token: 'access-1',
  token_type: 'Bearer',
  expires_in: 300,
  id_token: await idToken(),
  ...change,
})
type Reply = Parameters<typeof fakeFetch>[0][string]
const exchange = async (
  reply: Reply,
  {
    change = {},
    query = '',
    judge,
    scopeAsked = 'openid',
  }: { change?: Partial<Connection>; query?: string; judge?: JudgeIdToken; scopeAsked?: string } = {},
) => {
  const fetch = fakeFetch({ [`${issuer}/token`]: reply })
  const result = await exchangeCode(
    callback(query),
    { ...secrets, scopeAsked },
    {
      connection: connection(change),
      clientSecret: 's%c:r t',
      fetch,
      now: () => 1_700_000_000_000,
      judgeIdToken: judge ?? trueJudge(connection(change)),
    },
  )
  return { result, sent: fetch.sent }
}
const codeOf = ({ result }: Awaited<ReturnType<typeof exchange>>) => (result.ok ? 'ok' : result.error.code)

describe('what is sent', () => {
  it('carries code, verifier and exactly the redirect URI that was asked for', async () => {
    const { result, sent } = await exchange({ body: await answer() })
    expect(result.ok).toBe(true)
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      client_id: 'client-1',
      code: 'c+1',
      code_verifier: secrets.codeVerifier,
      grant_type: 'authorization_code',
      redirect_uri: customSchemeRedirectUri,
    })
    expect(sent[0]?.options.headers).not.toHaveProperty('authorization')
  })

  it('authenticates by header or by body', async () => {
    const basic = await exchange(
      { body: await answer() },
      { change: { clientAuthentication: 'client_secret_basic' } },
    )
    expect(basic.sent[0]?.options.headers?.authorization).toBe(`Basic ${btoa('client-1:s%25c%3Ar+t')}`)
    expect(basic.sent[0]?.form.has('client_secret')).toBe(false)
    const post = await exchange(
      { body: await answer() },
      { change: { clientAuthentication: 'client_secret_post' } },
    )
    expect(post.sent[0]?.form.get('client_secret')).toBe('s%c:r t')
    expect(post.sent[0]?.options.headers).not.toHaveProperty('authorization')
  })
})

describe('what comes back', () => {
  it('is told whole', async () => {
    const { result } = await exchange({ body: await answer({ scope: 'openid a', refresh_token: 'r' }) })
    expect(result).toMatchObject({
      ok: true,
      value: {
        accessToken: 'access-1',
        tokenType: 'Bearer',
        scope: 'openid a',
        expiresInSeconds: 300,
        refreshToken: 'r',
        idTokenClaims: { sub: 'alice' },
        receivedAt: 1_700_000_000_000,
        notes: [],
      },
    })
  })

  it.each<[unknown, number | undefined, RegExp]>([
    [undefined, undefined, /does not state the access token/],
    [null, undefined, /does not state the access token/],
    ['300', 300, /string instead of a number/],
    ['soon', undefined, /not a number/],
    [{}, undefined, /not a number/],
    [0, 0, /zero/],
    [-5, 0, /negative/],
    [1e12, undefined, /ten years/],
    [12.7, 12, /^$/],
  ])('tolerates expires_in %j and says so', async (expires_in, seconds, note) => {
    const { result } = await exchange({ body: await answer({ expires_in }) })
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.expiresInSeconds).toBe(seconds)
    expect(result.value.notes.join(' ')).toMatch(note)
  })

  it('tolerates null members, scopes as a list and a wrong content type', async () => {
    const body = JSON.stringify(await answer({ refresh_token: null, scope: ['openid', 'a'], extra: null }))
    const { result } = await exchange({ body, headers: { 'content-type': 'text/html' } })
    expect(result).toMatchObject({ ok: true, value: { scope: 'openid a' } })
    expect(result.ok && result.value.refreshToken).toBeUndefined()
  })

  it('accepts a plain OAuth answer without ID token where openid was not asked for', async () => {
    const body = await answer({ id_token: undefined })
    expect(codeOf(await exchange({ body }, { scopeAsked: 'orders' }))).toBe('ok')
    expect(codeOf(await exchange({ body }))).toBe('id_token_missing')
  })

  it('checks the nonce of an ID token that nobody asked for', async () => {
    const good = await answer()
    expect(codeOf(await exchange({ body: good }, { scopeAsked: 'orders' }))).toBe('ok')
    const bad = await answer({ id_token: await idToken({ nonce: 'other' }) })
    expect(codeOf(await exchange({ body: bad }, { scopeAsked: 'orders' }))).toBe('id_token_nonce')
  })
})

const now = Math.floor(Date.now() / 1000)
describe('ID tokens that are not believed', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['another issuer', { iss: 'https://evil.example' }, 'id_token_issuer'],
    ['an issuer with a slash too many', { iss: `${issuer}/` }, 'id_token_issuer'],
    ['no issuer', { iss: undefined }, 'id_token_claim_missing'],
    ['another audience', { aud: 'client-2' }, 'id_token_audience'],
    ['no audience', { aud: undefined }, 'id_token_claim_missing'],
    ['more audiences without azp', { aud: ['client-1', 'client-2'] }, 'id_token_azp'],
    ['another authorized party', { aud: ['client-1', 'client-2'], azp: 'client-2' }, 'id_token_azp'],
    ['another nonce', { nonce: 'other' }, 'id_token_nonce'],
    ['no nonce', { nonce: undefined }, 'id_token_nonce'],
    ['expired', { exp: now - 60 }, 'id_token_expired'],
    ['no end', { exp: undefined }, 'id_token_claim_missing'],
    ['not valid yet', { nbf: now + 600 }, 'id_token_not_yet_valid'],
    ['no subject', { sub: undefined }, 'id_token_claim_missing'],
    ['a subject that is a number', { sub: 7 }, 'id_token_subject'],
  ])('%s', async (_name, change, code) => {
    const { result } = await exchange({ body: await answer({ id_token: await idToken(change) }) })
    expect(result).toMatchObject({ ok: false, error: { code, remedy: 'distrust-answer' } })
    expect(!result.ok && result.error.next).toBeTruthy()
  })

  it.each(['none', 'HS256', 'XX999'])('signed with %s, even where the metadata announces it', async (alg) => {
    const metadata = {
      ...connection().metadata,
      id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256'],
    }
    const token = await idToken({}, alg)
    expect(
      codeOf(await exchange({ body: await answer({ id_token: token }) }, { change: { metadata } })),
    ).toBe('id_token_algorithm')
  })

  it('what the judge refuses', async () => {
    const judge: JudgeIdToken = () =>
      Promise.resolve({ ok: false, error: { code: 'id_token_signature', message: 'Forged.' } })
    expect(codeOf(await exchange({ body: await answer() }, { judge }))).toBe('id_token_signature')
  })

  it.each(['', 'x', 'a.b.c', 'eyJhbGciOiJSUzI1NiJ9.e30'])('garbage %j', async (id_token) => {
    const code = codeOf(await exchange({ body: await answer({ id_token }) }))
    expect(code).toMatch(/^id_token_|^token_answer_malformed/)
  })
})

describe('refusals and broken answers', () => {
  const refusal = (status: number, error: string, headers = {}): Reply => ({
    status,
    body: { error, error_description: 'Because.' },
    headers,
  })
  it.each<[string, Reply, string, string]>([
    ['invalid_grant', refusal(400, 'invalid_grant'), 'token_invalid_grant', 'sign-in-again'],
    [
      'invalid_client',
      refusal(401, 'invalid_client', { 'www-authenticate': 'Basic realm="x"' }),
      'token_invalid_client',
      'repair-connection',
    ],
    ['invalid_target', refusal(400, 'invalid_target'), 'token_invalid_target', 'repair-connection'],
    ['an error of its own', refusal(418, 'teapot'), 'token_provider_error', 'repair-connection'],
    ['200 with an error', refusal(200, 'bad_verification_code'), 'token_provider_error', 'repair-connection'],
    [
      'error as an object',
      { status: 400, body: { error: { code: 7 } } },
      'token_status',
      'repair-connection',
    ],
    ['401 without words', { status: 401, body: '' }, 'token_invalid_client', 'repair-connection'],
    ['429', { status: 429, body: '' }, 'token_rate_limited', 'try-later'],
    ['503 with a page', { status: 503, body: '<html>' }, 'token_server_error', 'try-later'],
    ['a web page', { body: '<html>' }, 'token_html', 'repair-connection'],
    ['no JSON', { body: 'access_token=1' }, 'token_not_json', 'repair-connection'],
    ['a list', { body: [] }, 'token_not_json', 'repair-connection'],
    ['204', { status: 204, body: '' }, 'token_status', 'repair-connection'],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'https://x/?code=s3cret' } },
      'token_redirect',
      'repair-connection',
    ],
    ['silence', { network: 'network_timeout' }, 'token_network_timeout', 'try-later'],
  ])('%s', async (_name, reply, code, remedy) => {
    const { result } = await exchange(reply)
    expect(result).toMatchObject({ ok: false, error: { code, remedy } })
    expect(JSON.stringify(result)).not.toContain('s3cret')
  })

  it('keeps what the provider says, without secrets', async () => {
    const { result } = await exchange({
      status: 400,
      body: {
        error: 'invalid_grant',
        error_description: 'code=abc123 ran\u0000 out',
        error_uri: 'https://as.example/help',
      },
    })
    expect(result).toMatchObject({
      error: {
        providerError: 'invalid_grant',
        providerDescription: 'code=••• ran out',
        providerUri: 'https://as.example/help',
        status: 400,
      },
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['no access token', { access_token: undefined }, 'token_no_access_token'],
    ['an access token that is no text', { access_token: 5 }, 'token_no_access_token'],
    ['an access token of half a character', { access_token: 'a\ud800' }, 'token_not_sendable'],
    ['an access token with a line end', { access_token: 'a\nb' }, 'token_not_sendable'],
    ['no token type', { token_type: undefined }, 'token_type_unknown'],
    ['a token type nobody knows', { token_type: 'mac' }, 'token_type_unknown'],
    ['a refresh token that is no text', { refresh_token: {} }, 'token_answer_malformed'],
  ])('%s', async (_name, change, code) => {
    expect(codeOf(await exchange({ body: await answer(change) }))).toBe(code)
  })
})

describe('answers in another’s name (RFC 9207)', () => {
  const metadata = { ...connection().metadata, authorization_response_iss_parameter_supported: true }
  it.each([
    ['&iss=https%3A%2F%2Fas.example', {}, 'ok'],
    ['&iss=https%3A%2F%2Fas.example', { metadata }, 'ok'],
    ['&iss=https%3A%2F%2Fevil.example', {}, 'callback_iss_mismatch'],
    ['', { metadata }, 'callback_iss_missing'],
  ])('%s', async (query, change, code) => {
    const outcome = await exchange({ body: await answer() }, { query, change })
    expect(codeOf(outcome)).toBe(code)
    expect(outcome.sent).toHaveLength(code === 'ok' ? 1 : 0)
  })
})
