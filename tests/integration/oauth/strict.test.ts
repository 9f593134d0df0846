import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import type { ConnectionSettings } from '../../../src/core/contract/connection-settings.ts'
import { makeSigningKey, publicHalf } from '../../../src/core/oauth/client/signing-key.ts'
import { startStrictProvider, signInAtStrict, type StrictProvider } from '../../support/strict-provider.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let strict: StrictProvider | undefined
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(async () => {
  await bench.close()
  await strict?.stop()
  strict = undefined
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const client = (change: Partial<ClientMetadata> = {}): ClientMetadata => ({
  client_id: 'strict',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['app.gatehouse.desktop:/oauth/callback', 'http://127.0.0.1/oauth/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  scope: 'openid offline_access read write',
  ...change,
})

const connect = async (change: Partial<ConnectionDraft> = {}): Promise<string> => {
  const issuer = strict?.issuer ?? ''
  const saved = await bench.app.connections.save({
    name: 'Strict',
    provider: { issuer },
    clientId: 'strict',
    clientAuthentication: 'none',
    scope: 'openid offline_access read',
    redirectKind: 'custom-scheme',
    resource: strict?.api,
    allowInsecure: false,
    ...change,
  })
  return value(saved).id
}

const signIn = async (connectionId: string): Promise<string> => {
  value(await bench.app.signIn.start({ connectionId }))
  const { redirect } = await signInAtStrict(bench.opened.at(-1) ?? '')
  return value(await bench.app.signIn.receive(redirect)).accountId
}

const account = async (id: string) => value(await bench.app.accounts.get(id))

/** A key pair whose private half is pasted into the connection, and whose public half the provider knows. */
const keyPair = async (algorithm: 'ES256' | 'RS256' | 'PS256' | 'EdDSA') => {
  const jwk = value(await makeSigningKey({ generate: algorithm }))
  return { imported: JSON.stringify(jwk), algorithm, jwks: { keys: [publicHalf(jwk)] } as never }
}

const secret = 'a-client-secret-of-more-than-thirty-two-characters'

describe('client authentication', () => {
  it.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const)(
    '%s',
    async (method) => {
      strict = await startStrictProvider({
        clients: [client({ client_secret: secret, token_endpoint_auth_method: method })],
      })
      const id = await connect({ clientAuthentication: method, clientSecret: secret })
      const signedIn = await account(await signIn(id))
      expect(signedIn).toMatchObject({ subject: 'alice', hasRefreshToken: true })
      expect(await bench.app.accounts.refresh(signedIn.id)).toMatchObject({ ok: true })
    },
  )

  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)('private_key_jwt with %s', async (algorithm) => {
    const { jwks, ...clientKey } = await keyPair(algorithm)
    strict = await startStrictProvider({
      clients: [
        client({
          jwks,
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: algorithm,
        }),
      ],
    })
    const id = await connect({ clientAuthentication: 'private_key_jwt', clientKey })
    const signedIn = await account(await signIn(id))
    expect(await bench.app.accounts.refresh(signedIn.id)).toMatchObject({ ok: true })
    const [view] = value(bench.app.first.connections())
    expect(view?.clientKey).toMatchObject({ algorithm })
    expect(JSON.parse(view?.clientKey?.jwk ?? '')).not.toHaveProperty('d')
  })

  it('says what is missing instead of sending', async () => {
    strict = await startStrictProvider({ clients: [client()] })
    const { issuer } = strict
    const draft = {
      name: 'Strict',
      provider: { issuer },
      clientId: 'strict',
      scope: 'openid',
      redirectKind: 'custom-scheme' as const,
      allowInsecure: false,
    }
    const codeFor = async (clientAuthentication: ConnectionDraft['clientAuthentication']) => {
      const saved = await bench.app.connections.save({ ...draft, clientAuthentication })
      return saved.ok ? 'saved' : saved.error.code
    }
    expect(await codeFor('client_secret_jwt')).toBe('connection_needs_secret')
    expect(await codeFor('private_key_jwt')).toBe('connection_no_key')
    expect(await codeFor('self_signed_tls_client_auth')).toBe('connection_no_certificate')
  })
})

describe('requests', () => {
  const start = async (settings: ConnectionSettings, draft: Partial<ConnectionDraft> = {}) => {
    const id = await connect({ settings, ...draft })
    value(await bench.app.signIn.start({ connectionId: id }))
    const opened = bench.opened.at(-1) ?? ''
    return { id, opened, asked: new URL(opened).searchParams }
  }
  const finish = async (opened: string) => {
    const { redirect } = await signInAtStrict(opened)
    return account(value(await bench.app.signIn.receive(redirect)).accountId)
  }

  it('pushes because the provider demands it (RFC 9126)', async () => {
    strict = await startStrictProvider({ clients: [client()], demand: { pushed: true } })
    const { opened, asked } = await start({})
    expect([...asked.keys()].sort()).toEqual(['client_id', 'request_uri'])
    expect(await finish(opened)).toMatchObject({ subject: 'alice' })
  })

  it('signs the request because the provider demands it (RFC 9101)', async () => {
    const { jwks, ...clientKey } = await keyPair('ES256')
    strict = await startStrictProvider({
      clients: [client({ jwks, request_object_signing_alg: 'ES256' })],
      demand: { signedRequests: true },
    })
    const { opened, asked } = await start({ signedRequest: true }, { clientKey })
    expect(decodeJwt(asked.get('request') ?? '')).toMatchObject({
      iss: 'strict',
      aud: strict.issuer,
      code_challenge_method: 'S256',
      resource: strict.api,
    })
    expect(asked.has('code_challenge')).toBe(false)
    expect(await finish(opened)).toMatchObject({ subject: 'alice' })
  })

  it('asks for authorization details, and takes what the provider says of wrong ones (RFC 9396)', async () => {
    strict = await startStrictProvider({
      clients: [client({ authorization_details_types: ['payment'] })],
    })
    const details = JSON.stringify([{ type: 'payment', amount: '12.30' }])
    const { opened } = await start({ authorizationDetails: details })
    const signedIn = await finish(opened)
    expect(JSON.stringify(signedIn.access)).toContain('12.30')
    const wrong = await start({ authorizationDetails: '[{"type":"payment"}]' })
    const { redirect } = await signInAtStrict(wrong.opened)
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({
      ok: false,
      error: { providerError: 'invalid_authorization_details' },
    })
  })

  it('refuses settings that make no sense before anything is sent', async () => {
    strict = await startStrictProvider({ clients: [client()] })
    const codeOf = async (settings: ConnectionSettings, draft: Partial<ConnectionDraft> = {}) => {
      try {
        await connect({ settings, ...draft })
        return 'saved'
      } catch (error) {
        return (JSON.parse((error as Error).message) as { code: string }).code
      }
    }
    expect(await codeOf({ authorizationDetails: '{}' })).toBe('connection_authorization_details')
    expect(await codeOf({ authorizationDetails: '[{"amount":1}]' })).toBe('connection_authorization_details')
    expect(await codeOf({ claims: '[]' })).toBe('connection_claims')
    expect(await codeOf({ prompt: 'none login' })).toBe('connection_prompt')
    expect(await codeOf({ extra: [{ name: 'state', value: 'mine' }] })).toBe('sign_in_parameter_reserved')
    expect(await codeOf({ responseMode: 'form_post' })).toBe('connection_form_post_needs_loopback')
    expect(await codeOf({ responseMode: 'fragment' }, { redirectKind: 'loopback' })).toBe(
      'connection_fragment_on_loopback',
    )
    expect(await codeOf({ signedRequest: true })).toBe('connection_no_key')
  })

  it('sends resources, hints, claims and extra parameters; checks max_age and acr', async () => {
    strict = await startStrictProvider({ clients: [client()] })
    const { opened, asked } = await start({
      resources: [`${strict.api}/more`],
      loginHint: 'alice',
      uiLocales: 'nl en',
      maxAgeSeconds: 600,
      acrValues: 'urn:test:strong',
      claims: '{"id_token":{"auth_time":{"essential":true}}}',
      extra: [{ name: 'tenant', value: 'blue & green' }],
    })
    expect(asked.getAll('resource')).toEqual([strict.api, `${strict.api}/more`])
    expect(Object.fromEntries(asked)).toMatchObject({
      login_hint: 'alice',
      ui_locales: 'nl en',
      max_age: '600',
      tenant: 'blue & green',
    })
    const signedIn = await finish(opened)
    expect(signedIn.lineage[0]?.changes.join(' ')).toContain('Requested urn:test:strong')
    const claims = signedIn.id_token?.format === 'jwt' ? signedIn.id_token.claims.map(({ name }) => name) : []
    expect(claims).toContain('auth_time')
  })
})

describe('responses', () => {
  it('takes the fragment where the whole address arrives', async () => {
    strict = await startStrictProvider({ clients: [client()] })
    const id = await connect({ settings: { responseMode: 'fragment' } })
    value(await bench.app.signIn.start({ connectionId: id }))
    const { redirect } = await signInAtStrict(bench.opened.at(-1) ?? '')
    expect(redirect).toContain('#')
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  })

  it.each(['form_post', 'form_post.jwt'] as const)('takes %s on loopback', async (responseMode) => {
    strict = await startStrictProvider({ clients: [client({ authorization_signed_response_alg: 'ES256' })] })
    const id = await connect({ settings: { responseMode }, redirectKind: 'loopback' })
    value(await bench.app.signIn.start({ connectionId: id }))
    const { redirect, form } = await signInAtStrict(bench.opened.at(-1) ?? '')
    const posted = await fetch(redirect, { method: 'POST', body: new URLSearchParams(form) })
    expect(posted.status).toBe(200)
    await expect.poll(() => bench.ended.at(-1)).toMatchObject({ accountId: expect.any(String) })
  })

  it('takes a signed response (JARM), and not one whose signature was touched', async () => {
    strict = await startStrictProvider({ clients: [client({ authorization_signed_response_alg: 'ES256' })] })
    const id = await connect({ settings: { responseMode: 'query.jwt' } })
    value(await bench.app.signIn.start({ connectionId: id }))
    const { redirect } = await signInAtStrict(bench.opened.at(-1) ?? '')
    const jwt = new URL(redirect).searchParams.get('response') ?? ''
    const [header, payload = '', signature] = jwt.split('.')
    const other = Buffer.from(
      Buffer.from(payload, 'base64url')
        .toString()
        .replace(/"code":"(.)/, (_, first) => `"code":"${first === 'X' ? 'Y' : 'X'}`),
    ).toString('base64url')
    const forged = redirect.replace(jwt, [header, other, signature].join('.'))
    const refused = async (url: string, code: string) => {
      expect(await bench.app.signIn.receive(url)).toMatchObject({ ok: false, error: { code } })
      expect(value(bench.app.signIn.list())).toHaveLength(1)
    }
    await refused(forged, 'callback_signature')
    const { state, code, iss } = decodeJwt(jwt) as Record<string, string>
    const plain = new URLSearchParams({ state: state ?? '', code: code ?? '', iss: iss ?? '' })
    await refused(`app.gatehouse.desktop:/oauth/callback?${plain}`, 'callback_not_signed')
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  })
})

describe('DPoP (RFC 9449)', () => {
  const dpopClient = () => client({ dpop_bound_access_tokens: true })
  const send = async (accountId: string, url: string) =>
    value(
      await bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId },
      }),
    )

  it('binds tokens, answers with the nonces of both servers, refreshes bound, and calls bound', async () => {
    strict = await startStrictProvider({ clients: [dpopClient()], demand: { nonces: true } })
    // Userinfo is the protected resource: it takes tokens without an API of their own.
    const { issuer } = strict
    const id = await connect({
      settings: { dpop: true },
      resource: undefined,
      scope: 'openid offline_access',
    })
    const accountId = await signIn(id)
    const before = value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text
    const asked = strict.tokenRequests.filter(({ headers }) => typeof headers['dpop'] === 'string')
    expect(asked.length).toBeGreaterThanOrEqual(1)
    const { thumbprint } = { thumbprint: value(bench.app.first.connections())[0]?.dpopKey?.kid }
    expect(new URL(bench.opened.at(-1) ?? '').searchParams.get('dpop_jkt')).toBe(thumbprint)

    const called = await send(accountId, `${issuer}/me`)
    expect(called.status).toBe(200)
    expect(called.sent.headers).toContainEqual(['Authorization', 'DPoP •••'])
    expect(called.sent.headers).toContainEqual(['DPoP', '•••'])

    expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
    expect(value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text).not.toBe(before)
    expect((await send(accountId, `${issuer}/me`)).status).toBe(200)
  })

  it('says whether a token is bound to the key of its connection', async () => {
    strict = await startStrictProvider({ clients: [dpopClient()] })
    const id = await connect({ settings: { dpop: true } })
    const accountId = await signIn(id)
    const bound = async () =>
      (await account(accountId)).access?.checks.find((check) => check.id === 'binding')
    expect(await bound()).toMatchObject({ state: 'valid' })
    await connect({ id, settings: {} })
    expect(await bound()).toMatchObject({ state: 'invalid', code: 'binding_wrong' })
  })

  it('survives a restart: the key is kept with the connection', async () => {
    strict = await startStrictProvider({ clients: [dpopClient()], demand: { nonces: true } })
    const id = await connect({
      settings: { dpop: true },
      resource: undefined,
      scope: 'openid offline_access',
    })
    const accountId = await signIn(id)
    await bench.restart()
    expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
    expect((await send(accountId, `${strict.issuer}/me`)).status).toBe(200)
  })
})

it('does everything at once: PAR, signed request and answer, private_key_jwt, DPoP with nonces', async () => {
  const { jwks, ...clientKey } = await keyPair('ES256')
  strict = await startStrictProvider({
    clients: [
      client({
        jwks,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        request_object_signing_alg: 'ES256',
        authorization_signed_response_alg: 'ES256',
        dpop_bound_access_tokens: true,
        require_pushed_authorization_requests: true,
      }),
    ],
    demand: { pushed: true, signedRequests: true, nonces: true },
  })
  const id = await connect({
    clientAuthentication: 'private_key_jwt',
    clientKey,
    settings: { signedRequest: true, responseMode: 'query.jwt', dpop: true },
  })
  const accountId = await signIn(id)
  expect((await account(accountId)).lineage[0]?.changes).toContain('bound to a key of this connection (DPoP)')
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
})
