import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  deviceGrantType,
  stockVerdicts,
  type StockMessages,
} from '../../../../../src/core/oauth/client/stock-client.ts'
import type { SignInSecrets } from '../../../../../src/core/oauth/authorization/authorization-request.ts'

const issuer = 'https://id.example'
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  id_token_signing_alg_values_supported: ['ES256'],
}
const secrets: SignInSecrets = {
  state: 'state-1',
  nonce: 'nonce-1',
  codeVerifier: 'v'.repeat(43),
  redirectUri: 'app.gatehouse.desktop:/oauth/callback',
  scopeAsked: 'openid read',
}
const redirect = `${secrets.redirectUri}?code=c-1&state=state-1`

let keys: Awaited<ReturnType<typeof generateKeyPair>>
let jwks: string
beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
  jwks = JSON.stringify({
    keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }],
  })
})

const json = (body: string, status = 200, type = 'application/json') =>
  new Response(body, { status, headers: { 'content-type': type } })
const idToken = (claims: JWTPayload = {}, kid = 'k') => {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: issuer,
    aud: 'c',
    sub: 'alice',
    iat: now,
    exp: now + 60,
    nonce: 'nonce-1',
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(keys.privateKey)
}
const granted = (members: Record<string, unknown>) =>
  json(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 60, ...members }))
const judge = (part: Partial<StockMessages> = {}, change: Record<string, unknown> = {}) =>
  stockVerdicts({
    connection: { metadata: { ...metadata, ...change }, metadataSource: 'discovery', clientId: 'c' },
    signIn: { redirect, secrets },
    keys: json(jwks),
    ...part,
  })
const errors = async (part: Partial<StockMessages>, change: Record<string, unknown> = {}) =>
  (await judge(part, change))?.map(({ error }) => error)

describe('a stock client', () => {
  it('accepts a sound sign-in and a sound refresh, however it is set', async () => {
    const accepted = [
      { settings: 'strict', accepted: true },
      { settings: 'default', accepted: true },
    ]
    expect(await judge({ token: granted({ id_token: await idToken() }) })).toEqual(accepted)
    expect(await judge({ signIn: null, token: granted({}) })).toEqual(accepted)
    expect(
      await judge({
        connection: { metadata, metadataSource: 'by-hand', clientId: 'c' },
        token: granted({ id_token: await idToken() }),
      }),
    ).toEqual(accepted)
  })

  it('tells its error in its own words', async () => {
    const claim = await errors({ token: granted({ id_token: await idToken({ iss: `${issuer}/` }) }) })
    expect(claim?.[1]).toBe(
      'unexpected JWT claim value encountered: unexpected JWT "iss" (issuer) claim value (OAUTH_JWT_CLAIM_COMPARISON_FAILED)',
    )
    const refused = json('{"error":"invalid_grant","error_description":"gone\\u0007 for good"}', 400)
    expect((await errors({ signIn: null, token: refused }))?.[0]).toContain('invalid_grant: gone for good')
    const form = json('access_token=a&token_type=bearer', 200, 'application/x-www-form-urlencoded')
    expect((await errors({ token: form }))?.[0]).toContain('OAUTH_RESPONSE_IS_NOT_JSON')
    const long = json(JSON.stringify({ error: 'x', error_description: 'y'.repeat(5_000) }), 400)
    expect((await errors({ token: long }))?.[0]?.length).toBeLessThan(500)
  })

  it('differs by its settings where only a signature is wrong', async () => {
    const unknown = await judge({ token: granted({ id_token: await idToken({}, 'other') }) })
    expect(unknown?.map(({ accepted }) => accepted)).toEqual([false, true])
  })

  it('looks at the redirect as well: a state of another, and an error of the provider', async () => {
    const other = { redirect: redirect.replace('state-1', 'state-2'), secrets }
    expect((await errors({ signIn: other }))?.[0]).toContain('"state"')
    const denied = { redirect: `${secrets.redirectUri}?error=access_denied&state=state-1`, secrets }
    expect((await errors({ signIn: denied }))?.[1]).toContain('access_denied')
  })

  it('looks at grants without a browser, and at both responses of a device code', async () => {
    const address = { device_authorization_endpoint: `${issuer}/device` }
    const device = (members: Record<string, unknown> = {}) => {
      const sound = {
        device_code: 'd',
        user_code: 'A-B',
        verification_uri: `${issuer}/device`,
        expires_in: 60,
      }
      return json(JSON.stringify({ ...sound, ...members }))
    }
    const byDevice = { signIn: { grantType: deviceGrantType } }
    const bySecret = { signIn: { grantType: 'client_credentials' } }
    expect(await errors({ ...bySecret, token: granted({}) })).toEqual([undefined, undefined])
    expect((await errors({ ...bySecret, token: granted({ token_type: 7 }) }))?.[0]).toContain('"token_type"')
    expect(await errors({ ...byDevice, device: device(), token: granted({}) }, address)).toEqual([
      undefined,
      undefined,
    ])
    expect(await errors({ ...byDevice, device: device() }, address)).toEqual([undefined, undefined])
    expect((await errors({ ...byDevice, device: device({ user_code: 7 }) }, address))?.[1]).toContain(
      '"user_code"',
    )
    const missing = granted({ access_token: undefined })
    expect((await errors({ ...byDevice, device: device(), token: missing }, address))?.[0]).toContain(
      '"access_token"',
    )
    expect(await judge(byDevice, address)).toBeUndefined()
  })

  it('says nothing where a message that it wants was not recorded, or nobody would use it so', async () => {
    expect(await judge()).toBeUndefined()
    const token = granted({ id_token: await idToken() })
    expect(
      await judge({ token, signIn: { redirect, secrets: { ...secrets, responseType: 'id_token' } } }),
    ).toBeUndefined()
  })

  it('can be shown the same messages again', async () => {
    const token = granted({ id_token: await idToken() })
    expect(await judge({ token })).toEqual(await judge({ token }))
    expect(token.bodyUsed).toBe(false)
  })
})
