import type { Check } from '@contract/tokens/tokens'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkAccessToken } from '../../../../../src/core/jwt/checks/check-access-token.ts'
import type { AccessTokenExpectations } from '../../../../../src/core/jwt/checks/check-access-token.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { lintToken } from '../../../../../src/core/jwt/checks/lint-token.ts'
import { compareScopes, scopeSentence } from '../../../../../src/core/jwt/text/scope.ts'
import { clientId, decodeJwt, encode, issuer, makeSigner, now, seconds, unsigned } from '../sample.ts'
import type { Signer } from '../sample.ts'

const audience = 'https://api.example/orders'
const claims = {
  iss: issuer,
  aud: audience,
  sub: 'alice',
  client_id: clientId,
  iat: seconds,
  exp: seconds + 900,
  jti: 'one',
  scope: 'orders:read',
}
let signer: Signer
let given: AccessTokenExpectations

beforeAll(async () => {
  signer = await makeSigner()
  given = {
    now,
    skewSeconds: 30,
    issuer,
    clientId,
    audience,
    keys: signer.keys,
    scopeAsked: 'openid orders:read',
    scopeGranted: null,
    tokenType: 'Bearer',
    keyThumbprint: notKnown,
  }
})

const find = (checks: Check[], id: string): Check | undefined => checks.find((one) => one.id === id)
const judge = async (
  change: Record<string, unknown>,
  expectations: Partial<AccessTokenExpectations> = {},
  typ: string | undefined = 'at+jwt',
): Promise<Check[]> => {
  const kept = Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined)
  return checkAccessToken(await signer.sign(Object.fromEntries(kept), { typ }), { ...given, ...expectations })
}

describe('checkAccessToken', () => {
  it('finds every rule of RFC 9068 kept', async () => {
    expect((await judge({})).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'signature valid',
      'time valid',
      'issuer valid',
      'audience valid',
      'client_id valid',
      'scope valid',
      'type valid',
      'required-claims valid',
      'binding not-checked',
    ])
  })

  it.each<[string, Record<string, unknown>, string, string, string, Partial<AccessTokenExpectations>?]>([
    ['expired', { exp: seconds - 60 }, 'time', 'invalid', 'expired'],
    ['no end', { exp: undefined }, 'time', 'invalid', 'exp_missing'],
    ['an end in milliseconds', { exp: now + 900_000 }, 'time', 'notice', 'milliseconds'],
    ['issued in the future', { iat: seconds + 90 }, 'time', 'notice', 'issued_in_future'],
    ['not valid yet', { nbf: seconds + 90 }, 'time', 'invalid', 'not_yet_valid'],
    ['another issuer', { iss: 'https://evil.example' }, 'issuer', 'invalid', 'iss_wrong'],
    ['another audience', { aud: ['https://other.example'] }, 'audience', 'invalid', 'aud_wrong'],
    ['no audience', { aud: undefined }, 'audience', 'notice', 'aud_missing'],
    ['another client', { client_id: 'other' }, 'client_id', 'invalid', 'client_wrong'],
    ['a scope less', {}, 'scope', 'notice', 'scope_reduced', { scopeAsked: 'orders:read orders:write' }],
    ['a promised claim missing', { jti: undefined }, 'required-claims', 'invalid', 'claims_missing'],
    ['DPoP without a key', {}, 'binding', 'invalid', 'binding_missing', { tokenType: 'DPoP' }],
    ['bound to a key', { cnf: { jkt: 'k' } }, 'binding', 'notice', 'bound'],
    [
      'bound to another key',
      { cnf: { jkt: 'k' } },
      'binding',
      'invalid',
      'binding_wrong',
      { keyThumbprint: 'other' },
    ],
    [
      'bound to a key where none was proven',
      { cnf: { jkt: 'k' } },
      'binding',
      'invalid',
      'binding_wrong',
      { keyThumbprint: null },
    ],
    ['no API named', {}, 'audience', 'not-checked', 'no_expectation', { audience: null }],
    ['no keys', {}, 'signature', 'not-checked', 'no_keys', { keys: undefined }],
  ])('tells: %s', async (_what, change, id, state, code, expectations = {}) => {
    expect(find(await judge(change, expectations), id)).toMatchObject({ state, code })
  })

  it('speaks of a connection only where there is one', async () => {
    const detailOf = async (expected: AccessTokenExpectations['audience']) =>
      find(await judge({}, { audience: expected }), 'audience')?.detail
    expect(await detailOf(null)).toBe('The connection names no API (resource or audience).')
    expect(await detailOf(notKnown)).toBe('Nothing to compare it with.')
  })

  it('takes the right key binding for valid', async () => {
    expect(find(await judge({ cnf: { jkt: 'k' } }, { keyThumbprint: 'k' }), 'binding')?.state).toBe('valid')
  })

  it('does not hold vendors to a profile that they do not claim', async () => {
    const checks = await judge(
      { jti: undefined, client_id: undefined, azp: clientId, exp: undefined },
      {},
      'JWT',
    )
    expect(find(checks, 'type')).toMatchObject({ state: 'notice', code: 'type_unusual' })
    expect(find(checks, 'required-claims')?.state).toBe('not-checked')
    expect(find(checks, 'client_id')?.state).toBe('valid')
    expect(find(checks, 'time')).toMatchObject({ state: 'notice', code: 'exp_missing' })
    expect(find(await judge({ nonce: 'n', at_hash: 'h' }, {}, 'JWT'), 'type')?.code).toBe(
      'looks_like_id_token',
    )
  })

  it('leaves opaque and encrypted tokens to those who can read them', async () => {
    expect(await checkAccessToken(decodeToken('opaque'), given)).toMatchObject([
      { state: 'not-checked', code: 'opaque' },
    ])
    const jwe = decodeToken(`${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`)
    expect(await checkAccessToken(jwe, given)).toMatchObject([{ state: 'not-checked', code: 'encrypted' }])
    expect(await checkAccessToken(decodeToken(`${unsigned(claims)}=`), given)).toMatchObject([
      { state: 'invalid', code: 'padding' },
    ])
  })
})

