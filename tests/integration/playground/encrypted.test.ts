import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compactDecrypt, decodeJwt, decodeProtectedHeader, exportJWK } from 'jose'
import * as client from 'openid-client'
import type { ConfigurationInput } from '../../../src/playground/config/schema.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser } from '../../support/playground-browser.ts'
import { call, discover, start } from './support.ts'

const secret = 'a-secret-of-some-length'
const redirect = 'https://app.example/callback'
const stock = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const reader = generateKeyPairSync('rsa', { modulusLength: 2048 })

let playground: Playground
beforeAll(async () => {
  const stockKey = { ...(await exportJWK(stock.publicKey)), kid: 'stock', alg: 'ECDH-ES' }
  const readerKey = { ...(await exportJWK(reader.publicKey)), kid: 'reader', use: 'enc', alg: 'RSA-OAEP-256' }
  const configuration = {
    consent: 'skip',
    admin: { key: 'an-admin-key-of-some-length' },
    tokens: { accessTokenFormat: 'encrypted' },
    features: { encryption: true },
    scopes: { stock: {} },
    resources: [
      {
        path: '/stock',
        encryptionKey: stockKey,
        operations: [{ method: 'GET', path: '', scopes: ['stock'] }],
      },
    ],
    users: [{ username: 'ada', password: 'lovelace' }],
    clients: [
      { client_id: 'machine', client_secret: secret },
      {
        client_id: 'reader',
        client_secret: secret,
        redirect_uris: [redirect],
        jwks: { keys: [readerKey] },
        id_token_encrypted_response_alg: 'RSA-OAEP-256',
        id_token_encrypted_response_enc: 'A256GCM',
      },
    ],
  }
  playground = await start({ configuration: configuration as unknown as ConfigurationInput })
})
afterAll(() => playground.stop())

describe('an encrypted access token', () => {
  it('is read by the API here, and known to introspection and revocation', async () => {
    const config = await discover(playground, 'machine', secret)
    const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'orders:read' })
    expect(token.split('.')).toHaveLength(5)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'dir', enc: 'A256GCM', cty: 'at+jwt' })
    expect((await call(playground, '/orders', token)).status).toBe(200)
    expect((await call(playground, '/orders', `${token.slice(0, -3)}AAA`)).status).toBe(401)
    expect(await client.tokenIntrospection(config, token)).toMatchObject({
      active: true,
      client_id: 'machine',
    })
    await client.tokenRevocation(config, token)
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: false })
  })

  it('is for an API that gave its key that API’s alone', async () => {
    const config = await discover(playground, 'machine', secret)
    const { access_token: token } = await client.clientCredentialsGrant(config, {
      scope: 'stock',
      resource: `${playground.apiBase}/stock`,
    })
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ECDH-ES', kid: 'stock' })
    const { plaintext } = await compactDecrypt(token, stock.privateKey)
    expect(decodeJwt(new TextDecoder().decode(plaintext))).toMatchObject({
      iss: playground.issuer,
      aud: `${playground.apiBase}/stock`,
    })
    const refused = await call(playground, '/stock', token)
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { detail: expect.stringContaining('not for this API') as string },
    ])
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: true, scope: 'stock' })
    await client.tokenRevocation(config, token)
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: false })
  })

  it('goes wrong within where it shall', async () => {
    const headers = {
      authorization: 'Bearer an-admin-key-of-some-length',
      'content-type': 'application/json',
    }
    const config = await discover(playground, 'machine', secret)
    for (const [fault, detail] of [
      ['expired-tokens', 'expired'],
      ['wrong-audience', 'audience'],
      ['access-bad-signature', 'signature'],
    ] as const) {
      await fetch(`${playground.issuer}/admin/faults`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ fault, client: 'machine', next: 1 }),
      })
      const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'orders:read' })
      expect(token.split('.')).toHaveLength(5)
      const answer = await call(playground, '/orders', token)
      expect([answer.status, await answer.json()]).toMatchObject([
        401,
        { detail: expect.stringContaining(detail) as string },
      ])
    }
  })
})

describe('an encrypted ID token', () => {
  const signIn = async (issuer: string) => {
    const config = await client.discovery(
      new URL(issuer),
      'reader',
      { id_token_encrypted_response_alg: 'RSA-OAEP-256' },
      client.ClientSecretBasic(secret),
      { execute: [client.allowInsecureRequests] },
    )
    client.enableDecryptingResponses(config, ['A256GCM'], {
      key: await crypto.subtle.importKey(
        'pkcs8',
        reader.privateKey.export({ format: 'der', type: 'pkcs8' }),
        { name: 'RSA-OAEP', hash: 'SHA-256' },
        false,
        ['decrypt'],
      ),
      alg: 'RSA-OAEP-256',
      kid: 'reader',
    })
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const browser = createBrowser()
    const who = { username: 'ada', password: 'lovelace' }
    const page = await browser.submit(await browser.open(url.href), '/login', who)
    return {
      config,
      tokens: await client.authorizationCodeGrant(config, new URL(page.url), { pkceCodeVerifier }),
    }
  }

  it('comes to a client that asks for it, and its access token is let in at userinfo', async () => {
    const { config, tokens } = await signIn(playground.issuer)
    expect(tokens.id_token?.split('.')).toHaveLength(5)
    const sub = tokens.claims()?.sub ?? ''
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({
      preferred_username: 'ada',
    })
  })

  it('is left alone by faults of the ID token', async () => {
    const { tokens } = await signIn(`${playground.issuer}/f/id-expired`)
    expect(tokens.claims()?.sub).toBeTruthy()
  })
})
