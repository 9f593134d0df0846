import { describe, expect, it } from 'vitest'
import { explainClaims, explainHeader } from '../../../../../src/core/jwt/explain/claim-views.ts'
import type { ExplainContext } from '../../../../../src/core/jwt/explain/explain-types.ts'
import { clientId, issuer, now, seconds } from '../sample.ts'

const api = 'https://api.example/orders'
const connection = { name: 'Shop', issuer, clientId }
const said = (name: string, claims: Record<string, unknown>, context: Partial<ExplainContext> = {}) => {
  const view = explainClaims(claims, { now, ...context }).find((one) => one.name === name)
  return view?.attention === undefined ? view?.says : `${view.says} | ${view.attention}`
}
const one = (name: string, value: unknown, context?: Partial<ExplainContext>) =>
  said(name, { [name]: value }, context)

describe('issuer, subject and client', () => {
  it.each([
    [undefined, 'https://id.example/realm', 'Issued by id.example.'],
    [undefined, 'urn:issuer', 'Issued by urn:issuer.'],
    [undefined, 'an issuer', 'Issued by an issuer.'],
    [connection, issuer, 'Issued by id.example. Matches the connection.'],
    [{ ...connection, providerName: 'the Shop' }, issuer, 'Issued by the Shop. Matches the connection.'],
    [connection, 'https://x.example', `Issued by x.example. | The connection’s issuer is ${issuer}.`],
  ])('%o: %s', (given, iss, sentence) => {
    expect(one('iss', iss, given && { connection: given })).toBe(sentence)
  })

  it.each([
    [
      { sub: 'a' },
      undefined,
      'Whom or what the token is about, unique at this issuer: a user, an app or a device.',
    ],
    [
      { sub: 'a' },
      connection,
      'Whom or what the token is about, unique at this issuer: a user, an app or a device.',
    ],
    [{ sub: 'a' }, { ...connection, subjectName: 'Ada' }, 'The account: stable id of Ada at this issuer.'],
    [{ sub: 'a', client_id: 'a' }, undefined, 'The client itself: no user is behind this token.'],
    [{ sub: 'a', azp: 'a' }, undefined, 'The client itself: no user is behind this token.'],
    [
      { sub: 'a', azp: 'b', client_id: 'c' },
      undefined,
      'Whom or what the token is about, unique at this issuer: a user, an app or a device.',
    ],
  ])('%j', (claims, given, sentence) => {
    expect(said('sub', claims, given && { connection: given })).toBe(sentence)
  })

  it.each(['client_id', 'azp'])('%s', (name) => {
    const general = 'The client the token was issued to.'
    expect(one(name, clientId)).toBe(general)
    expect(one(name, 'x', { connection })).toBe(`${general} | Not this connection’s client, ${clientId}.`)
    expect(one(name, clientId, { connection })).toBe(
      name === 'azp' ? 'Requested by this connection’s client.' : 'Issued to this connection’s client.',
    )
  })
})

describe('audience', () => {
  const forApi = { ...connection, audience: api }
  it.each<[unknown, ExplainContext['connection'], ExplainContext['kind'], string]>([
    ['a', undefined, undefined, 'Meant for a only.'],
    [['a'], undefined, undefined, 'Meant for a only.'],
    [['a', 'b'], undefined, undefined, 'Meant for 2 recipients; any of them may accept it.'],
    ['a', connection, 'access', 'Meant for a only.'],
    [api, forApi, 'access', 'Meant for the connection’s API only.'],
    [api, { ...forApi, audienceName: 'the Orders API' }, 'access', 'Meant for the Orders API only.'],
    [clientId, forApi, 'id', 'Meant for this app’s registration only.'],
    [
      [clientId, api],
      forApi,
      'id',
      `Meant for this app’s registration. | Also meant for ${api}: they could use it too.`,
    ],
    [
      [api, `${issuer}/userinfo`],
      forApi,
      'access',
      'Meant for the connection’s API, and for the provider itself.',
    ],
    [
      [api, `${issuer}/userinfo`, 'b', 'c'],
      forApi,
      'access',
      'Meant for the connection’s API. | Also meant for b, c: they could use it too.',
    ],
    [
      [api, 'urn:x'],
      { ...forApi, issuer: 'urn:y' },
      'access',
      'Meant for the connection’s API. | Also meant for urn:x: they could use it too.',
    ],
    [['a', 'b'], forApi, 'access', `Meant for a, b. | Not meant for ${api}, which the connection requests.`],
    ['a', forApi, 'id', `Meant for a. | Not meant for ${clientId}, which is this app.`],
  ])('%j', (aud, given, kind, sentence) => {
    expect(one('aud', aud, { ...(given && { connection: given }), ...(kind && { kind }) })).toBe(sentence)
  })
})

