import { describe, expect, it } from 'vitest'
import type { TokenKind } from '../../../../../src/core/contract/tokens/tokens.ts'
import { lintToken } from '../../../../../src/core/jwt/checks/lint-token.ts'
import type { DecodedJwt, DecodedToken } from '../../../../../src/core/jwt/text/decode.ts'
import { seconds } from '../sample.ts'

type Members = Record<string, unknown>
const jwt: DecodedJwt = {
  format: 'jwt',
  text: '',
  surroundings: [],
  header: { alg: 'RS256' },
  claims: {},
  segments: ['', '', ''],
  duplicates: [],
}
const opaque: DecodedToken = { format: 'opaque', text: '', surroundings: [] }
const codes = (token: DecodedToken, kind?: TokenKind) =>
  lintToken(token, kind).map(({ id, code }) => `${id} ${code}`)
const header = (value: Members, kind?: TokenKind) => codes({ ...jwt, header: value }, kind)
const claims = (value: Members, kind?: TokenKind) => codes({ ...jwt, claims: value }, kind)
const detail = (token: Partial<DecodedJwt>) => lintToken({ ...jwt, ...token })[0]?.detail ?? ''

it('nothing is said of an ordinary token', () => {
  expect(codes(jwt)).toEqual([])
  expect(codes(opaque)).toEqual([])
})

it('all that is worth knowing is said, each with its source, and nothing of it is wrong', () => {
  const checks = lintToken({
    ...jwt,
    text: 'x'.repeat(9_000),
    header: { alg: 'HS256', jwk: { d: 'AA' } },
    claims: { iat: 0, exp: 1e6, email: 'a', password: 'b' },
    duplicates: ['a'],
    nested: 'a.b.c',
    surroundings: [
      { code: 'quotes', message: 'One.' } as never,
      { code: 'scheme', message: 'Two.' } as never,
    ],
  })
  expect(checks.map(({ id, code, source }) => [id, code, source])).toEqual([
    ['size', 'over_8_kb', 'RFC 9110 section 5.4'],
    ['weak-algorithm', 'shared_secret', 'RFC 8725 section 3.5'],
    ['header-keys', 'key_in_header', 'RFC 8725 section 3.10'],
    ['private-key', 'private_key_in_header', 'RFC 7515 section 4.1.3'],
    ['duplicate-members', 'duplicate_members', 'RFC 7519 section 4'],
    ['lifetime', 'long_life', 'RFC 9700 section 2.2'],
    ['personal-data', 'personal_data', 'RFC 9068 section 6'],
    ['secret', 'secret_in_claims', 'RFC 7519 section 12'],
    ['nested', 'nested', 'RFC 7519 section 5.2'],
    ['pasted', 'surroundings', undefined],
  ])
  expect(checks.at(-1)?.detail).toBe('One. Two.')
  expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['notice']))
})

it.each([
  [4_096, []],
  [4_097, ['size over_4_kb']],
  [8_192, ['size over_4_kb']],
  [8_193, ['size over_8_kb']],
])('a token of %d characters: %j', (length, said) => {
  expect(codes({ ...opaque, text: 'x'.repeat(length) })).toEqual(said)
})
it('its size is said in kilobytes', () => {
  expect(detail({ text: 'x'.repeat(5_120) })).toContain('5.0 KB')
  expect(detail({ text: 'x'.repeat(10_240) })).toContain('10.0 KB')
})

