import { describe, expect, it } from 'vitest'
import { explainClaims, explainHeader } from '../../../../../src/core/jwt/explain/claim-views.ts'
import type { ExplainContext } from '../../../../../src/core/jwt/explain/explain-types.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { ianaClaims, ianaHeaders } from './iana.ts'
import { clientId, issuer, now, seconds, unsigned } from '../sample.ts'

const context: ExplainContext = {
  now,
  kind: 'access',
  connection: {
    name: 'Playground',
    providerName: 'the Playground',
    issuer,
    clientId,
    audience: 'https://api.example/orders',
    audienceName: 'the Orders API',
    scopeAsked: 'openid profile orders:read orders:write',
    subjectName: 'alice',
  },
}
const explain = (claims: Record<string, unknown>, given = context) =>
  Object.fromEntries(explainClaims(claims, given).map((view) => [view.name, view]))

describe('explainClaims', () => {
  it('says what a token of the connection says', () => {
    const views = explain({
      iss: issuer,
      aud: 'https://api.example/orders',
      sub: 'a1f3',
      scope: 'orders:read profile',
      client_id: clientId,
      iat: seconds,
      exp: seconds + 900,
      jti: 'x',
      roles: ['customer'],
    })
    expect(views.iss?.says).toBe('Issued by the Playground. Matches the connection.')
    expect(views.aud?.says).toBe('Meant for the Orders API only.')
    expect(views.sub?.says).toBe('The account: stable id of alice at this issuer.')
    expect(views.scope).toMatchObject({
      kind: 'list',
      items: ['orders:read', 'profile'],
      says: 'May read orders and see the profile.',
      attention: 'Requested orders:write, which was not granted.',
    })
    expect(views.exp).toMatchObject({
      kind: 'time',
      at: now + 900_000,
      text: String(seconds + 900),
      says: 'The token expires then, 15 minutes after it was issued.',
      source: 'RFC 7519 section 4.1.4',
    })
    expect(views.client_id?.says).toBe('Issued to this connection’s client.')
    expect(
      Object.values(views)
        .filter((view) => view.attention)
        .map((view) => view.name),
    ).toEqual(['scope'])
  })

  it.each(['id', 'refresh'] as const)('misses no scope in a token of kind %s', (kind) => {
    expect(explain({ scope: 'openid' }, { ...context, kind }).scope?.attention).toBeUndefined()
  })

  it('warns of a second audience unless it is the provider itself', () => {
    const api = 'https://api.example/orders'
    const audOf = (...others: string[]) => explain({ iss: issuer, aud: [api, ...others] }).aud
    expect(audOf(new URL('/userinfo', issuer).href)).toMatchObject({
      says: 'Meant for the Orders API, and for the provider itself.',
    })
    expect(audOf(new URL('/userinfo', issuer).href)?.attention).toBeUndefined()
    expect(audOf(issuer, 'https://other.example')?.attention).toBe(
      'Also meant for https://other.example: they could use it too.',
    )
  })

  it('draws attention to what does not fit the connection', () => {
    const views = explain({
      iss: 'https://evil.example',
      aud: ['a', 'b'],
      client_id: 'other',
      azp: 'other',
      exp: seconds - 1,
      nbf: seconds + 9,
      iat: seconds + 500,
    })
    expect(views.iss?.attention).toContain(issuer)
    expect(views.aud?.attention).toContain('https://api.example/orders')
    expect(views.client_id?.attention).toContain(clientId)
    expect(views.azp?.attention).toContain(clientId)
    expect(views.exp?.attention).toBe('It expires before it was issued.')
    expect(views.nbf?.attention).toMatch(/not come yet/)
    expect(views.iat?.attention).toMatch(/clocks/)
    expect(explain({ exp: seconds - 1 }).exp?.attention).toBe('It has expired.')
  })

  it('explains mistakes in dates and shapes, and what hides in text', () => {
    const views = explain({
      exp: now,
      iat: String(seconds),
      nbf: 'soon',
      sub: 7,
      roles: 'admin',
      email_verified: 'true',
      aud: [1],
      big: 2 ** 60,
      nickname: 'eve\u202Etxt',
    })
    expect(views.exp).toMatchObject({ at: now, attention: expect.stringContaining('milliseconds') })
    expect(views.iat).toMatchObject({ at: now, attention: expect.stringContaining('text') })
    expect(views.nbf?.at).toBeUndefined()
    expect(views.sub?.attention).toBe('Should be text, but is a number.')
    expect(views.roles?.attention).toBe('Should be a list, but is a string.')
    expect(views.email_verified?.attention).toBe('Should be true or false, but is a string.')
    expect(views.aud?.attention).toMatch(/^Should be/)
    expect(views.big?.attention).toBeUndefined()
    expect(views.nickname?.attention).toMatch(/direction/)
  })

  it('knows the common claims and calls the rest private', () => {
    const names =
      'iss sub aud exp nbf iat jti scope scp client_id azp nonce auth_time acr amr at_hash c_hash s_hash sid cnf act may_act roles groups entitlements authorization_details name given_name family_name email email_verified preferred_username phone_number address birthdate locale picture updated_at tid oid upn ver realm_access resource_access gty permissions events'
    for (const name of names.split(' ')) expect(explain({ [name]: 'x' })[name]?.source, name).toBeTruthy()
    expect(explain({ favourite: 1 }).favourite).toMatchObject({ says: 'Private to this issuer.', text: '1' })
    expect(explain({ 'https://x.example/role': 'r' })['https://x.example/role']?.says).toMatch(
      /named by an address/,
    )
    expect(explainClaims({ constructor: 'x' }, context)[0]?.says).toBe('Private to this issuer.')
  })

  it('gives every registered claim a sentence that ends, whatever its value', () => {
    const values = ['x', 5, true, null, [], ['a', 1, null], {}, { jkt: 'k' }, { a: { b: [1] } }, '', -1]
    const names = Object.keys(
      explain(
        Object.fromEntries(
          'iss sub aud exp nbf iat scope scp cnf act roles email_verified amr acr azp ver gty typ idtyp permissions'
            .split(' ')
            .map((name) => [name, 1]),
        ),
      ),
    )
    for (const name of names)
      for (const value of values) {
        const view = explain({ [name]: value })[name]
        expect(view?.says, `${name} ${JSON.stringify(value)}`).toMatch(/[.…]$/)
        expect(view?.says).not.toMatch(/undefined|\[object/)
      }
  })

  it('puts what matters first', () => {
    expect(
      explainClaims({ zz: 1, jti: 'j', exp: 1, iss: 'i', aud: 'a' }, { now }).map(({ name }) => name),
    ).toEqual(['iss', 'aud', 'exp', 'jti', 'zz'])
  })
})

describe('registered claims', () => {
  it.each(ianaClaims)('%s has a source', (name) => {
    const [view] = explainClaims({ [name]: 'x' }, { now })
    expect(view?.source).toBeDefined()
  })
  it.each(ianaHeaders)('header %s has a source', (name) => {
    const [view] = explainHeader({ [name]: 'x' }, { now })
    expect(view?.source).toBeDefined()
    expect(view?.says).not.toMatch(/Private/)
  })
  it('do not claim what has another shape', () => {
    const [view] = explainClaims({ status: 'active' }, { now })
    expect(view?.says).toMatch(/Private to this issuer/)
    expect(explainClaims({ status: { status_list: {} } }, { now })[0]?.says).toMatch(/still valid/)
  })
})

describe('explainHeader', () => {
  const header = (value: Record<string, unknown>) =>
    Object.fromEntries(explainHeader(value, { now }).map((view) => [view.name, view]))

  it('explains the algorithm and the type', () => {
    expect(header({ alg: 'ES256', typ: 'at+jwt', kid: 'pg' })).toMatchObject({
      alg: { says: 'ECDSA on P-256 with SHA-256.' },
      typ: { says: 'A JWT access token (RFC 9068).' },
    })
    expect(header({ alg: 'NoNe' }).alg?.attention).toMatch(/Anyone/)
    expect(header({ alg: 'HS256' }).alg?.attention).toMatch(/forge/)
    expect(header({ alg: 'RSA1_5' }).alg?.attention).toBeTruthy()
    expect(header({ alg: 'made-up' }).alg?.attention).toMatch(/registered/)
  })

  it('warns of keys that the token brings along', () => {
    for (const name of ['jku', 'jwk', 'x5u', 'x5c']) {
      const value = name === 'jwk' ? { kty: 'EC' } : name === 'x5c' ? ['AA'] : 'https://evil.example'
      expect(header({ [name]: value })[name]?.attention, name).toMatch(/never those a token names/)
    }
    expect(header({ jwk: { kty: 'EC', d: 'x' } }).jwk?.attention).toMatch(/compromised/)
    expect(header({ p2c: 5_000_000 }).p2c?.attention).toMatch(/overload/)
  })
})

describe('inspectToken', () => {
  it('shows a pasted token without its signature', async () => {
    const text = unsigned({ iss: issuer, exp: seconds + 60, scope: 'a' })
    const view = await inspectToken(`Bearer ${text}`, { now: now })
    expect(view).toMatchObject({ format: 'jwt', size: text.length, life: { expiresAt: now + 60_000 } })
    expect(JSON.stringify(view)).not.toContain(text.split('.')[2])
    expect(view.checks.find(({ id }) => id === 'signature')).toMatchObject({
      state: 'not-checked',
      code: 'no_keys',
    })
    expect(view.checks.find(({ id }) => id === 'pasted')?.state).toBe('notice')
  })

  it('describes opaque tokens by what shows, without repeating them', async () => {
    const view = await inspectToken('gho_16C7e42F292c6912E7710c838347Ae178B4a', { now: now })
    expect(view).toMatchObject({ format: 'opaque', says: expect.stringContaining('GitHub') })
    expect(JSON.stringify(view)).not.toContain('16C7')
    expect(await inspectToken('abc', { now: now })).toMatchObject({
      says: expect.stringContaining('guessed'),
    })
  })
})
