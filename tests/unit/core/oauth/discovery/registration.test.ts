import { describe, expect, it } from 'vitest'
import { registerClient, registrationRequest } from '../../../../../src/core/oauth/discovery/registration.ts'
import { fakeFetch } from '../fake.ts'

const endpoint = 'https://as.example/register'
const wishes = {
  redirectKind: 'custom-scheme',
  clientAuthentication: 'none',
  scope: 'openid read',
  version: '0.1.0',
} as const
const custom = 'app.gatehouse.desktop:/oauth/callback'
const loopback = 'http://127.0.0.1/oauth/callback'
type Reply = { status?: number; body: unknown } | { network: string }

const register = async (
  reply: Reply | Reply[],
  change: Partial<Parameters<typeof registerClient>[1]> = {},
) => {
  const fetch = fakeFetch({ [endpoint]: reply })
  const result = await registerClient(endpoint, { ...wishes, ...change }, { fetch, allowInsecure: false })
  return { result, sent: fetch.sent }
}
const made = (part: Record<string, unknown> = {}) => ({
  client_id: 'c-1',
  token_endpoint_auth_method: 'none',
  redirect_uris: [custom, loopback],
  scope: 'openid read',
  ...part,
})

describe('registration', () => {
  it('asks for a native public client with both redirects', async () => {
    const { result, sent } = await register({ status: 201, body: made() })
    expect(result).toEqual({
      ok: true,
      value: {
        clientId: 'c-1',
        redirectKind: 'custom-scheme',
        clientAuthentication: 'none',
        scope: 'openid read',
        notes: [],
      },
    })
    expect(JSON.parse(String(sent[0]?.options.body))).toEqual({
      client_name: 'Gatehouse',
      application_type: 'native',
      redirect_uris: [custom, loopback],
      post_logout_redirect_uris: ['app.gatehouse.desktop:/oauth/logout', 'http://127.0.0.1/oauth/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: 'openid read',
      software_id: 'app.gatehouse.desktop',
      software_version: '0.1.0',
    })
    expect(sent[0]?.options).toMatchObject({ method: 'POST', redirect: 'manual' })
    expect(sent[0]?.options.headers?.['authorization']).toBeUndefined()
  })

  it('shows the initial access token to the endpoint alone', async () => {
    const { sent } = await register({ status: 201, body: made() }, { initialAccessToken: 'invited' })
    expect(sent[0]?.options.headers?.['authorization']).toBe('Bearer invited')
  })

  it('leaves an empty scope out', () => {
    expect(registrationRequest({ ...wishes, scope: '' })).not.toHaveProperty('scope')
  })

  it('tries the wanted redirect alone where one of them is refused', async () => {
    const { result, sent } = await register(
      [
        { status: 400, body: { error: 'invalid_redirect_uri' } },
        { status: 201, body: made({ redirect_uris: [loopback] }) },
      ],
      { redirectKind: 'loopback' },
    )
    expect(result.ok).toBe(true)
    expect(
      sent.map(
        ({ options }) => (JSON.parse(String(options.body)) as { redirect_uris: string[] }).redirect_uris,
      ),
    ).toEqual([[custom, loopback], [loopback]])
  })

  it('uses the redirect that the provider takes where it refuses the wished one', async () => {
    const { result, sent } = await register([
      { status: 400, body: { error: 'invalid_redirect_uri' } },
      { status: 400, body: { error: 'invalid_redirect_uri' } },
      { status: 201, body: made({ redirect_uris: undefined }) },
    ])
    expect(sent).toHaveLength(3)
    expect(result).toMatchObject({ ok: true, value: { redirectKind: 'loopback' } })
    expect(result.ok && result.value.notes.join()).toContain(loopback)
  })

  it('uses the redirect that the provider kept', async () => {
    const { result } = await register({ status: 201, body: made({ redirect_uris: [loopback] }) })
    expect(result).toMatchObject({ ok: true, value: { redirectKind: 'loopback' } })
  })

  it('registers the address and the port that are fixed', async () => {
    const own = 'http://[::1]:8400/oauth/callback'
    const { result, sent } = await register(
      { status: 201, body: made({ redirect_uris: [own] }) },
      { redirectKind: 'loopback', settings: { loopbackHost: '[::1]', loopbackPort: 8400 } },
    )
    expect(JSON.parse(String(sent[0]?.options.body))).toMatchObject({ redirect_uris: [custom, own] })
    expect(result).toMatchObject({ ok: true, value: { redirectKind: 'loopback', notes: [] } })
  })

  it('uses a secret that came without a word on client authentication (RFC 7591 section 2)', async () => {
    const silent = { token_endpoint_auth_method: undefined, client_secret: 'hush' }
    const { result } = await register({ status: 201, body: made(silent) })
    expect(result).toMatchObject({
      ok: true,
      value: { clientAuthentication: 'client_secret_basic', clientSecret: 'hush' },
    })
    expect(result.ok && result.value.notes.join()).toMatch(/client_secret_basic instead of none/)
    const post = await register(
      { status: 201, body: made(silent) },
      { clientAuthentication: 'client_secret_post' },
    )
    expect(post.result).toMatchObject({ value: { clientAuthentication: 'client_secret_post' } })
    const spare = await register({ status: 201, body: made({ client_secret: 'hush' }) })
    expect(spare.result.ok && spare.result.value).not.toHaveProperty('clientSecret')
    expect(spare.result.ok && spare.result.value.notes.join()).toMatch(/it is not needed/)
  })

  it('takes secrets and the token to change the registration', async () => {
    const { result } = await register(
      {
        status: 201,
        body: made({
          token_endpoint_auth_method: 'client_secret_basic',
          client_secret: 'hush',
          client_secret_expires_at: Date.UTC(2030, 0, 1) / 1000,
          registration_access_token: 'manage',
          registration_client_uri: `${endpoint}/c-1`,
        }),
      },
      { clientAuthentication: 'client_secret_basic' },
    )
    expect(result).toMatchObject({
      ok: true,
      value: {
        clientSecret: 'hush',
        secretExpiresAt: Date.UTC(2030, 0, 1),
        accessToken: 'manage',
        clientUri: `${endpoint}/c-1`,
        notes: ['The client secret expires on 2030-01-01.'],
      },
    })
  })

  it.each<[string, Reply, RegExp]>([
    ['status 200', { status: 200, body: made() }, /status 200 instead of 201/],
    [
      'another authentication',
      { status: 201, body: made({ token_endpoint_auth_method: 'client_secret_post', client_secret: 's' }) },
      /client_secret_post instead of none/,
    ],
    ['fewer scopes', { status: 201, body: made({ scope: 'openid' }) }, /without these scopes: read/],
  ])('takes %s, and says so', async (_what, reply, note) => {
    const { result } = await register(reply)
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.notes.join(' ')).toMatch(note)
  })

  it('does not keep the token to change it where the address is not safe', async () => {
    const { result } = await register({
      status: 201,
      body: made({ registration_access_token: 'manage', registration_client_uri: 'http://as.example/x' }),
    })
    expect(JSON.stringify(result)).not.toContain('manage')
  })

  it.each<[string, Reply, string]>([
    [
      'a refusal',
      { status: 400, body: { error: 'invalid_client_metadata', error_description: 'no' } },
      'registration_refused',
    ],
    ['an unknown error', { status: 400, body: { error: 'policy' } }, 'registration_refused'],
    ['401', { status: 401, body: '' }, 'registration_needs_token'],
    ['503', { status: 503, body: '' }, 'registration_unavailable'],
    ['a web page', { status: 404, body: '<html>' }, 'registration_html'],
    ['nothing', { status: 204, body: '' }, 'registration_status'],
    ['a redirect', { status: 302, body: '' }, 'registration_status'],
    ['no client ID', { status: 201, body: {} }, 'registration_status'],
    ['a client ID that is none', { status: 201, body: made({ client_id: 7 }) }, 'registration_malformed'],
    [
      'a secret that is missing',
      { status: 201, body: made({ token_endpoint_auth_method: 'client_secret_basic' }) },
      'registration_malformed',
    ],
    [
      'an authentication nobody asked for',
      { status: 201, body: made({ token_endpoint_auth_method: 'tls_client_auth' }) },
      'registration_method',
    ],
    [
      'without our redirect',
      { status: 201, body: made({ redirect_uris: ['https://x.example'] }) },
      'registration_redirect',
    ],
    ['nobody there', { network: 'network_refused' }, 'registration_network_refused'],
  ])('%s: %s', async (_what, reply, code) => {
    const { result } = await register(reply)
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(!result.ok && result.error.next?.length).toBeGreaterThan(5)
  })

  it('sends nothing to an unsafe endpoint', async () => {
    const fetch = fakeFetch({})
    const result = await registerClient('http://as.example/register', wishes, { fetch, allowInsecure: false })
    expect(result).toMatchObject({ ok: false, error: { code: 'endpoint_insecure' } })
    expect(fetch.sent).toEqual([])
  })
})
