import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as plainRequest, type IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt, exportJWK, SignJWT } from 'jose'
import * as client from 'openid-client'
import type { ConfigurationInput } from '../../../src/playground/config/schema.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser, signInAtProvider } from '../../support/playground-browser.ts'
import { alice, call, discover, redirectUri, start } from './support.ts'

const running: Playground[] = []
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()))
})
/** Registrations have members that the types of a configuration cannot name one by one. */
const startWith = async (given: Omit<ConfigurationInput, 'clients'> & { clients?: object[] }) => {
  const configuration = given as ConfigurationInput
  const playground = await start({ configuration })
  running.push(playground)
  return playground
}
const documentOf = async ({ issuer }: Playground) =>
  (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>

const requestFor = async (verifier: string) => ({
  client_id: 'gatehouse-desktop',
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: 'openid orders:read',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
})

describe('what the configuration switches', () => {
  it('is off where it is off', async () => {
    const document = await documentOf(
      await startWith({
        features: { par: false, dpop: false, device: false, introspection: false, registration: false },
      }),
    )
    for (const name of [
      'pushed_authorization_request_endpoint',
      'dpop_signing_alg_values_supported',
      'device_authorization_endpoint',
      'introspection_endpoint',
      'registration_endpoint',
      'backchannel_authentication_endpoint',
    ])
      expect(document[name]).toBeUndefined()
  })

  it('asks for pushed requests where they are required', async () => {
    const playground = await startWith({ features: { par: 'required' } })
    expect(await documentOf(playground)).toMatchObject({ require_pushed_authorization_requests: true })
    const parameters = await requestFor(client.randomPKCECodeVerifier())
    const page = await createBrowser().open(
      `${playground.issuer}/auth?${new URLSearchParams(parameters).toString()}`,
    )
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request')
  })

  it('answers signed (JARM), and takes types of authorization details (RAR)', async () => {
    const playground = await startWith({ consent: 'skip', features: { jarm: true, rar: ['payment'] } })
    const config = await discover(playground)
    client.useJwtResponseMode(config)
    const verifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, {
      ...(await requestFor(verifier)),
      response_mode: 'jwt',
      authorization_details: JSON.stringify([{ type: 'payment', amount: '12.00' }]),
    })
    const answer = new URL(await signInAtProvider(url.href, alice))
    expect(decodeJwt(answer.searchParams.get('response') ?? '')).toMatchObject({ iss: playground.issuer })
    const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier })
    expect(tokens.authorization_details).toMatchObject([{ type: 'payment' }])
    const page = await createBrowser().open(
      client.buildAuthorizationUrl(config, {
        ...(await requestFor(verifier)),
        authorization_details: JSON.stringify([{ type: 'unknown' }]),
      }).href,
    )
    expect(page.url).toMatch(/invalid_authorization_details|response=/)
  })

  it('takes signed requests (JAR)', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
    const playground = await startWith({
      consent: 'skip',
      features: { jar: true },
      clients: [
        {
          client_id: 'signs',
          redirect_uris: ['https://app.example/cb'],
          jwks: { keys: [jwk as unknown as Record<string, unknown>] },
          request_object_signing_alg: 'ES256',
        },
      ],
    })
    const verifier = client.randomPKCECodeVerifier()
    const object = await new SignJWT({
      ...(await requestFor(verifier)),
      client_id: 'signs',
      redirect_uri: 'https://app.example/cb',
      state: 'signed-state',
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'oauth-authz-req+jwt' })
      .setIssuer('signs')
      .setAudience(playground.issuer)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('2m')
      .sign(privateKey)
    const answer = await signInAtProvider(
      `${playground.issuer}/auth?client_id=signs&scope=openid&response_type=code&request=${object}`,
      alice,
    )
    expect(new URL(answer).searchParams.get('state')).toBe('signed-state')
  })

  it.each(['approve', 'deny', 'admin'] as const)('answers backchannel requests (CIBA): %s', async (ciba) => {
    const key = 'an-admin-key-of-some-length'
    const playground = await startWith({
      features: { ciba },
      admin: { key },
      clients: [
        {
          client_id: 'till',
          client_secret: 'a-secret-of-some-length',
          grant_types: ['urn:openid:params:grant-type:ciba'],
          backchannel_token_delivery_mode: 'poll',
        },
      ],
    })
    const config = await discover(playground, 'till', 'a-secret-of-some-length')
    const asked = await client.initiateBackchannelAuthentication(config, {
      scope: 'openid orders:read',
      login_hint: 'alice',
    })
    if (ciba === 'admin') {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const waiting = (await (await fetch(`${playground.issuer}/admin/backchannel`, { headers })).json()) as {
        requests: { id: string }[]
      }
      const answer = await fetch(`${playground.issuer}/admin/backchannel/${waiting.requests[0]?.id}`, {
        method: 'POST',
        headers,
        body: '{"approve":true}',
      })
      expect(answer.status).toBe(204)
    }
    const polled = client.pollBackchannelAuthenticationGrant(config, { ...asked, interval: 0.05 })
    if (ciba === 'deny') await expect(polled).rejects.toMatchObject({ error: 'access_denied' })
    else expect((await call(playground, '/orders', (await polled).access_token)).status).toBe(200)
  })

  it('starts with FAPI, metadata documents, signed introspection and nonces for DPoP', async () => {
    const document = await documentOf(
      await startWith({
        features: { fapi: '2.0', clientIdMetadataDocuments: true, jwtIntrospection: true, dpop: 'nonce' },
        clients: [],
      }),
    )
    expect(document).toMatchObject({ client_id_metadata_document_supported: true })
    expect(document.introspection_signing_alg_values_supported).toBeDefined()
  })
})

