import { describe, expect, it } from 'vitest'
import {
  buildAuthorizationRequest,
  stateDigest,
} from '../../../../../src/core/oauth/authorization/authorization-request.ts'
import { sha256Base64url } from '../../../../../src/core/oauth/wire/encoding.ts'
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
