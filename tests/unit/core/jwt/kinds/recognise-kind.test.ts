import { describe, expect, it } from 'vitest'
import type { JwtKind } from '../../../../../src/core/contract/tables/jwt-kinds.ts'
import { logoutEvent, recogniseKind } from '../../../../../src/core/jwt/kinds/recognise-kind.ts'

type Members = Record<string, unknown>
const of = (claims: Members, header: Members = {}) => recogniseKind(header, claims)

describe('typ names the kind', () => {
  it.each<[string, JwtKind]>([
    ['at+jwt', 'access'],
    ['dpop+jwt', 'dpop'],
    ['logout+jwt', 'logout'],
    ['secevent+jwt', 'security_event'],
    ['token-introspection+jwt', 'introspection'],
    ['oauth-authz-req+jwt', 'request_object'],
    ['client-authentication+jwt', 'client_assertion'],
    ['kb+jwt', 'key_binding'],
    ['sd-jwt', 'sd_jwt'],
    ['dc+sd-jwt', 'sd_jwt'],
    ['vc+sd-jwt', 'sd_jwt'],
  ])('%s is %s, whatever the claims', (typ, kind) => {
    const claims = { events: {}, nonce: 'n', token_use: 'refresh' }
    expect(of(claims, { typ })).toEqual({ kind, because: `typ is ${typ}` })
    expect(of(claims, { typ: `Application/${typ.toUpperCase()}` })).toEqual({
      kind,
      because: `typ is ${typ}`,
    })
  })
  it.each(['JWT', 'at+jwt ', 'x-application/at+jwt', 'constructor', '', 7])('%j does not', (typ) => {
    expect(of({}, { typ }).kind).toBe('plain')
  })
})

describe('a claim names the kind', () => {
  it.each<[string, JwtKind]>([
    ['access', 'access'],
    ['bearer', 'access'],
    ['id', 'id'],
    ['refresh', 'refresh'],
    ['offline', 'refresh'],
    ['logout', 'logout'],
  ])('%s is %s', (word, kind) => {
    const told = word.toUpperCase()
    expect(of({ token_use: told, nonce: 'n', scope: 's' })).toEqual({ kind, because: `token_use is ${word}` })
    expect(of({ typ: told, nonce: 'n', scope: 's' })).toEqual({ kind, because: `typ is ${word}` })
  })
  it('token_use before typ', () => {
    expect(of({ typ: 'ID', token_use: 'refresh' }).kind).toBe('refresh')
  })
  it.each(['constructor', 'other', '', 7])('%j does not', (word) => {
    expect(of({ token_use: word, typ: word }).kind).toBe('plain')
  })
})

describe('what is in it tells the kind', () => {
  const client = { iss: 'c', sub: 'c', aud: 'a', exp: 1 }
  const answer = { iss: 'i', aud: 'c', exp: 1, code: 'x' }
  const signedIn = { iss: 'i', aud: 'c', sub: 's' }
  const without = (claims: Members, name: string) => ({ ...claims, [name]: undefined })

  it.each<[Members, JwtKind, string]>([
    [{ events: { [logoutEvent]: {} } }, 'logout', 'its event is a logout'],
    [{ events: { other: {} } }, 'security_event', 'it reports events'],
    [{ htm: 'GET', htu: 'u' }, 'dpop', 'it names a method and a URL (htm, htu)'],
    [{ token_introspection: {} }, 'introspection', 'it has token_introspection'],
    [{ sd_hash: 'h' }, 'key_binding', 'it has sd_hash'],
    [{ _sd: [] }, 'sd_jwt', 'it has _sd'],
    [{ _sd_alg: 'sha-256' }, 'sd_jwt', 'it has _sd_alg'],
    [{ response_type: 'code', client_id: 'c' }, 'request_object', 'it has response_type and client_id'],
    [answer, 'authorization_response', 'it carries the response of an authorization endpoint'],
    [
      { ...without(answer, 'code'), error: 'e' },
      'authorization_response',
      'it carries the response of an authorization endpoint',
    ],
    ...['nonce', 'at_hash', 'c_hash', 's_hash', 'firebase'].map((name): [Members, JwtKind, string] => [
      { [name]: 'x', scope: 's', client_id: 'c' },
      'id',
      `it has ${name}`,
    ]),
    ...['scope', 'scp', 'permissions'].map((name): [Members, JwtKind, string] => [
      { ...client, [name]: 'x' },
      'access',
      `it has ${name}`,
    ]),
    [{ ...client, client_id: 'c' }, 'client_assertion', 'iss and sub are the same'],
    ...['client_id', 'cid', 'appid', 'azpacr', 'appidacr', 'idtyp'].map(
      (name): [Members, JwtKind, string] => [
        { ...signedIn, azp: 'a', [name]: 'x' },
        'access',
        `it has ${name}`,
      ],
    ),
    ...['auth_time', 'azp', 'email_verified'].map((name): [Members, JwtKind, string] => [
      { ...signedIn, [name]: 'x' },
      'id',
      `it has ${name}`,
    ]),
  ])('%j is %s: %s', (claims, kind, because) => {
    expect(of(claims)).toEqual({ kind, because })
  })

  it.each<Members>([
    {},
    { events: 'text' },
    { events: [] },
    { htm: 'GET' },
    { htu: 'u' },
    { response_type: 'code' },
    without(answer, 'iss'),
    without(answer, 'aud'),
    without(answer, 'exp'),
    without(answer, 'code'),
    { ...answer, sub: 's' },
    without(client, 'exp'),
    without(client, 'aud'),
    { aud: 'a', exp: 1 },
    { ...client, sub: 'd' },
    signedIn,
    { ...without(signedIn, 'iss'), azp: 'a' },
    { ...without(signedIn, 'aud'), azp: 'a' },
    { ...without(signedIn, 'sub'), azp: 'a' },
  ])('%j is a plain JWT', (claims) => {
    expect(of(claims)).toEqual({ kind: 'plain', because: 'nothing in it names a profile' })
  })
})
