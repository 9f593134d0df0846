import { describe, expect, it } from 'vitest'
import { SignJWT, importJWK } from 'jose'
import { checkAccessToken } from '../../../../../src/core/jwt/checks/check-access-token.ts'
import type { AccessTokenExpectations } from '../../../../../src/core/jwt/checks/check-access-token.ts'
import { checkIssuer } from '../../../../../src/core/jwt/checks/check-issuer.ts'
import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { clientId, decodeJwt, encode, issuer, makeSigner, now, seconds, unsigned } from '../sample.ts'

const audience = 'https://api.example/orders'
const given: AccessTokenExpectations = {
  now,
  skewSeconds: 30,
  issuer,
  clientId,
  audience,
  scopeAsked: 'a',
  scopeGranted: null,
  tokenType: 'Bearer',
  keyThumbprint: notKnown,
}
async function find(
  id: string,
  claims: Record<string, unknown>,
  expectations: Partial<AccessTokenExpectations> = {},
  header: Record<string, unknown> = {},
) {
  const token = decodeJwt(unsigned(claims, { alg: 'ES256', ...header }))
  return (await checkAccessToken(token, { ...given, ...expectations })).find((one) => one.id === id)
}
async function judge(...input: Parameters<typeof find>) {
  const found = await find(...input)
  return `${found?.state} ${found?.code ?? ''}`.trim()
}

it.each<[string, string, Record<string, unknown>, Partial<AccessTokenExpectations>, string]>([
  ['the API among several', 'audience', { aud: ['b', audience] }, {}, 'valid'],
  ['an empty list of APIs', 'audience', { aud: [] }, {}, 'notice aud_missing'],
  ['no API, for nobody knows whom', 'audience', {}, { audience: notKnown }, 'notice aud_missing'],
  ['an API that is no text', 'audience', { aud: 7 }, {}, 'invalid aud_wrong'],
  [
    'an API for nobody knows whom',
    'audience',
    { aud: 'b' },
    { audience: notKnown },
    'not-checked no_expectation',
  ],
  ['an API where none is named', 'audience', { aud: 'b' }, { audience: null }, 'not-checked no_expectation'],
  ['the client as client_id', 'client_id', { client_id: clientId }, {}, 'valid'],
  ['the client as azp', 'client_id', { azp: clientId }, {}, 'valid'],
  ['the client as cid', 'client_id', { cid: clientId }, {}, 'valid'],
  ['the client as appid', 'client_id', { appid: clientId }, {}, 'valid'],
  ['client_id before azp', 'client_id', { azp: clientId, client_id: 'x' }, {}, 'invalid client_wrong'],
  ['no client', 'client_id', {}, {}, 'not-checked not_sent'],
  ['no client, where nobody knows', 'client_id', {}, { clientId: notKnown }, 'not-checked not_sent'],
  [
    'a client, where nobody knows',
    'client_id',
    { cid: 'x' },
    { clientId: notKnown },
    'not-checked no_expectation',
  ],
  ['the scope as scope', 'scope', { scope: 'a b' }, {}, 'valid'],
  ['the scope as scp', 'scope', { scp: ['a'] }, {}, 'valid'],
  ['scope before scp', 'scope', { scope: 'b', scp: 'a' }, {}, 'notice scope_reduced'],
  ['the scope in the response alone', 'scope', {}, { scopeGranted: 'a' }, 'valid'],
  ['a scope less in the response', 'scope', {}, { scopeGranted: 'b' }, 'notice scope_reduced'],
  ['a scope in neither', 'scope', {}, {}, 'not-checked not_sent'],
  ['a response of which nobody knows', 'scope', {}, { scopeGranted: notKnown }, 'not-checked not_sent'],
  ['no scope asked for', 'scope', { scope: 'b' }, { scopeAsked: ' ' }, 'not-checked no_expectation'],
  [
    'a scope that nobody knows',
    'scope',
    { scope: 'b' },
    { scopeAsked: notKnown },
    'not-checked no_expectation',
  ],
])('judges %s', async (_what, id, claims, expectations, verdict) => {
  expect(await judge(id, claims, expectations)).toBe(verdict)
})

it('says where the scope stands, and which is missing', async () => {
  const words = async (claims: Record<string, unknown>, more: Partial<AccessTokenExpectations>) => {
    const found = await find('scope', claims, more)
    return `${found?.label}: ${found?.detail}`
  }
  expect(await words({ scope: 'a' }, {})).toBe('Scope: Everything that was requested.')
  expect(await words({}, { scopeGranted: 'a' })).toBe(
    'Scope: Everything that was requested, as the token response says.',
  )
  expect(await words({ scope: 'a' }, { scopeAsked: 'a b c' })).toBe(
    'Scope reduced: b, c was requested but not granted.',
  )
})

it('shows the audience beside the API', async () => {
  expect(await find('audience', { aud: ['b', 7] })).toMatchObject({
    detail: `Meant for b, 7, not for ${audience}.`,
    compared: { came: 'b 7', expected: audience },
  })
})

