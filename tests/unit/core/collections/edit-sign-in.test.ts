import type { OAuth2AuthorizationCodeFlow } from '@opencollection/types/common/auth-oauth2'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readContainer, readDefaults } from '../../../../src/core/collections/read-container.ts'
import { readRequest } from '../../../../src/core/collections/read-request.ts'
import { editContainerAuth } from '../../../../src/core/collections/scope/edit-container.ts'
import { editSignIn } from '../../../../src/core/collections/sign-in/edit-sign-in.ts'
import type { SignInTexts } from '../../../../src/core/collections/sign-in/sign-in-file.ts'

const texts: SignInTexts = {
  name: 'Shop login',
  issuer: 'https://id.example/realms/shop',
  authorizationEndpoint: 'https://id.example/realms/shop/auth',
  tokenEndpoint: 'https://id.example/realms/shop/token',
  redirectUri: 'http://127.0.0.1/oauth/callback',
  clientId: 'shop-desktop',
  scope: 'openid orders:read',
  clientAuthentication: 'none',
  redirectKind: 'loopback',
  resource: 'https://api.example',
}
function read(text: string) {
  const found = readDefaults(text)
  if (!found.ok) throw new Error(found.fault.reason)
  return found.container
}
function written(text: string, wanted: SignInTexts = texts): string {
  const result = editSignIn(read(text), wanted)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const bare = 'opencollection: 1.0.0\ninfo:\n  name: Shop # ours\n'

describe('the sign-in of a collection', () => {
  it('is written into the format’s own block, and the rest beside it', () => {
    const text = written(bare)
    expect(text).toBe(`${bare}request:
  auth:
    type: oauth2
    flow: authorization_code
    authorizationUrl: https://id.example/realms/shop/auth
    accessTokenUrl: https://id.example/realms/shop/token
    callbackUrl: http://127.0.0.1/oauth/callback
    credentials:
      clientId: shop-desktop
    scope: openid orders:read
    pkce:
      method: S256
extensions:
  gatehouse:
    signIn:
      name: Shop login
      issuer: https://id.example/realms/shop
      clientAuthentication: none
      redirect: loopback
      resource: https://api.example
`)
    const { auth } = (parse(text) as { request: { auth: OAuth2AuthorizationCodeFlow } }).request
    expect(auth).toEqual({
      type: 'oauth2',
      flow: 'authorization_code',
      authorizationUrl: texts.authorizationEndpoint,
      accessTokenUrl: texts.tokenEndpoint,
      callbackUrl: texts.redirectUri,
      credentials: { clientId: 'shop-desktop' },
      scope: 'openid orders:read',
      pkce: { method: 'S256' },
    } satisfies OAuth2AuthorizationCodeFlow)
    expect(read(text).defaults).toMatchObject({ auth: null, signIn: { texts } })
    expect(read(text).defaults.signIn?.texts).toEqual(texts)
    expect(readContainer(text).passesOn).toEqual([])
    expect(written(text)).toBe(text)
  })

  it('changes only what differs, and keeps comments, other names and a secret that is there', () => {
    const before = `opencollection: 1.0.0
request:
  headers:
    - name: X-Team
      value: red # ours
  auth:
    type: oauth2
    flow: authorization_code
    authorizationUrl: https://old.example/auth # moves soon
    accessTokenUrl: "https://id.example/realms/shop/token"
    callbackUrl: http://127.0.0.1/oauth/callback
    credentials:
      clientId: shop-desktop
      clientSecret: "{{clientSecret}}"
      placement: basic_auth_header
    scope: openid orders:read
    pkce:
      method: S256
    settings:
      autoFetchToken: true
  settings:
    http:
      timeout: 10
extensions:
  bruno:
    ignore: [node_modules]
  gatehouse:
    commands: []
`
    const wanted: SignInTexts = {
      ...texts,
      clientAuthentication: 'client_secret_basic',
      placement: 'basic_auth_header',
    }
    const text = written(before, wanted)
    expect(text).toBe(
      `${before.replace('https://old.example/auth', 'https://id.example/realms/shop/auth')}    signIn:
      name: Shop login
      issuer: https://id.example/realms/shop
      clientAuthentication: client_secret_basic
      redirect: loopback
      resource: https://api.example
`,
    )
    const { resource: _gone, ...withoutResource } = wanted
    const less = written(text, { ...withoutResource, scope: 'openid' })
    expect(less).toBe(
      text
        .replace('    scope: openid orders:read', '    scope: openid')
        .replace('      resource: https://api.example\n', ''),
    )
    expect(read(less).defaults.signIn?.clientSecret).toBe('{{clientSecret}}')
  })

  it('takes the place of another auth', () => {
    const text = written('request:\n  auth:\n    type: bearer\n    token: "{{t}}"\n  variables: []\n')
    expect(text).not.toContain('bearer')
    expect(text).toContain('  variables: []\n')
    expect(read(text).defaults.signIn?.texts.clientId).toBe('shop-desktop')
  })

  it('is nothing for other flows, and for what is not written as such', () => {
    for (const auth of [
      'inherit',
      '{type: oauth2, flow: implicit, authorizationUrl: https://a.example}',
      '{type: oauth2, flow: client_credentials, accessTokenUrl: https://a.example}',
      '[oauth2]',
    ])
      expect(read(`request:\n  auth: ${auth}\n`).defaults.signIn).toBeUndefined()
  })

  it('is read of a request, which is then not said to be kept', () => {
    const found = readRequest(
      'info:\n  type: http\nhttp:\n  url: https://a.example\n  auth:\n    type: oauth2\n    flow: authorization_code\n    authorizationUrl: "{{auth}}/a"\n    credentials: {clientId: c, clientSecret: s}\n',
    )
    expect(found).toMatchObject({
      ok: true,
      request: {
        kept: [],
        signIn: { texts: { authorizationEndpoint: '{{auth}}/a', clientId: 'c' }, clientSecret: 's' },
      },
    })
  })

  it('is refused where an anchor would change with it', () => {
    const shared = `a: &x
  type: oauth2
  flow: authorization_code
  credentials: {clientId: c}
  pkce: {method: S256}
request:
  auth: *x
`
    expect(editSignIn(read(shared), texts)).toMatchObject({ ok: false, error: { code: 'collection_edit' } })
  })
})

describe('a sign-in by another grant', () => {
  const service: SignInTexts = {
    name: 'Shop service',
    issuer: 'https://id.example',
    tokenEndpoint: 'https://id.example/token',
    clientId: 'service',
    scope: 'read',
    grant: 'client_credentials',
    clientAuthentication: 'private_key_jwt',
  }
  it('is told from client credentials that are an auth of their own', () => {
    const text = written(bare, service)
    expect(text).toContain('    flow: client_credentials\n')
    expect(text).toContain('    extensions:\n      grant: client_credentials\n')
    expect(text).not.toContain('pkce')
    expect(read(text).defaults).toMatchObject({ auth: null, signIn: { texts: service } })
    expect(readContainer(text).passesOn).toEqual([])
    expect(written(text, service)).toBe(text)
    const plain = text.replace('    extensions:\n      grant: client_credentials\n', '')
    expect(read(plain).defaults).toMatchObject({ auth: { kind: 'client-credentials', clientId: 'service' } })
    expect(read(plain).defaults.signIn).toBeUndefined()
  })
  it('takes the place of the one before, and makes place for another auth', () => {
    const device: SignInTexts = { ...texts, grant: 'device_code' }
    expect(read(written(written(bare), device)).defaults.signIn?.texts).toEqual(device)
    expect(read(written(written(bare, device), texts)).defaults.signIn?.texts).toEqual(texts)
    const other = editContainerAuth(written(bare, service), {
      kind: 'client-credentials',
      tokenUrl: 'https://id.example/token',
      clientId: 'service',
      clientSecret: '',
      scope: '',
      placement: 'header',
    })
    expect(other.ok && read(other.value).defaults).toMatchObject({ auth: { kind: 'client-credentials' } })
  })
  it('is none where the words do not fit together', () => {
    for (const [flow, grant] of [
      ['client_credentials', 'device_code'],
      ['password', 'password'],
      ['client_credentials', 'constructor'],
    ])
      expect(
        read(
          `request:\n  auth:\n    type: oauth2\n    flow: ${flow}\n    extensions:\n      grant: ${grant}\n`,
        ).defaults.signIn,
      ).toBeUndefined()
  })
})