describe('the header', () => {
  it('of an access token is not made with a shared secret', () => {
    expect(header({ alg: 'HS512' })).toEqual(['weak-algorithm shared_secret'])
    expect(header({ alg: 'HS512' }, 'access')).toEqual(['weak-algorithm shared_secret'])
    expect(header({ alg: 'HS512' }, 'id')).toEqual([])
    expect(header({ alg: 'HS512' }, 'refresh')).toEqual([])
    expect(header({})).toEqual([])
  })
  it.each(['jku', 'jwk', 'x5u', 'x5c'])('names a key by %s, but for a DPoP proof', (name) => {
    expect(header({ [name]: 'x' })).toEqual(['header-keys key_in_header'])
    expect(header({ [name]: 'x', typ: 'JWT' })).toEqual(['header-keys key_in_header'])
    expect(header({ [name]: 'x', typ: 'DPOP+jwt' })).toEqual([])
  })
  it('names all of them', () => {
    expect(detail({ header: { jku: 'x', x5c: [] } })).toContain('jku, x5c')
  })
  it('holds no private key, not even of a DPoP proof', () => {
    expect(header({ jwk: { d: 'AA' }, typ: 'dpop+jwt' })).toEqual(['private-key private_key_in_header'])
    expect(header({ jwk: {}, typ: 'dpop+jwt' })).toEqual([])
    expect(header({ jwk: 'd', typ: 'dpop+jwt' })).toEqual([])
  })
  it('of an encrypted token is looked at, too', () => {
    const jwe: DecodedToken = { ...jwt, format: 'jwe', segments: ['', '', '', '', ''], header: { jku: 'x' } }
    expect(codes({ ...jwe, duplicates: ['a'] })).toEqual([
      'header-keys key_in_header',
      'duplicate-members duplicate_members',
    ])
  })
})

it('of names that occur twice five are told', () => {
  expect(detail({ duplicates: ['a', 'b', 'c', 'd', 'e', 'f'] })).toMatch(/^a, b, c, d, e: /)
})

describe('a lifetime', () => {
  const life = (length: number, kind?: TokenKind) => claims({ iat: seconds, exp: seconds + length }, kind)
  it.each(['access', 'id'] as const)('of an %s token is a day at most', (kind) => {
    expect(life(86_400, kind)).toEqual([])
    expect(life(86_401, kind)).toEqual(['lifetime long_life'])
  })
  it('of a refresh token may be longer', () => {
    expect(life(1e9, 'refresh')).toEqual([])
  })
  it('is known with both ends alone', () => {
    expect(claims({ exp: seconds })).toEqual([])
    expect(claims({ iat: 0 })).toEqual([])
    expect(claims({ iat: 0, exp: 'x' })).toEqual([])
  })
})

describe('personal data', () => {
  it.each([
    'email',
    'phone_number',
    'birthdate',
    'address',
    'given_name',
    'family_name',
    'gender',
    'ssn',
    'social_security_number',
    'national_id',
    'tax_id',
    'passport_number',
    'upn',
    'ipaddr',
  ])('%s is no business of every API', (name) => {
    expect(claims({ [name]: 'x' })).toEqual(['personal-data personal_data'])
    expect(claims({ [name]: 'x' }, 'id')).toEqual([])
  })
  it('is named', () => {
    expect(detail({ claims: { email: 'x', sub: 'y', gender: 'z' } })).toContain('reads email, gender.')
  })
})

describe('a secret in the claims', () => {
  const github = `ghp_${'a1B2'.repeat(9)}`
  it.each<[string, Members]>([
    ['password', { password: 'x' }],
    ['a.password', { a: { password: 'x' } }],
    ['a.0.password', { a: [{ password: 'x' }] }],
    ['note', { note: github }],
    ['list.1', { list: ['x', github] }],
    ['a.b', { a: { b: `see ${github}` } }],
  ])('at %s is found', (path, value) => {
    const [only, ...further] = lintToken({ ...jwt, claims: value }, 'id')
    expect(only).toMatchObject({ id: 'secret', code: 'secret_in_claims' })
    expect(only?.detail).toContain(`, and ${path} looks like a secret.`)
    expect(further).toEqual([])
  })
  it.each<Members>([
    { password: '' },
    { password: 7 },
    { password: null },
    { note: 'x' },
    { a: null, b: [null, 1, true] },
  ])('%j is none', (value) => {
    expect(claims(value, 'id')).toEqual([])
  })
  it('is looked for inside what is called one, too', () => {
    expect(claims({ password: { note: github } }, 'id')).toEqual(['secret secret_in_claims'])
  })
  it('is named five times at most', () => {
    const value = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, github]))
    expect(detail({ claims: value })).toContain(', and a, b, c, d, e looks')
  })
})