describe('times', () => {
  const refused = 'The token expires then and is refused afterwards.'
  it.each([
    [{ exp: seconds + 1 }, refused],
    [{ exp: seconds }, `${refused} | It has expired.`],
    [{ exp: seconds + 60, iat: seconds }, 'The token expires then, 1 minute after it was issued.'],
    [
      { exp: seconds, iat: seconds - 60 },
      'The token expires then, 1 minute after it was issued. | It has expired.',
    ],
    [{ exp: seconds, iat: seconds }, `${refused} | It expires before it was issued.`],
    [{ exp: seconds + 5, iat: seconds + 6 }, `${refused} | It expires before it was issued.`],
    [{ exp: seconds + 5, iat: 'x' }, refused],
  ])('of expiry: %j', (claims, sentence) => {
    expect(said('exp', claims)).toBe(sentence)
  })

  it.each([
    ['iat', seconds + 60, 'When the token was issued.'],
    ['iat', seconds + 60.001, 'When the token was issued. | In the future: one of the two clocks is wrong.'],
    ['nbf', seconds, 'The token is refused before this moment.'],
    ['nbf', seconds + 0.001, 'The token is refused before this moment. | That moment has not come yet.'],
  ])('of %s at %d', (name, at, sentence) => {
    expect(one(name, at)).toBe(sentence)
  })
})

describe('scope', () => {
  const asked = { ...connection, scopeAsked: 'orders:read orders:write' }
  const says = 'May read orders.'
  it.each<[ExplainContext['connection'], ExplainContext['kind'], string]>([
    [undefined, 'access', says],
    [connection, 'access', says],
    [asked, 'access', `${says} | Requested orders:write, which was not granted.`],
    [asked, undefined, `${says} | Requested orders:write, which was not granted.`],
    [asked, 'id', says],
    [{ ...asked, scopeAsked: 'orders:read' }, 'access', says],
    [
      { ...asked, scopeAsked: 'orders:read email a b', scopeGranted: 'x' },
      'access',
      `${says} | Requested email, a, b, which was not granted.`,
    ],
  ])('of %o in kind %s', (given, kind, sentence) => {
    for (const name of ['scope', 'scp'])
      expect(one(name, 'orders:read', { ...(given && { connection: given }), ...(kind && { kind }) })).toBe(
        sentence,
      )
  })
})

it.each([
  ['cnf', { jkt: 'x' }, /^Bound to a DPoP key/],
  ['cnf', { 'x5t#S256': 'x' }, /^Bound to a client certificate/],
  ['cnf', { kid: 'x' }, /^Bound to a key/],
  ['cnf', [], /^Binds the token to a key\.$/],
  ['act', { sub: 'Bob' }, /^Bob acts on behalf/],
  ['act', { sub: 7 }, /^Someone acts on behalf/],
  ['act', [], /^Someone acts on behalf/],
  ['email_verified', true, /^The provider has verified the email address\.$/],
  ['email_verified', false, /^The provider has not verified the email address\. \| Do not rely on/],
  ['phone_number_verified', true, /^The provider has verified the telephone number\.$/],
  ['https://x.example/a', 1, /^A private claim, named by an address/],
  ['http://x.example/a', 1, /^A private claim, named by an address/],
  ['x-https://a', 1, /^Private to this issuer\.$/],
  ['toString', 1, /^Private to this issuer\.$/],
])('says of %s %j', (name, value, sentence) => {
  expect(one(name, value)).toMatch(sentence)
})

it('calls ways of signing in by their names', () => {
  const amr =
    'pwd pin otp mfa hwk swk sms tel face fpt iris vbm geo kba mca rba sc user wia toString other'.split(' ')
  expect(one('amr', amr)).toBe(
    'Signed in with: password, PIN, one-time password, several factors, hardware key, software key, text message, ' +
      'telephone call, face, fingerprint, iris, voice, place, questions, several channels, risk assessment, ' +
      'smart card, presence, Windows sign-in, toString, other.',
  )
})

