import { describe, expect, it } from 'vitest'
import { isSameConnection } from '../../../../../../src/core/app/collections/sign-in/same-connection.ts'
import {
  readSharedDraft,
  type SharedDraft,
} from '../../../../../../src/core/app/collections/sign-in/shared-draft.ts'
import { shareConnection } from '../../../../../../src/core/app/collections/sign-in/write-shared.ts'
import type { SignInField, SignInTexts } from '../../../../../../src/core/collections/sign-in/sign-in-file.ts'
import type { VariableValue } from '../../../../../../src/core/http/variables.ts'
import type { Connection } from '../../../../../../src/core/records/model.ts'

const texts: SignInTexts = {
  name: 'Shop login',
  issuer: 'https://id.example',
  authorizationEndpoint: 'https://id.example/auth',
  tokenEndpoint: 'https://id.example/token',
  redirectUri: 'http://127.0.0.1/oauth/callback',
  clientId: 'shop-desktop',
  scope: 'openid  orders:read',
  redirectKind: 'loopback',
}
const without = (...fields: SignInField[]): SignInTexts =>
  Object.fromEntries(Object.entries(texts).filter(([field]) => !fields.some((each) => each === field)))
const known = new Map<string, VariableValue>([
  ['host', { value: 'https://id.example', secret: false }],
  ['hidden', { value: 'very-secret', secret: true }],
])
const read = (part: SignInTexts, clientSecret?: string) =>
  readSharedDraft({ texts: part, ...(clientSecret !== undefined && { clientSecret }) }, known)
function good(part: SignInTexts, clientSecret?: string): SharedDraft {
  const found = read(part, clientSecret)
  if (typeof found === 'string') throw new Error(found)
  return found
}
const connection = (part: Partial<Connection> = {}): Connection => ({
  id: 'c',
  userId: 'u',
  environmentId: 'e',
  name: 'Shop login',
  metadata: {
    issuer: 'https://id.example',
    authorization_endpoint: 'https://id.example/auth',
    token_endpoint: 'https://id.example/token',
    jwks_uri: 'https://id.example/keys',
  },
  metadataSource: 'discovery',
  clientId: 'shop-desktop',
  clientAuthentication: 'none',
  scope: 'orders:read openid',
  redirectKind: 'loopback',
  allowInsecure: false,
  isPlayground: false,
  createdAt: 0,
  updatedAt: 0,
  ...part,
})

describe('what a file says of a sign-in', () => {
  it('is a connection without a secret', () => {
    expect(good(texts)).toMatchObject({
      draft: {
        name: 'Shop login',
        provider: { issuer: 'https://id.example' },
        clientId: 'shop-desktop',
        clientAuthentication: 'none',
        scope: 'openid orders:read',
        redirectKind: 'loopback',
        allowInsecure: false,
      },
      warnings: [],
    })
    const { issuer: _none, ...older } = texts
    expect(good(older).draft.provider).toMatchObject({
      issuer: 'https://id.example',
      tokenEndpoint: 'https://id.example/token',
    })
    expect(good({ ...texts, issuer: '{{host}}' }).draft.provider).toEqual({ issuer: 'https://id.example' })
    expect(good(texts, '{{hidden}}')).toMatchObject({
      clientSecret: 'very-secret',
      draft: { clientAuthentication: 'client_secret_basic' },
    })
    expect(good({ ...texts, placement: 'body' }, '{{unknown}}')).not.toHaveProperty('clientSecret')
  })

  it.each<[string, SignInTexts]>([
    ['plain http', { ...texts, tokenEndpoint: 'http://id.example/token' }],
    ['addresses on this computer', { ...texts, tokenEndpoint: 'http://127.0.0.1:9/token' }],
    ['addresses on this computer', { ...texts, issuer: 'http://localhost:9' }],
    ['names no client', without('clientId')],
    ['neither an issuer nor all', { clientId: 'a', authorizationEndpoint: 'https://id.example/auth' }],
    ['{{nowhere}} is not known', { ...texts, scope: '{{nowhere}}' }],
    ['holds a secret', { ...texts, scope: '{{hidden}}' }],
    ['grant “password”, which a file cannot', { ...texts, grant: 'password' }],
    ['assertionAudience', { ...texts, assertionAudience: 'anyone' }],
    ['nor all endpoints', { clientId: 'a', grant: 'device_code', tokenEndpoint: 'https://id.example/token' }],
    ['does not know the client authentication', { ...texts, clientAuthentication: 'magic' }],
    ['does not know the redirect', { ...texts, redirectKind: 'pigeon' }],
    ['username or password', { ...texts, issuer: 'https://a:b@id.example' }],
    ['only https is opened', { ...texts, issuer: 'file:///etc/passwd' }],
    ['scope', { ...texts, scope: 'a"b' }],
  ])('is refused: %s', (why, part) => {
    expect(read(part)).toContain(why)
  })

  it('may get a token without a browser, and ask each person for a key or a certificate', () => {
    const service: SignInTexts = {
      issuer: 'https://id.example',
      clientId: 'service',
      grant: 'client_credentials',
      clientAuthentication: 'private_key_jwt',
      assertionAudience: 'token_endpoint',
      redirectUri: 'https://app.example/cb',
    }
    expect(good(service)).toMatchObject({
      draft: {
        clientAuthentication: 'private_key_jwt',
        redirectKind: 'loopback',
        settings: { grant: 'client_credentials', assertionAudience: 'token_endpoint' },
      },
      warnings: [],
    })
    const { issuer: _none, ...byHand } = service
    expect(
      good({ ...byHand, tokenEndpoint: 'https://id.example/token', clientAuthentication: 'tls_client_auth' })
        .draft,
    ).toMatchObject({
      name: 'id.example',
      provider: { issuer: 'https://id.example', tokenEndpoint: 'https://id.example/token' },
      clientAuthentication: 'tls_client_auth',
    })
    expect(
      good({
        clientId: 'device',
        grant: 'device_code',
        tokenEndpoint: 'https://id.example/token',
        deviceAuthorizationEndpoint: 'https://id.example/device',
      }).draft,
    ).toMatchObject({
      provider: { deviceAuthorizationEndpoint: 'https://id.example/device' },
      settings: { grant: 'device_code' },
    })
  })

  it('uses a window where the client is registered for another program', () => {
    const { draft, warnings } = good({
      ...without('redirectKind'),
      redirectUri: 'https://app.example/cb',
    })
    expect(draft).toMatchObject({
      redirectKind: 'window',
      settings: { windowRedirectUri: 'https://app.example/cb' },
    })
    expect(warnings[0]).toContain('https://app.example/cb')
    expect(good({ ...texts, redirectUri: 'http://localhost:8912/oauth/callback' }).draft).toMatchObject({
      redirectKind: 'loopback',
      settings: { loopbackHost: 'localhost', loopbackPort: 8912 },
    })
    const { redirectUri: _uri, redirectKind: _kind, ...open } = texts
    expect(good(open).draft.redirectKind).toBe('loopback')
  })
})

