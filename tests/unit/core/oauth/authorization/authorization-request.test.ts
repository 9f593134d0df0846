import { describe, expect, it } from 'vitest'
import {
  buildAuthorizationRequest,
  stateDigest,
} from '../../../../../src/core/oauth/authorization/authorization-request.ts'
import type { ConnectionSettings } from '../../../../../src/core/contract/connection-settings.ts'
import { sha256Base64url } from '../../../../../src/core/oauth/wire/encoding.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { connection, issuer } from '../fake.ts'

const counter = () => {
  let next = 0
  return (length: number) => new Uint8Array(length).fill((next += 1))
}
const redirectUri = 'app.gatehouse.desktop:/oauth/callback'
const build = (change = {}, options = {}) =>
  buildAuthorizationRequest(connection(change), { redirectUri, randomBytes: counter(), ...options })

describe('buildAuthorizationRequest', () => {
  it('agrees with the example of RFC 7636 appendix B', async () => {
    expect(await sha256Base64url('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })

  it('always carries state, nonce and PKCE S256, each of its own randomness', async () => {
    const built = await build({ resource: 'https://api.example/' })
    if (!built.ok) throw new Error(built.error.message)
    const { url, secrets } = built.value
    const query = new URL(url).searchParams
    expect(new Set([secrets.state, secrets.nonce, secrets.codeVerifier]).size).toBe(3)
    expect(secrets.codeVerifier).toMatch(/^[\w-]{43}$/)
    expect(Object.fromEntries(query)).toEqual({
      client_id: 'client-1',
      code_challenge: await sha256Base64url(secrets.codeVerifier),
      code_challenge_method: 'S256',
      nonce: secrets.nonce,
      prompt: 'consent',
      redirect_uri: redirectUri,
      resource: 'https://api.example/',
      response_type: 'code',
      scope: 'openid offline_access',
      state: secrets.state,
    })
    expect(url).not.toContain('+')
    expect(await stateDigest(secrets.state)).toMatch(/^[\w-]{43}$/)
  })

  it('keeps the query of the endpoint, drops its fragment, and takes other scopes and parameters', async () => {
    const built = await build(
      { metadata: { issuer, authorization_endpoint: `${issuer}/a?p=b2c+1&state=evil#frag` } },
      { scope: 'openid', extra: { login_hint: 'a b+c' } },
    )
    if (!built.ok) throw new Error(built.error.message)
    const url = new URL(built.value.url)
    expect(url.hash).toBe('')
    expect(url.searchParams.get('p')).toBe('b2c 1')
    expect(url.searchParams.getAll('state')).toEqual([built.value.secrets.state])
    expect(url.searchParams.get('login_hint')).toBe('a b+c')
    expect(url.searchParams.has('prompt')).toBe(false)
  })

  it.each([
    [{ metadata: { issuer } }, {}, 'sign_in_no_authorization_endpoint'],
    [{ metadata: { issuer, authorization_endpoint: 'javascript:alert(1)' } }, {}, 'endpoint_scheme'],
    [{ metadata: { issuer, authorization_endpoint: 'http://as.example/a' } }, {}, 'endpoint_insecure'],
    [
      {
        metadata: {
          issuer,
          authorization_endpoint: `${issuer}/a`,
          code_challenge_methods_supported: ['plain'],
        },
      },
      {},
      'sign_in_no_pkce',
    ],
    [{}, { extra: { state: 'x' } }, 'sign_in_parameter_reserved'],
  ])('refuses %j', async (change, options, code) => {
    expect(await build(change, options)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('what the connection asks for beyond a code', () => {
  const secretsOf = async (settings: ConnectionSettings, change: Partial<Connection> = {}) => {
    const built = await build({ scope: 'openid', settings, ...change })
    if (!built.ok) throw new Error(built.error.code)
    const { state: _state, nonce: _nonce, codeVerifier: _verifier, ...rest } = built.value.secrets
    return { secrets: rest, query: new URL(built.value.url).searchParams }
  }
  const common = { redirectUri, scopeAsked: 'openid', issuer, acr: { wished: [], demanded: [] } }

  it('is remembered until the response comes', async () => {
    expect((await secretsOf({})).secrets).toEqual(common)
    const settings = { responseMode: 'form_post', maxAgeSeconds: 60, acrValues: 'gold' } as const
    expect((await secretsOf(settings, { resource: 'https://api.example/' })).secrets).toEqual({
      ...common,
      resource: 'https://api.example/',
      responseMode: 'form_post',
      maxAgeSeconds: 60,
      acr: { wished: ['gold'], demanded: [] },
    })
    expect((await secretsOf({ responseType: 'code id_token' })).secrets).toEqual({
      ...common,
      responseType: 'code id_token',
      responseMode: 'fragment',
    })
  })

  it('names the response mode only where it is set', async () => {
    expect((await secretsOf({ responseMode: 'form_post' })).query.get('response_mode')).toBe('form_post')
    expect((await secretsOf({ responseType: 'code token' })).query.has('response_mode')).toBe(false)
  })

  it('proves no code where none is asked for, and asks for no consent', async () => {
    const change = { scope: 'openid offline_access' }
    const { query } = await secretsOf({ responseType: 'id_token' }, change)
    expect(query.get('response_type')).toBe('id_token')
    for (const name of ['code_challenge', 'code_challenge_method', 'prompt'])
      expect(query.has(name)).toBe(false)
    expect((await secretsOf({ responseType: 'code token' }, change)).query.get('prompt')).toBe('consent')
  })

  it('needs no PKCE for tokens without a code', async () => {
    const metadata = { ...connection().metadata, code_challenge_methods_supported: ['plain'] }
    expect(await build({ metadata, scope: '', settings: { responseType: 'token' } })).toMatchObject({
      ok: true,
    })
  })

  it('leaves the scope out where it is empty, and takes doubled spaces out of it', async () => {
    expect((await secretsOf({}, { scope: '' })).query.has('scope')).toBe(false)
    expect((await secretsOf({}, { scope: ' openid  a ' })).query.get('scope')).toBe('openid a')
  })

  it('names all resources, and none where there is none', async () => {
    const { query } = await secretsOf({ resources: ['https://b/'] }, { resource: 'https://a/' })
    expect(query.getAll('resource')).toEqual(['https://a/', 'https://b/'])
    expect((await secretsOf({}, { resource: '' })).query.has('resource')).toBe(false)
  })

  it('puts extra parameters of the connection and of this sign-in in', async () => {
    const settings = { extra: [{ name: 'tenant', value: 'one' }], loginHint: 'alice' }
    const built = await build({ settings }, { extra: { login_hint: 'bob' } })
    const query = new URL(built.ok ? built.value.url : '').searchParams
    expect([query.get('tenant'), query.getAll('login_hint')]).toEqual(['one', ['bob']])
  })

  it.each([
    ['offline_access', {}, 'consent'],
    ['openid', {}, null],
    ['offline_access', { prompt_values_supported: ['login', 'consent'] }, 'consent'],
    ['offline_access', { prompt_values_supported: ['login'] }, null],
    ['offline_access', { prompt_values_supported: 'login' }, 'consent'],
    ['offline_access', { issuer: 'https://login.microsoftonline.com/t/v2.0' }, null],
    ['offline_access', { issuer: 'https://login.microsoftonline.com.example/' }, 'consent'],
  ])(
    'asks for consent where %s needs it (OpenID Connect Core section 11): %j',
    async (scope, more, prompt) => {
      const metadata = { ...connection().metadata, ...more }
      expect((await secretsOf({}, { scope, metadata })).query.get('prompt')).toBe(prompt)
    },
  )

  it.each<[ConnectionSettings, Partial<Connection>, string]>([
    [{ responseType: 'code id_token' }, { scope: 'profile' }, 'sign_in_needs_openid'],
    [{ responseType: 'token', responseMode: 'query' }, {}, 'connection_response_mode'],
    [{ extra: [{ name: 'nonce', value: 'n' }] }, {}, 'sign_in_parameter_reserved'],
  ])('refuses %j of %j', async (settings, change, code) => {
    expect(await build({ settings, ...change })).toMatchObject({ ok: false, error: { code } })
  })

  it.each([[[]], ['S256'], [['plain', 'S256']]])(
    'takes %j for PKCE with S256, or for no word on it',
    async (methods) => {
      const metadata = { ...connection().metadata, code_challenge_methods_supported: methods as string[] }
      expect(await build({ metadata })).toMatchObject({ ok: true })
    },
  )

  it('says which methods there are instead', async () => {
    const metadata = { ...connection().metadata, code_challenge_methods_supported: ['plain', 'S512'] }
    expect(await build({ metadata })).toMatchObject({
      error: { message: expect.stringContaining('plain, S512, not') },
    })
  })

  it('needs openid for an ID token, and not for an access token', async () => {
    expect(await build({ scope: 'a', settings: { responseType: 'token' } })).toMatchObject({ ok: true })
    expect(await build({ scope: 'a openid', settings: { responseType: 'id_token' } })).toMatchObject({
      ok: true,
    })
  })
})