describe('HTTPS and client certificates', () => {
  let folder: string
  let playground: Playground
  const file = (name: string) => join(folder, name)
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'playground-tls-'))
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
    for (const [name, subject] of [
      ['server', '/CN=127.0.0.1'],
      ['client', '/CN=robot'],
      ['other', '/CN=other'],
    ] as const)
      openssl(
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        subject,
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
      )
    playground = await startWith({
      listen: {
        certificateFile: file('server.pem'),
        keyFile: file('server.key'),
        clientCaFile: file('client.pem'),
      },
      features: { mtls: true },
      clients: [
        {
          client_id: 'robot',
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: 'CN=robot',
          tls_client_certificate_bound_access_tokens: true,
          grant_types: ['client_credentials'],
        },
      ],
    })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const send = (
    url: string,
    certificate: string | undefined,
    body?: string,
    headers: Record<string, string> = {},
  ) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: Record<string, unknown> }>(
      (resolve, reject) => {
        const sent = request(
          url,
          {
            method: body === undefined ? 'GET' : 'POST',
            ca: readFileSync(file('server.pem')),
            headers: {
              ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
              ...headers,
            },
            ...(certificate
              ? {
                  cert: readFileSync(file(`${certificate}.pem`)),
                  key: readFileSync(file(`${certificate}.key`)),
                }
              : {}),
          },
          (answer) => {
            let text = ''
            answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
            answer.on('end', () =>
              resolve({
                status: answer.statusCode ?? 0,
                headers: answer.headers,
                body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
              }),
            )
          },
        )
        sent.on('error', reject)
        sent.end(body)
      },
    )

  it('binds a token to the certificate, and takes it with no other', async () => {
    expect(playground.issuer).toMatch(/^https:/)
    const form = 'grant_type=client_credentials&client_id=robot&scope=orders:read'
    const answer = await send(`${playground.issuer}/token`, 'client', form)
    expect(answer.status).toBe(200)
    expect(answer.headers['strict-transport-security']).toBeTruthy()
    const token = String(answer.body.access_token)
    const bearer = { authorization: `Bearer ${token}` }
    expect((await send(`${playground.apiBase}/orders`, 'client', undefined, bearer)).status).toBe(200)
    for (const wrong of [undefined, 'other'])
      expect(await send(`${playground.apiBase}/orders`, wrong, undefined, bearer)).toMatchObject({
        status: 401,
        body: { code: 'certificate_missing' },
      })
    expect((await send(`${playground.issuer}/token`, 'other', form)).status).toBe(401)
    expect((await send(`${playground.issuer}/token`, undefined, form)).status).toBe(401)
  })
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** `fetch` sets no Host of one's own. */
const get = (port: number, path: string, headers: Record<string, string>) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    plainRequest({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
      .on('error', reject)
      .end()
  })

describe('behind a proxy', () => {
  const configuration = { issuer: 'https://id.example/base', api: 'https://api.example' }
  const forwarded = { host: 'inside:80', 'x-forwarded-host': 'id.example', 'x-forwarded-proto': 'https' }
  const wellKnown = '/base/.well-known/openid-configuration'

  it('is what its issuer says, where the proxy is a named one', async () => {
    const port = await freePort()
    const lines: string[] = []
    const playground = await start({
      issuerPort: port,
      configuration: {
        ...configuration,
        listen: { trustedProxies: ['127.0.0.1'], hosts: ['inside:80'] },
        log: { level: 'info', format: 'json' },
      },
      log: (line) => lines.push(line),
    })
    running.push(playground)
    const answer = await get(port, wellKnown, { ...forwarded, 'x-request-id': 'request-of-the-proxy' })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-request-id']).toBe('request-of-the-proxy')
    expect(JSON.parse(answer.text)).toMatchObject({
      issuer: 'https://id.example/base',
      token_endpoint: 'https://id.example/base/token',
    })
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ level: 'info', request: 'request-of-the-proxy' })
    // Inside by its own name: the pages stay at the issuer, the rest is where one came.
    expect(JSON.parse((await get(port, wellKnown, { host: 'inside:80' })).text)).toMatchObject({
      issuer: 'https://id.example/base',
      authorization_endpoint: 'https://id.example/base/auth',
      token_endpoint: 'http://inside:80/base/token'.replace(':80', ''),
    })
    // Its cookies are for https alone, and for its path.
    const query = new URLSearchParams(await requestFor(client.randomPKCECodeVerifier())).toString()
    const cookies = (await get(port, `/base/auth?${query}`, forwarded)).headers['set-cookie'] ?? []
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) expect(cookie).toMatch(/path=\/base.*secure.*httponly/i)
    const page = await get(port, '/base/', forwarded)
    expect(page.text).toContain('href="/base/assets/playground.css"')
    expect((await get(port, '/elsewhere', forwarded)).status).toBe(404)
  })

  it('believes nobody else', async () => {
    const port = await freePort()
    running.push(
      await start({
        issuerPort: port,
        configuration: { ...configuration, listen: { trustedProxies: ['192.0.2.1'] } },
      }),
    )
    expect((await get(port, wellKnown, forwarded)).status).toBe(421)
    expect((await get(port, wellKnown, { host: 'id.example' })).status).toBe(421)
    expect((await get(port, '/healthz', { host: 'whatever' })).status).toBe(200)
  })
})