describe('the same connection', () => {
  const shared = good(texts)
  const same = (part: Partial<Connection>, namesIssuer = true) =>
    isSameConnection(connection(part), shared, namesIssuer)
  it('is one that sends nothing elsewhere', () => {
    expect(same({})).toBe(true)
    expect(same({ name: 'Mine', settings: { loopbackHost: '127.0.0.1', typed: [] } })).toBe(true)
  })
  it.each<[string, Partial<Connection>]>([
    ['issuer', { metadata: { ...connection().metadata, issuer: 'https://other.example' } }],
    ['token endpoint', { metadata: { ...connection().metadata, token_endpoint: 'https://other.example/t' } }],
    [
      'authorization endpoint',
      { metadata: { ...connection().metadata, authorization_endpoint: 'https://o.example' } },
    ],
    ['client', { clientId: 'other' }],
    ['client authentication', { clientAuthentication: 'client_secret_post' }],
    ['scope', { scope: 'openid' }],
    ['resource', { resource: 'https://api.example' }],
    ['redirect', { redirectKind: 'custom-scheme' }],
    ['redirect port', { settings: { loopbackPort: 8912 } }],
    ['audience', { settings: { audience: 'a' } }],
    ['further parts', { settings: { further: [{ to: 'token', where: 'header', name: 'X', value: 'y' }] } }],
    ['plain HTTP', { allowInsecure: true }],
  ])('is none with another %s', (_what, part) => {
    expect(same(part)).toBe(false)
  })
  it('is told by its endpoints where no issuer is named', () => {
    expect(same({ metadata: { ...connection().metadata, issuer: 'https://other.example' } }, false)).toBe(
      true,
    )
  })
})

describe('a connection that is written into a file', () => {
  it.each<[string, Partial<Connection>]>([
    ['discovered', {}],
    ['by hand', { metadataSource: 'by-hand' }],
    ['with a secret', { clientAuthentication: 'client_secret_post', sealedClientSecret: new Uint8Array(9) }],
    ['in a window', { redirectKind: 'window', settings: { windowRedirectUri: 'https://app.example/cb' } }],
    [
      'with a port',
      { settings: { loopbackPort: 8912, loopbackHost: 'localhost', audience: 'a', dpop: true } },
    ],
    [
      'device code',
      {
        settings: { grant: 'device_code' },
        metadataSource: 'by-hand',
        metadata: { ...connection().metadata, device_authorization_endpoint: 'https://id.example/device' },
      },
    ],
    [
      'client credentials with a key',
      {
        clientAuthentication: 'private_key_jwt',
        redirectKind: 'custom-scheme',
        settings: { grant: 'client_credentials', assertionAudience: 'issuer' },
      },
    ],
    ['with a certificate', { clientAuthentication: 'self_signed_tls_client_auth' }],
    [
      'by scheme',
      { redirectKind: 'custom-scheme', resource: 'https://api.example', settings: { prompt: 'login' } },
    ],
  ])('is read as the same: %s', (_what, part) => {
    const original = connection(part)
    const written = shareConnection(original)
    if (!written.ok) throw new Error(written.error.message)
    expect(written.value.leftOut).toEqual([])
    expect(isSameConnection(original, good(written.value.texts), true)).toBe(true)
    expect(JSON.stringify(written.value)).not.toMatch(/sealed|secret-value/i)
  })

  it('says what has no place in it, and what cannot be written', () => {
    const further = { to: 'token', where: 'header', name: 'X', value: 'y' } as const
    expect(shareConnection(connection({ settings: { further: [further], extra: [] } }))).toMatchObject({
      value: { leftOut: ['further'] },
    })
    for (const part of [
      { settings: { grant: 'password' } },
      { settings: { grant: 'jwt_bearer' } },
      { allowInsecure: true },
    ] satisfies Partial<Connection>[])
      expect(shareConnection(connection(part))).toMatchObject({ error: { code: 'shared_unfit' } })
  })
})
