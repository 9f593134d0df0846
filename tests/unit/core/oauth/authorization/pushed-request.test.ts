import { createLocalJWKSet, decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../../../src/core/contract/connection-settings.ts'
import { isPushed, requestAuthorization } from '../../../../../src/core/oauth/authorization/pushed-request.ts'
import type { ClientKeys } from '../../../../../src/core/oauth/client/client-keys.ts'
import { makeSigningKey, publicHalf } from '../../../../../src/core/oauth/client/signing-key.ts'
import { connection, fakeFetch, issuer } from '../fake.ts'

const par = `${issuer}/par`
const redirectUri = 'app.gatehouse.desktop:/oauth/callback'
const taken = { status: 201, body: { request_uri: 'urn:example:1', expires_in: 60 } }

interface Given {
  settings?: ConnectionSettings
  metadata?: Record<string, unknown>
  keys?: ClientKeys
  reply?: Parameters<typeof fakeFetch>[0][string]
  clientSecret?: string
  scope?: string
  resource?: string
}
const ask = async ({
  settings = {},
  metadata = {},
  keys,
  reply = taken,
  clientSecret,
  scope,
  resource,
}: Given) => {
  const fetch = fakeFetch({ [par]: reply })
  const to = connection({
    metadata: { ...connection().metadata, ...metadata },
    settings,
    ...(clientSecret === undefined ? {} : { clientAuthentication: 'client_secret_basic' as const }),
    ...(scope === undefined ? {} : { scope }),
    ...(resource === undefined ? {} : { resource }),
  })
  const result = await requestAuthorization(
    {
      connection: to,
      fetch,
      now: () => 0,
      ...(keys === undefined ? {} : { keys }),
      ...(clientSecret === undefined ? {} : { clientSecret }),
    },
    { redirectUri, randomBytes: (length) => new Uint8Array(length).fill(7) },
  )
  return { result, sent: fetch.sent }
}
const queryOf = ({ result }: Awaited<ReturnType<typeof ask>>) => {
  if (!result.ok) throw new Error(result.error.code)
  return new URL(result.value.url).searchParams
}
const codeOf = ({ result }: Awaited<ReturnType<typeof ask>>) => (result.ok ? 'ok' : result.error.code)

const offersPar = { pushed_authorization_request_endpoint: par }

describe('isPushed', () => {
  const pushed = (settings: ConnectionSettings | undefined, metadata: Record<string, unknown> = {}) =>
    isPushed({
      connection: connection({
        metadata: { issuer, ...metadata },
        ...(settings === undefined ? {} : { settings }),
      }),
    })

  it('is wanted, or demanded by the provider (RFC 9126 section 5)', () => {
    expect(pushed(undefined)).toBe(false)
    expect(pushed({ pushed: false }, offersPar)).toBe(false)
    expect(pushed({ pushed: true })).toBe(true)
    expect(pushed(undefined, { require_pushed_authorization_requests: true })).toBe(true)
    expect(pushed({ pushed: false }, { require_pushed_authorization_requests: 'true' })).toBe(false)
  })
})

describe('a request in the address', () => {
  it('asks nobody before, and binds to no key', async () => {
    const asked = await ask({ metadata: offersPar })
    expect(asked.sent).toEqual([])
    expect(queryOf(asked).get('redirect_uri')).toBe(redirectUri)
    expect(queryOf(asked).has('request_uri')).toBe(false)
    expect(queryOf(asked).has('dpop_jkt')).toBe(false)
  })

  it('names the key that tokens are to be bound to (RFC 9449 section 10)', async () => {
    const dpop = { thumbprint: 'the-thumbprint', proof: () => Promise.resolve(''), remember: () => undefined }
    expect(queryOf(await ask({ keys: { dpop } })).get('dpop_jkt')).toBe('the-thumbprint')
  })

  it('carries what the user wants besides, in place of what has the same name', async () => {
    const further = [
      {
        to: 'authorization' as const,
        where: 'parameter' as const,
        name: 'tenant',
        value: 'a b',
        secret: false,
      },
      {
        to: 'authorization' as const,
        where: 'parameter' as const,
        name: 'prompt',
        value: 'login',
        secret: false,
      },
      { to: 'token' as const, where: 'parameter' as const, name: 'other', value: 'x', secret: false },
    ]
    const query = queryOf(await ask({ keys: { further } }))
    expect([query.get('tenant'), query.getAll('prompt'), query.has('other')]).toEqual([
      'a b',
      ['login'],
      false,
    ])
  })

  it('says what is wrong with the connection', async () => {
    expect(codeOf(await ask({ metadata: { authorization_endpoint: undefined } }))).toBe(
      'sign_in_no_authorization_endpoint',
    )
  })
})

describe('a pushed request (RFC 9126)', () => {
  it('sends all to the provider, and the browser with no more than its name', async () => {
    const asked = await ask({
      settings: { pushed: true },
      metadata: { ...offersPar, authorization_endpoint: `${issuer}/authorize?tenant=a` },
      clientSecret: 'secret',
      resource: 'https://api.example/',
    })
    expect([...queryOf(asked)]).toEqual([
      ['tenant', 'a'],
      ['client_id', 'client-1'],
      ['request_uri', 'urn:example:1'],
    ])
    const [{ url, options, form } = {}] = asked.sent
    expect([asked.sent.length, url, options?.method]).toEqual([1, par, 'POST'])
    expect(options?.headers?.['authorization']).toBe(`Basic ${btoa('client-1:secret')}`)
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      client_id: 'client-1',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      resource: 'https://api.example/',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(form?.has('tenant')).toBe(false)
    if (asked.result.ok) expect(form?.get('state')).toBe(asked.result.value.secrets.state)
  })

  it('carries what the user wants in it, and not what the browser would carry', async () => {
    const further = (['authorization', 'pushed'] as const).map((to) => ({
      to,
      where: 'parameter' as const,
      name: 'to',
      value: to,
      secret: false,
    }))
    const asked = await ask({ settings: { pushed: true }, metadata: offersPar, keys: { further } })
    expect(asked.sent[0]?.form.getAll('to')).toEqual(['pushed'])
    expect([...queryOf(asked).keys()]).toEqual(['client_id', 'request_uri'])
  })

  it('may be answered with 200 in place of 201', async () => {
    const reply = { status: 200, body: taken.body }
    const asked = await ask({ settings: { pushed: true }, metadata: offersPar, reply })
    expect(queryOf(asked).get('request_uri')).toBe('urn:example:1')
  })

  it('is sent where the provider demands it', async () => {
    const metadata = { ...offersPar, require_pushed_authorization_requests: true }
    expect((await ask({ metadata })).sent).toHaveLength(1)
  })

  it.each<[string, Given, string]>([
    ['without an endpoint', { metadata: {} }, 'sign_in_no_par_endpoint'],
    [
      'to an unsafe endpoint',
      { metadata: { pushed_authorization_request_endpoint: 'http://as.example/par' } },
      'endpoint_insecure',
    ],
    ['that is refused', { reply: { status: 400, body: { error: 'invalid_scope' } } }, 'token_invalid_scope'],
    ['without a request_uri', { reply: { status: 201, body: { expires_in: 60 } } }, 'token_answer_malformed'],
    ['that never arrives', { reply: { network: 'network_refused' } }, 'token_network_refused'],
  ])('fails: %s', async (_name, given, code) => {
    expect(codeOf(await ask({ metadata: offersPar, settings: { pushed: true }, ...given }))).toBe(code)
  })

  it('calls the endpoint by its name', async () => {
    const { result } = await ask({
      settings: { pushed: true },
      metadata: { pushed_authorization_request_endpoint: 'par' },
    })
    expect(result).toMatchObject({ error: { message: 'The PAR endpoint is not a URL.' } })
  })
})

describe('a signed request (RFC 9101)', () => {
  let signing: JWK
  beforeAll(async () => {
    const made = await makeSigningKey({ generate: 'ES256' })
    if (!made.ok) throw new Error(made.error.code)
    signing = made.value
  })
  const outside = ['client_id', 'request', 'response_type', 'scope']

  it('carries all parameters under the client’s signature', async () => {
    const asked = await ask({ settings: { signedRequest: true }, keys: { signing } })
    const query = queryOf(asked)
    expect([...query.keys()].sort()).toEqual(outside)
    const jwt = query.get('request') ?? ''
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'ES256', kid: signing.kid })
    const { payload } = await jwtVerify(jwt, createLocalJWKSet({ keys: [publicHalf(signing)] }))
    expect(payload).toMatchObject({
      iss: 'client-1',
      aud: issuer,
      client_id: 'client-1',
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      response_type: 'code',
      state: asked.result.ok && asked.result.value.secrets.state,
    })
  })

  it('names an Ed25519 signature as providers know it', async () => {
    const made = await makeSigningKey({ generate: 'EdDSA' })
    if (!made.ok) throw new Error(made.error.code)
    const query = queryOf(await ask({ settings: { signedRequest: true }, keys: { signing: made.value } }))
    const jwt = query.get('request') ?? ''
    expect(decodeProtectedHeader(jwt).alg).toBe('EdDSA')
    await expect(jwtVerify(jwt, await importJWK(publicHalf(made.value), 'EdDSA'))).resolves.toBeDefined()
  })

  it('may have a key without a name', async () => {
    const { kid: _kid, ...unnamed } = signing
    const query = queryOf(await ask({ settings: { signedRequest: true }, keys: { signing: unnamed } }))
    expect(decodeProtectedHeader(query.get('request') ?? '')).toEqual({
      alg: 'ES256',
      typ: 'oauth-authz-req+jwt',
    })
  })

  it('is made where the provider demands it, and not otherwise', async () => {
    const demanded = { require_signed_request_object: true }
    expect([...queryOf(await ask({ metadata: demanded, keys: { signing } })).keys()].sort()).toEqual(outside)
    expect(queryOf(await ask({ keys: { signing } })).has('request')).toBe(false)
    const odd = { require_signed_request_object: 'true' }
    expect(queryOf(await ask({ metadata: odd, keys: { signing } })).has('request')).toBe(false)
  })

  it('needs a key', async () => {
    expect(codeOf(await ask({ settings: { signedRequest: true } }))).toBe('connection_no_key')
    expect(codeOf(await ask({ settings: { signedRequest: true }, keys: {} }))).toBe('connection_no_key')
  })

  it('can be pushed', async () => {
    const settings = { signedRequest: true, pushed: true }
    const asked = await ask({ settings, metadata: offersPar, keys: { signing } })
    expect([...(asked.sent[0]?.form.keys() ?? [])].sort()).toEqual(outside)
    expect([...queryOf(asked).keys()]).toEqual(['client_id', 'request_uri'])
  })
})