describe('scopes', () => {
  it.each([
    ['openid profile orders:read', 'orders:read', undefined, [], []],
    ['openid offline_access', undefined, 'openid', ['offline_access'], []],
    ['a b', 'a', 'a c', ['b'], ['c']],
    ['openid a b', 'a', 'openid a b', ['b'], []],
    ['a b', undefined, 'a', ['b'], []],
    ['api://x/orders.read', 'orders.read', undefined, [], []],
    ['a', ['a', 'b'], undefined, [], ['b']],
    ['a', 7, undefined, ['a'], []],
  ])('compares %j with %j and %j', (asked, inToken, inResponse, missing, unasked) => {
    expect(compareScopes(asked, inToken, inResponse)).toEqual({ missing, unasked })
  })

  it.each([
    [['orders:read', 'profile'], 'May read orders and see the profile.'],
    [['orders:write', 'x', 'y'], 'May change orders, and what the other 2 scopes name.'],
    [['x'], 'Allows what this scope names.'],
    [[], 'Allows nothing by scope.'],
  ])('reads %j', (scopes, sentence) => {
    expect(scopeSentence(scopes)).toBe(sentence)
  })
})

describe('lintToken', () => {
  const ids = (value: unknown, header?: unknown, kind: 'access' | 'id' = 'access'): string[] =>
    lintToken(decodeJwt(unsigned(value, header)), kind).map(({ id }) => id)

  it('has nothing to say on a modest token', () => {
    expect(ids(claims)).toEqual([])
  })

  it.each<[string, unknown, string, unknown?]>([
    ['a long life', { iat: seconds, exp: seconds + 8 * 86_400 }, 'lifetime'],
    ['personal data', { email: 'a@b.example' }, 'personal-data'],
    ['a password', { app: { password: 'hunter2' } }, 'secret'],
    ['a token inside', { note: unsigned({ a: 1 }) }, 'secret'],
    ['a private key', { k: '-----BEGIN PRIVATE KEY-----' }, 'secret'],
    ['a big one', { fill: 'x'.repeat(4_000) }, 'size'],
    ['a shared secret', {}, 'weak-algorithm', { alg: 'HS256' }],
    ['a key of its own', {}, 'header-keys', { alg: 'ES256', jku: 'https://evil.example' }],
    ['a name twice', '{"sub":"a","sub":"b"}', 'duplicate-members'],
  ])('notices %s', (_what, value, id, header) => {
    expect(ids(value, header)).toEqual([id])
  })

  it('names claims, never their values', () => {
    const [found] = lintToken(decodeJwt(unsigned({ app: { password: 'hunter2' } })))
    expect(found?.detail).toContain('app.password')
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it('tells 4 KB from 8 KB', () => {
    const size = (length: number) => lintToken(decodeJwt(unsigned({ fill: 'x'.repeat(length) })))[0]?.code
    expect([size(4_000), size(9_000)]).toEqual(['over_4_kb', 'over_8_kb'])
  })

  it('expects personal data in an ID token', () => {
    expect(ids({ email: 'a@b.example' }, undefined, 'id')).toEqual([])
  })
})
