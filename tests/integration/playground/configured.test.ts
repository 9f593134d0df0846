import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser } from '../../support/playground-browser.ts'
import { call, start } from './support.ts'

const redirect = 'https://app.example/callback'
let playground: Playground
beforeAll(async () => {
  playground = await start({
    configuration: {
      consent: 'skip',
      users: [
        { username: 'ada', password: 'lovelace', roles: ['clerk'], claims: { department: 'engines' } },
        { username: 'eve', password: 'moriarty' },
      ],
      clients: [
        { client_id: 'web', client_secret: 'a-secret-of-some-length', redirect_uris: [redirect] },
        {
          client_id: 'machine',
          client_secret: 'another-secret-of-length',
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      scopes: { reports: { title: 'Read reports', roles: ['clerk'] }, jobs: {} },
      resources: [
        {
          path: '/reports',
          operations: [
            { method: 'GET', path: '/{id}', scopes: ['reports'] },
            { method: 'DELETE', path: '/{id}', scopes: ['reports'], roles: ['chief'], status: 204 },
          ],
        },
        {
          path: '/jobs',
          accessTokenFormat: 'opaque',
          operations: [{ method: 'POST', path: '', scopes: ['jobs'], status: 201, body: { queued: true } }],
        },
      ],
      issuers: [{ path: '/second' }, { path: '/wrong', faults: ['id-wrong-issuer'] }],
      cors: { origins: ['https://app.example'] },
    },
  })
})
afterAll(() => playground.stop())

const discover = (issuer: string) =>
  client.discovery(new URL(issuer), 'web', undefined, client.ClientSecretBasic('a-secret-of-some-length'), {
    execute: [client.allowInsecureRequests],
  })

const signIn = async (
  issuer: string,
  username: string,
  password: string,
  more: Record<string, string> = {},
) => {
  const config = await discover(issuer)
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile offline_access reports',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  })
  const browser = createBrowser()
  const page = await browser.submit(await browser.open(url.href), '/login', { username, password })
  return {
    config,
    page,
    tokens: await client.authorizationCodeGrant(config, new URL(page.url), { pkceCodeVerifier }),
  }
}

describe('a configured playground', () => {
  it('signs in its own users without a consent page', async () => {
    const { config, tokens } = await signIn(playground.issuer, 'ada', 'lovelace', {
      resource: `${playground.apiBase}/reports`,
    })
    const claims = tokens.claims()
    expect(await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')).toMatchObject({
      preferred_username: 'ada',
      department: 'engines',
      roles: ['clerk'],
    })
    const answer = await call(playground, '/reports/7', tokens.access_token)
    expect(await answer.json()).toMatchObject({
      operation: 'GET /reports/{id}',
      parameters: { id: '7' },
      client: 'web',
    })
    // The role is not hers, whatever the scope.
    expect((await call(playground, '/reports/7', tokens.access_token, { method: 'DELETE' })).status).toBe(403)
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(401)
  })

  it('keeps a scope from whom its roles do not allow it', async () => {
    const { tokens } = await signIn(playground.issuer, 'eve', 'moriarty', {
      resource: `${playground.apiBase}/reports`,
    })
    expect(tokens.scope).not.toContain('reports')
    expect((await call(playground, '/reports/7', tokens.access_token)).status).toBe(403)
  })

  it('gives opaque tokens where it shall, and its API knows them', async () => {
    const config = await client.discovery(
      new URL(playground.issuer),
      'machine',
      undefined,
      client.ClientSecretPost('another-secret-of-length'),
      { execute: [client.allowInsecureRequests] },
    )
    const { access_token: token } = await client.clientCredentialsGrant(config, {
      scope: 'jobs',
      resource: `${playground.apiBase}/jobs`,
    })
    expect(token).not.toContain('.')
    const answer = await call(playground, '/jobs', token, { method: 'POST' })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ queued: true })
    expect((await call(playground, '/jobs', `${token}x`, { method: 'POST' })).status).toBe(401)
    await client.tokenRevocation(config, token)
    expect((await call(playground, '/jobs', token, { method: 'POST' })).status).toBe(401)
  })

  it('has issuers below the first, each with keys of its own', async () => {
    const second = `${playground.issuer}/second`
    const { tokens } = await signIn(second, 'ada', 'lovelace')
    expect(tokens.claims()?.iss).toBe(second)
    expect(decodeJwt(tokens.access_token).iss).toBe(second)
    const keysOf = async (issuer: string) =>
      ((await (await fetch(`${issuer}/jwks.json`)).json()) as { keys: { kid: string }[] }).keys.map(
        ({ kid }) => kid,
      )
    expect(await keysOf(second)).not.toEqual(await keysOf(playground.issuer))
    // RFC 8414 section 3.1.
    const inserted = new URL('/.well-known/oauth-authorization-server/second', playground.issuer)
    expect(await (await fetch(inserted)).json()).toMatchObject({
      issuer: second,
      token_endpoint: `${second}/token`,
    })
  })

  it('goes wrong at the issuer that shall', async () => {
    await expect(signIn(`${playground.issuer}/wrong`, 'ada', 'lovelace')).rejects.toThrow()
  })

  it('lets pages of named origins call the API', async () => {
    const preflight = (origin: string) =>
      fetch(`${playground.apiBase}/orders`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      })
    expect((await preflight('https://app.example')).headers.get('access-control-allow-origin')).toBe(
      'https://app.example',
    )
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a token in another spelling', () => {
  it('is refused, and told what is wrong about it', async () => {
    const { tokens } = await signIn(playground.issuer, 'ada', 'lovelace', {
      resource: `${playground.apiBase}/reports`,
    })
    const token = tokens.access_token
    const detailOf = async (text: string) => {
      const answer = await call(playground, '/reports/1', text)
      expect(answer.status).toBe(401)
      return ((await answer.json()) as { detail: string }).detail
    }
    expect(await detailOf(`${token}==`)).toMatch(/padding/)
    // 64 bytes fill 86 characters but for four bits: another last character stands for the same bytes.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(token.at(-1) ?? '')
    expect(await detailOf(token.slice(0, -1) + (alphabet[last + 1] ?? ''))).toMatch(/one right spelling/)
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [header = '', , signature = ''] = token.split('.')
    const sound = { alg: 'ES256', typ: 'at+jwt' }
    for (const [text, word] of [
      [`${encode({ ...sound, alg: 'HS256' })}.${encode({})}.${signature}`, /HS256/],
      [`${encode({ ...sound, typ: 'JWT' })}.${encode({})}.${signature}`, /typ/],
      [`${encode({ ...sound, crit: ['x'] })}.${encode({})}.${signature}`, /crit/],
      [`${encode({ ...sound, alg: 'none' })}.${encode({})}.`, /none/],
      [`${header}.${encode([])}.${signature}`, /not a JSON object/],
      [`${header}.${encode({ ...decodeJwt(token), exp: 'soon' })}.${signature}`, /exp: it must be a number/],
      [`${header}.${encode({ ...decodeJwt(token), sub: 7 })}.${signature}`, /sub: it must be a string/],
      [`${header}.${encode({ ...decodeJwt(token), jti: undefined })}.${signature}`, /jti: it is missing/],
      ['a.b.c.d.e', /JWE/],
    ] as const)
      expect(await detailOf(text)).toMatch(word)
  })
})