describe('header parameters', () => {
  const header = (name: string, all: Record<string, unknown>) => {
    const view = explainHeader(all, { now }).find((each) => each.name === name)
    return view?.attention === undefined ? view?.says : `${view.says} | ${view.attention}`
  }

  it.each([
    ['none', /^Not signed\. \| Anyone could/],
    ['RS256', /^RSA PKCS #1 v1\.5 with SHA-256\.$/],
    ['HS512', /^HMAC with SHA-512: a shared secret\. \| Anyone who can check/],
    ['dir', /shared key is used directly\.$/],
    ['RSA1_5', /PKCS #1 v1\.5\. \| An old padding/],
    ['RSA-OAEP', /RSA-OAEP and SHA-1\.$/],
    ['RSA-OAEP-256', /RSA-OAEP and SHA-256\.$/],
    ['RSA-OAEP-384', /RSA-OAEP and SHA-384\.$/],
    ['RSA-OAEP-512', /RSA-OAEP and SHA-512\.$/],
    ['ECDH-ES', /agreed on an elliptic curve\.$/],
    ['A128KW', /wrapped with AES-128\.$/],
    ['A192KW', /wrapped with AES-192\.$/],
    ['A256KW', /wrapped with AES-256\.$/],
    ['ECDH-ES+A128KW', /then wrapped with AES\.$/],
    ['ECDH-ES+A256KW', /then wrapped with AES\.$/],
    ['A192GCMKW', /wrapped with AES-GCM\.$/],
    ['PBES2-HS256+A128KW', /derived from a password\.$/],
    ...['ECDH-ES+A512KW', 'xECDH-ES+A128KW', 'ECDH-ES+A128KWx', 'A129GCMKW', 'xA128GCMKW', 'A128GCMKWx'].map(
      (alg): [string, RegExp] => [alg, /^The algorithm\. \| Not a registered/],
    ),
    ['xPBES2-HS256+A128KW', /Not a registered/],
    ['toString', /Not a registered/],
  ])('alg %s', (alg, sentence) => {
    expect(header('alg', { alg })).toMatch(sentence)
  })

  it.each([
    ['JWT', 'A JWT of unspecified kind.'],
    ['AT+jwt', 'A JWT access token (RFC 9068).'],
    ['application/at+jwt', 'A JWT access token (RFC 9068).'],
    ['dpop+jwt', 'A DPoP proof (RFC 9449).'],
    ['logout+jwt', 'A logout token (OpenID Connect Back-Channel Logout).'],
    ['secevent+jwt', 'A security event token (RFC 8417).'],
    ['token-introspection+jwt', 'A signed introspection response (RFC 9701).'],
    ['oauth-authz-req+jwt', 'A request object (RFC 9101).'],
    ['entity-statement+jwt', 'An entity statement (OpenID Federation).'],
    ['toString', 'The kind of token, as its issuer calls it.'],
  ])('typ %s', (typ, sentence) => {
    expect(header('typ', { typ })).toBe(sentence)
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['cty', { cty: 'jwt' }, /^It contains another token\.$/],
    ['cty', { cty: 'json' }, /^The kind of content\.$/],
    ['enc', { enc: 'A256GCM' }, /^The content is encrypted with A256GCM\.$/],
    ['zip', { zip: 'DEF' }, /\| Compression can reveal/],
    ['crit', { crit: ['exp'] }, /\| A recipient that does not understand/],
    ['b64', { b64: false }, /not encoded\. \| Not allowed/],
    ['b64', { b64: true }, /^The payload is encoded as usual\.$/],
    ['jku', { jku: 'x' }, /\| Gatehouse uses the keys that the issuer publishes/],
    ['x5u', { x5u: 'x' }, /\| Gatehouse uses the keys that the issuer publishes/],
    ['x5c', { x5c: [] }, /\| Gatehouse uses the keys that the issuer publishes/],
    ['jwk', { jwk: { kty: 'EC' } }, /\| Gatehouse uses the keys that the issuer publishes/],
    ['jwk', { jwk: [] }, /\| Gatehouse uses the keys that the issuer publishes/],
    ['jwk', { jwk: { kty: 'EC' }, typ: 'DPoP+jwt' }, /^The public key that the proof shows possession of/],
    ['jwk', { jwk: { kty: 'EC', d: 'x' }, typ: 'dpop+jwt' }, /\| It contains the private part/],
    ['p2c', { p2c: 1_000_001 }, /\| So many/],
    ['p2c', { p2c: 1_000_000 }, /password\.$/],
    ['p2c', { p2c: 600_000 }, /password\.$/],
    ['p2c', { p2c: 599_999 }, /\| Low by current standards/],
  ])('%s of %j', (name, all, sentence) => {
    expect(header(name, all)).toMatch(sentence)
  })
})
