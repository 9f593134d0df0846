import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import type { JwtKind } from '../../../../../src/core/contract/tables/jwt-kinds.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { recogniseKind } from '../../../../../src/core/jwt/kinds/recognise-kind.ts'

const now = Date.UTC(2026, 10, 26, 12)
const seconds = Math.floor(now / 1000)
const secret = new TextEncoder().encode('only-for-this-test-and-long-enough')

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const cases: [JwtKind, Record<string, unknown>, Record<string, unknown>][] = [
  ['access', { typ: 'at+jwt' }, {}],
  ['access', { typ: 'application/AT+JWT' }, {}],
  ['access', {}, { iss: 'i', scope: 'read' }],
  ['access', {}, { typ: 'Bearer', azp: 'app', sub: 'u' }],
  ['access', {}, { token_use: 'access', client_id: 'c' }],
  ['id', {}, { iss: 'i', sub: 's', aud: 'c', nonce: 'n' }],
  ['id', {}, { typ: 'ID', iss: 'i' }],
  ['id', {}, { iss: 'https://securetoken.google.com/p', aud: 'p', sub: 'u', auth_time: 1, firebase: {} }],
  ['id', {}, { iss: 'https://accounts.google.com', azp: 'c', aud: 'c', sub: '1', email_verified: true }],
  ['refresh', {}, { typ: 'Refresh', iss: 'i' }],
  ['dpop', { typ: 'dpop+jwt' }, {}],
  ['dpop', {}, { htm: 'GET', htu: 'https://api.example', jti: 'j', iat: 1 }],
  ['client_assertion', {}, { iss: 'c', sub: 'c', aud: 'i', exp: 2, jti: 'j' }],
  ['client_assertion', { typ: 'client-authentication+jwt' }, { iss: 'c' }],
  ['request_object', { typ: 'oauth-authz-req+jwt' }, {}],
  ['request_object', {}, { response_type: 'code', client_id: 'c', nonce: 'n' }],
  ['authorization_response', {}, { iss: 'i', aud: 'c', exp: 2, code: 'x', state: 's' }],
  ['logout', {}, { iss: 'i', events: { [logoutEvent]: {} } }],
  ['security_event', {}, { iss: 'i', events: { 'urn:x': {} } }],
  ['security_event', { typ: 'secevent+jwt' }, {}],
  ['introspection', {}, { token_introspection: { active: true } }],
  ['key_binding', { typ: 'kb+jwt' }, {}],
  ['sd_jwt', {}, { _sd: ['x'] }],
  ['plain', { typ: 'JWT' }, { user_id: 42, exp: 2 }],
  ['plain', {}, {}],
]

it.each(cases)('recognises %s from %j %j', (kind, header, claims) => {
  expect(recogniseKind(header, claims).kind).toBe(kind)
})

const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', ...header }).sign(secret)
async function invalid(text: string, kind?: JwtKind): Promise<string[]> {
  const view = await inspectToken(text, { now, ...(kind && { kind }) })
  return view.checks.filter(({ state }) => state === 'invalid').map(({ code = '?' }) => code)
}

describe('a plain JWT', () => {
  it('needs no claim at all (RFC 7519 section 4.1)', async () => {
    expect(await invalid(await sign({ user_id: 42, exp: seconds + 60 }))).toEqual([])
    expect(await invalid(await sign({}))).toEqual([])
  })
  it('has expired where exp says so', async () => {
    expect(await invalid(await sign({ user_id: 42, exp: seconds - 60 }))).toEqual(['expired'])
  })
  it('is judged by the rules of another kind where that is chosen', async () => {
    expect(await invalid(await sign({ user_id: 42 }), 'logout')).toContain('claims_missing')
  })
})

describe('kinds have rules of their own', () => {
  const logout = {
    iss: 'i',
    aud: 'c',
    sub: 'u',
    iat: seconds,
    exp: seconds + 60,
    jti: 'j',
    events: { [logoutEvent]: {} },
  }
  it('a logout token must not carry a nonce', async () => {
    expect(await invalid(await sign(logout))).toEqual([])
    expect(await invalid(await sign({ ...logout, nonce: 'n' }))).toEqual(['claim_forbidden'])
    const { sub: _sub, ...nobody } = logout
    expect(await invalid(await sign(nobody))).toEqual(['session_missing'])
    expect(await invalid(await sign({ ...logout, events: { [logoutEvent]: 1 } }))).toEqual(['event_missing'])
  })
  it('a client assertion needs its four claims', async () => {
    const whole = { iss: 'c', sub: 'c', aud: 'i', exp: seconds + 60, jti: 'j' }
    expect(await invalid(await sign(whole))).toEqual([])
    expect(await invalid(await sign({ iss: 'c', sub: 'c' }), 'client_assertion')).toContain('claims_missing')
  })
  it('a DPoP proof is checked with its own key', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const proof = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
      exportJWK(publicKey).then((jwk) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
          .sign(privateKey),
      )
    const claims = { htm: 'GET', htu: 'https://api.example/', jti: 'j', iat: seconds }
    expect(await invalid(await proof(claims))).toEqual([])
    expect(await invalid(await proof({ htm: 'GET' }))).toEqual(['iat_missing', 'claims_missing'])
    expect(await invalid(await proof(claims, { typ: 'JWT' }))).toEqual(['type_wrong'])
    const other = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)
    expect(await invalid(await proof(claims, { jwk: other }))).toEqual(['signature_wrong'])
    const whole = await exportJWK(privateKey)
    expect(await invalid(await proof(claims, { jwk: whole }))).toContain('jwk_private')
  })
})
