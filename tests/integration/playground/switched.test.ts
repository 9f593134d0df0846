import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import * as tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportJWK, type JWK } from 'jose'
import * as client from 'openid-client'
import type { ConfigurationInput } from '../../../src/playground/config/schema.ts'
import { ConfigurationError } from '../../../src/playground/config/problems.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser, signInAtProvider } from '../../support/playground-browser.ts'
import { alice, call, discover, redirectUri, start } from './support.ts'

const running: Playground[] = []
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()))
})
const startWith = async (given: Omit<ConfigurationInput, 'clients'> & { clients?: object[] }) => {
  const playground = await start({ configuration: { consent: 'skip', ...given } as ConfigurationInput })
  running.push(playground)
  return playground
}

const redirect = 'https://app.example/callback'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let jwk: JWK
let key: CryptoKey
beforeAll(async () => {
  jwk = { ...(await exportJWK(publicKey)), kid: 'key', alg: 'ES256', use: 'sig' }
  const bytes = privateKey.export({ format: 'der', type: 'pkcs8' })
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  key = await crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign'])
})

/** A client that proves itself by a signature. */
const signer = (playground: Playground, id: string) =>
  client.discovery(new URL(playground.issuer), id, undefined, client.PrivateKeyJwt({ key, kid: 'key' }), {
    execute: [client.allowInsecureRequests],
  })

const codeRequest = async (verifier: string, more: Record<string, string> = {}) => ({
  redirect_uri: redirectUri,
  scope: 'openid offline_access orders:read',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  ...more,
})

describe('DPoP with nonces', () => {
  it('asks for a nonce of its own, and gives bound tokens for it', async () => {
    const playground = await startWith({ features: { dpop: 'nonce' } })
    const config = await discover(playground)
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const verifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, await codeRequest(verifier))
    const answer = new URL(await signInAtProvider(url.href, alice))
    const proof = { DPoP: dpop }
    const first = await fetch(`${playground.issuer}/token`, {
      method: 'POST',
      headers: { DPoP: 'not.a.proof' },
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'gatehouse-desktop' }),
    })
    expect(first.status).toBe(400)
    const tokens = await client.authorizationCodeGrant(
      config,
      answer,
      { pkceCodeVerifier: verifier },
      undefined,
      proof,
    )
    expect(tokens.token_type).toBe('dpop')
    const resource = new URL(`${playground.apiBase}/orders`)
    const called = await client.fetchProtectedResource(
      config,
      tokens.access_token,
      resource,
      'GET',
      null,
      undefined,
      proof,
    )
    expect(called.status).toBe(200)
  })
})

describe('the device grant, where it is off', () => {
  it('has no endpoint and no client that may use it', async () => {
    const playground = await startWith({ features: { device: false } })
    const body = new URLSearchParams({ client_id: 'gatehouse-desktop', scope: 'openid' })
    expect((await fetch(`${playground.issuer}/device/auth`, { method: 'POST', body })).status).toBe(404)
    expect(playground.clients.flatMap(({ grant_types: grants }) => grants)).not.toContain(
      'urn:ietf:params:oauth:grant-type:device_code',
    )
  })
})