describe('the type', () => {
  const all = {
    iss: issuer,
    exp: seconds + 60,
    aud: audience,
    sub: 'a',
    client_id: clientId,
    iat: seconds,
    jti: 'x',
  }

  it.each([
    ['at+jwt', 'valid', 'invalid claims_missing', 'invalid exp_missing'],
    ['AT+JWT', 'valid', 'invalid claims_missing', 'invalid exp_missing'],
    ['application/at+jwt', 'valid', 'invalid claims_missing', 'invalid exp_missing'],
    ['xat+jwt', 'notice type_unusual', 'not-checked not_promised', 'notice exp_missing'],
    ['at+jwt2', 'notice type_unusual', 'not-checked not_promised', 'notice exp_missing'],
    ['JWT', 'notice type_unusual', 'not-checked not_promised', 'notice exp_missing'],
    [undefined, 'notice type_unusual', 'not-checked not_promised', 'notice exp_missing'],
  ])('%s decides what is promised', async (typ, type, claims, time) => {
    const header = typ === undefined ? {} : { typ }
    expect(await judge('type', {}, {}, header)).toBe(type)
    expect(await judge('required-claims', {}, {}, header)).toBe(claims)
    expect(await judge('required-claims', all, {}, header)).toBe('valid')
    expect(await judge('time', {}, {}, header)).toBe(time)
  })

  it.each(Object.keys(all))('asks for %s', async (name) => {
    const found = await find('required-claims', { ...all, [name]: undefined }, {}, { typ: 'at+jwt' })
    expect(found?.detail).toMatch(new RegExp(`^Missing: ${name}\\. `))
  })

  it('lists all that is missing', async () => {
    const found = await find('required-claims', { iss: issuer, exp: 1, aud: 'x', sub: 'a', iat: 1 })
    expect(found?.detail).toMatch(/^Missing: client_id, jti\. /)
  })

  it.each([
    [{ nonce: 'n', at_hash: 'h' }, 'notice looks_like_id_token'],
    [{ nonce: 'n' }, 'notice type_unusual'],
    [{ at_hash: 'h' }, 'notice type_unusual'],
  ])('is that of an ID token by its claims: %j', async (claims, verdict) => {
    expect(await judge('type', claims)).toBe(verdict)
  })

  it('is quoted', async () => {
    expect((await find('type', {}, {}, { typ: 'at+jwt' }))?.detail).toBe('at+jwt, RFC 9068.')
    expect((await find('type', {}, {}, { typ: 'odd' }))?.detail).toMatch(/^Its type is odd, not at\+jwt;/)
    expect((await find('type', {}))?.detail).toMatch(/^Its type is not that of an access token/)
  })
})

it('looks at a nonce in the header only where the signature does not match as it is', async () => {
  const signer = await makeSigner()
  const signature = async (text: string) =>
    (await checkAccessToken(decodeJwt(text), { ...given, ...signer }))[0]
  const plain = await signer.sign({}, { nonce: 'n' })
  expect(await signature(plain.text)).toMatchObject({
    id: 'signature',
    state: 'valid',
    detail: 'ES256, key one of the issuer.',
  })
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('n'))
  const header = { alg: 'ES256', kid: 'one', nonce: encodeBase64url(new Uint8Array(digest)) }
  const key = await importJWK(signer.privateJwk, 'ES256')
  const [, payload = '', end = ''] = (await new SignJWT({}).setProtectedHeader(header).sign(key)).split('.')
  const handedOut = `${encode({ ...header, nonce: 'n' })}.${payload}.${end}`
  expect(await signature(handedOut)).toMatchObject({
    state: 'valid',
    detail: expect.stringContaining('hashed'),
  })
  expect(await signature(unsigned({}, { alg: 'ES256', kid: 'one' }))).toMatchObject({
    code: 'signature_wrong',
  })
  expect(await signature(unsigned({}, { alg: 'ES256', kid: 'one', nonce: 'n' }))).toMatchObject({
    code: 'only_its_api',
  })
  expect(await signature(unsigned({}, { alg: 'ES256', kid: 'two', nonce: 'n' }))).toMatchObject({
    code: 'kid_unknown',
  })
})

describe('a second issuer for access tokens', () => {
  const also = { issuer: 'https://tokens.example', because: 'access_token_issuer' }
  it.each([
    [{ iss: also.issuer }, also, 'valid', 'The provider’s issuer for these tokens (access_token_issuer).'],
    [{ iss: issuer }, also, 'valid', 'Matches the connection’s provider.'],
    [{ iss: 'x' }, also, 'invalid', `Issued by x, expected ${issuer}.`],
    [{ iss: also.issuer }, undefined, 'invalid', `Issued by ${also.issuer}, expected ${issuer}.`],
  ])('judges %j', (claims, second, state, detail) => {
    expect(checkIssuer(claims, issuer, 'here', second)).toMatchObject({
      id: 'issuer',
      label: 'Issuer',
      source: 'here',
      state,
      detail,
    })
  })

  it('is asked for where the metadata name one', async () => {
    const claims = { iss: also.issuer }
    expect(await judge('issuer', claims, { accessTokenIssuer: also })).toBe('valid')
    expect(await judge('issuer', claims)).toBe('invalid iss_wrong')
  })

  it('and a hole that the tenant fills are told', () => {
    const tid = '9122040d-6c67-4c5b-b112-36a304b66dad'
    const claims = { iss: `https://login.example/${tid}/v2.0`, tid }
    expect(checkIssuer(claims, 'https://login.example/{tenantid}/v2.0', 'here').detail).toMatch(
      /computed from tid/,
    )
  })

  it('are shown beside each other where they differ', () => {
    const compared = { came: `${issuer}/`, expected: issuer }
    expect(checkIssuer({ iss: `${issuer}/` }, issuer, 'here')).toMatchObject({ code: 'iss_slash', compared })
    expect(checkIssuer({ iss: 'x' }, issuer, 'here').compared).toEqual({ came: 'x', expected: issuer })
  })
})

it('an access token by its type does not have every claim where its list of APIs is empty', async () => {
  const whole = { iss: issuer, exp: seconds + 60, sub: 'u', client_id: clientId, iat: seconds, jti: '1' }
  const typed = { typ: 'at+jwt' }
  expect(await judge('required-claims', { ...whole, aud: audience }, {}, typed)).toBe('valid')
  expect(await judge('required-claims', { ...whole, aud: [] }, {}, typed)).toBe('invalid claims_missing')
})