describe('introspection as JWT', () => {
  it('answers signed, to whom it is for', async () => {
    const secret = 'a-secret-of-some-length'
    const playground = await startWith({
      features: { jwtIntrospection: true },
      clients: [{ client_id: 'api', client_secret: secret, introspection_signed_response_alg: 'ES256' }],
    })
    const config = await client.discovery(
      new URL(playground.issuer),
      'api',
      { introspection_signed_response_alg: 'ES256' },
      client.ClientSecretBasic(secret),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    )
    const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'orders:read' })
    const answer = await fetch(`${playground.issuer}/token/introspection`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`api:${secret}`)}`,
        accept: 'application/token-introspection+jwt',
      },
      body: new URLSearchParams({ token }),
    })
    expect(answer.headers.get('content-type')).toMatch(/^application\/token-introspection\+jwt/)
    await answer.body?.cancel()
    // RFC 9701 section 5: signature, iss and aud are checked by the library.
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: true, client_id: 'api' })
  })
})

describe('the FAPI 2.0 profile', () => {
  const clients = () => [
    { client_id: 'bank', redirect_uris: [redirect], jwks: { keys: [jwk] } },
    { client_id: 'batch', grant_types: ['client_credentials'], jwks: { keys: [jwk] } },
  ]
  let playground: Playground
  beforeAll(async () => {
    playground = await startWith({ features: { fapi: '2.0' }, clients: clients() })
  })

  it('signs in a client that pushes, signs and binds', async () => {
    const config = await signer(playground, 'bank')
    expect(config.serverMetadata()).toMatchObject({
      require_pushed_authorization_requests: true,
      authorization_response_iss_parameter_supported: true,
    })
    expect(config.serverMetadata().token_endpoint_auth_methods_supported).toEqual(['private_key_jwt'])
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const verifier = client.randomPKCECodeVerifier()
    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      await codeRequest(verifier, { redirect_uri: redirect }),
      { DPoP: dpop },
    )
    const answer = new URL(await signInAtProvider(url.href, alice))
    const tokens = await client.authorizationCodeGrant(
      config,
      answer,
      { pkceCodeVerifier: verifier },
      undefined,
      { DPoP: dpop },
    )
    expect(tokens.token_type).toBe('dpop')
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(401)
  })

  it('takes no request that was not pushed, and gives no token that is not bound', async () => {
    const parameters = { client_id: 'bank', response_type: 'code', redirect_uri: redirect }
    const query = new URLSearchParams({
      ...(await codeRequest(client.randomPKCECodeVerifier())),
      ...parameters,
    })
    const page = await createBrowser().open(`${playground.issuer}/auth?${query.toString()}`)
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request')
    const config = await signer(playground, 'batch')
    await expect(client.clientCredentialsGrant(config, { scope: 'orders:read' })).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const tokens = await client.clientCredentialsGrant(config, { scope: 'orders:read' }, { DPoP: dpop })
    expect(tokens.token_type).toBe('dpop')
  })

  it('starts with no client that has a shared secret or none, and says where it is', async () => {
    for (const one of [
      { client_id: 'old', client_secret: 'a-secret-of-some-length' },
      { client_id: 'open', redirect_uris: [redirect], token_endpoint_auth_method: 'none' },
    ]) {
      const refused = await startWith({ features: { fapi: '2.0' }, clients: [...clients(), one] }).catch(
        (error: unknown) => error,
      )
      expect(refused).toBeInstanceOf(ConfigurationError)
      expect((refused as ConfigurationError).problems[0]?.place).toMatch(
        /^\/clients\/2(\/token_endpoint_auth_method)?$/,
      )
    }
  })
})

describe('clients in a private network', () => {
  const certificate = (name: string) => readFileSync(`tests/support/certificates/${name}`, 'utf8')
  let id: string
  let origin: string
  const asked: string[] = []
  const server = createServer(
    { cert: certificate('server.crt'), key: certificate('server.key') },
    (request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('Content-Type', 'application/json')
      const document =
        request.url === '/keys'
          ? { keys: [jwk] }
          : {
              client_id: id,
              client_name: 'A client by its URL',
              application_type: 'native',
              token_endpoint_auth_method: 'none',
              redirect_uris: [redirectUri],
              grant_types: ['authorization_code', 'refresh_token'],
              response_types: ['code'],
              scope: 'openid offline_access orders:read',
            }
      response.end(JSON.stringify(document))
    },
  )
  // Node 24 has both; the types here are of an older one.
  const { getCACertificates, setDefaultCACertificates } = tls as unknown as {
    getCACertificates: (kind: 'default') => string[]
    setDefaultCACertificates: (certificates: string[]) => void
  }
  const before = getCACertificates('default')
  beforeAll(async () => {
    setDefaultCACertificates([...before, certificate('server.crt')])
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    id = `${origin}/client.json`
  })
  afterAll(async () => {
    setDefaultCACertificates(before)
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  it('signs in a client that is named by the URL of its metadata', async () => {
    const playground = await startWith({
      features: { clientIdMetadataDocuments: true, privateOrigins: [origin] },
    })
    const config = await discover(playground, id)
    const verifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, await codeRequest(verifier))
    const answer = new URL(await signInAtProvider(url.href, alice))
    const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier })
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
    expect(asked).toContain('/client.json')
  })

  it('fetches from no private origin that is not named', async () => {
    const playground = await startWith({ features: { clientIdMetadataDocuments: true } })
    asked.splice(0)
    const config = await discover(playground, id)
    const url = client.buildAuthorizationUrl(config, await codeRequest(client.randomPKCECodeVerifier()))
    const page = await createBrowser().open(url.href)
    expect([page.status, asked]).toEqual([400, []])
  })

  it('fetches the keys of a client', async () => {
    const playground = await startWith({
      features: { privateOrigins: [origin] },
      clients: [
        {
          client_id: 'batch',
          token_endpoint_auth_method: 'private_key_jwt',
          jwks_uri: `${origin}/keys`,
          grant_types: ['client_credentials'],
        },
      ],
    })
    const config = await signer(playground, 'batch')
    const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'orders:read' })
    expect((await call(playground, '/orders', token)).status).toBe(200)
    expect(asked).toContain('/keys')
  })
})
