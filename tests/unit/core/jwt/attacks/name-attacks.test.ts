import { describe, expect, it } from 'vitest'
import { nameAttacks } from '../../../../../src/core/jwt/attacks/name-attacks.ts'
import type { DecodedJwt } from '../../../../../src/core/jwt/text/decode.ts'
import { encode, seconds } from '../sample.ts'

const base: DecodedJwt = {
  format: 'jwt',
  text: '',
  surroundings: [],
  header: { alg: 'RS256' },
  claims: {},
  segments: ['', '', 'c2ln'],
  duplicates: [],
}
const named = (token: Partial<DecodedJwt>) => nameAttacks({ ...base, ...token })
const ids = (token: Partial<DecodedJwt>) => named(token).map(({ id }) => id)
const header = (value: Record<string, unknown>) => ids({ header: { alg: 'RS256', ...value } })
const claims = (value: Record<string, unknown>) => named({ claims: value })
const year = 365.25 * 86_400

it('an ordinary token looks like no attack', () => {
  expect(named({ claims: { iat: seconds, nbf: seconds, exp: seconds + 3_600 } })).toEqual([])
  expect(ids({ header: {} })).toEqual([])
  expect(ids({ header: { alg: 7 } })).toEqual([])
})

it('each is a notice with a code of its own, and all are told', () => {
  const checks = named({
    header: { alg: 'none', kid: '', jku: 'a', x5u: 'b', x5c: [], jwk: {}, crit: ['x'], b64: false },
    claims: { exp: 'soon' },
    duplicates: ['alg'],
    nested: `${encode({ alg: 'none' })}.e30.`,
  })
  expect(checks.map(({ id, code, source }) => [id, code, source])).toEqual([
    ['attack-alg-none', 'alg_none', 'RFC 8725 section 2.1'],
    ['attack-kid', 'kid', 'RFC 8725 section 3.10'],
    ['attack-jku-fetched', 'jku_fetched', 'RFC 8725 section 3.10'],
    ['attack-x5u-fetched', 'x5u_fetched', 'RFC 8725 section 3.10'],
    ['attack-x5c-embedded', 'x5c_embedded', 'RFC 8725 section 3.10'],
    ['attack-jwk-embedded', 'jwk_embedded', 'RFC 8725 section 3.10'],
    ['attack-crit', 'crit', 'RFC 7515 section 4.1.11'],
    ['attack-b64-false', 'b64_false', 'RFC 7797 section 7'],
    ['attack-time', 'time', 'RFC 7519 section 2'],
    ['attack-duplicate-members', 'duplicate_members', 'RFC 8725 section 2.4'],
    ['attack-inner-unsigned', 'inner_unsigned', 'RFC 8725 section 2.3'],
  ])
  expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['notice']))
})

describe('the header', () => {
  it.each(['', ' ', '\t'])('names no algorithm by %j', (alg) => {
    expect(header({ alg })).toEqual(['attack-alg-missing'])
  })
  it('may hold its key where it is a DPoP proof, in any spelling of the type', () => {
    expect(header({ jwk: {}, typ: 'DPoP+JWT' })).toEqual([])
    expect(header({ jwk: {}, typ: 'JWT' })).toEqual(['attack-jwk-embedded'])
    expect(header({ jwk: {} })).toEqual(['attack-jwk-embedded'])
    expect(header({ jwk: 'text' })).toEqual(['attack-jwk-embedded'])
    expect(header({ jwk: 'text', typ: 'dpop+jwt' })).toEqual(['attack-jwk-embedded'])
  })
  it('is told for each address of a key, with the address', () => {
    const [only, ...further] = named({ header: { alg: 'RS256', x5u: 'https://evil.example/' } })
    expect(only?.detail).toContain('https://evil.example/')
    expect(only?.label).toBe('Attack: key from x5u')
    expect(further).toEqual([])
  })
  it('demands extensions by their names, as far as they are short', () => {
    const detail = (crit: unknown) => named({ header: { alg: 'RS256', crit } })[0]?.detail ?? ''
    expect(detail(['a', 7])).toContain('a, 7')
    expect(detail('exp')).toContain('not a list')
    expect(detail(Array(50).fill('x'.repeat(50))).length).toBeLessThan(400)
  })
  it('may say that the payload is encoded', () => {
    expect(header({ b64: true })).toEqual([])
  })
})

describe('a signature', () => {
  it('is looked at where it can be read', () => {
    const es = { alg: 'ES256' }
    const zeros = 'A'.repeat(86)
    expect(ids({ header: es, segments: ['', '', zeros] })).toEqual(['attack-psychic-signature'])
    expect(ids({ header: es, segments: ['', '', `${zeros}=`] })).toEqual([])
  })
})

describe('a time', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['text', { exp: '1' }, 'exp'],
    ['null', { nbf: null }, 'nbf'],
    ['negative', { iat: -1 }, 'iat'],
    ['milliseconds', { iat: seconds * 1_000 }, 'iat'],
    ['milliseconds', { nbf: seconds * 1_000 }, 'nbf'],
    ['more than ten years after it was made', { iat: seconds, exp: seconds + 10 * year + 1 }, 'exp'],
    ['more than ten years after its begin', { nbf: seconds, exp: seconds + 10 * year + 1 }, 'exp'],
    ['after 2043', { exp: 2_000_000_000 + 10 * year + 1 }, 'exp'],
  ])('that is %s is called by its name: %j', (_what, value, name) => {
    const [only, ...further] = claims(value)
    expect(only).toMatchObject({ id: 'attack-time', label: `Attack or mistake: time in ${name}` })
    expect(further).toEqual([])
  })
  it.each<Record<string, unknown>>([
    { iat: seconds, exp: seconds + 10 * year },
    { nbf: seconds, exp: seconds + 10 * year },
    { iat: seconds, nbf: seconds - year, exp: seconds + 10 * year },
    { exp: 2_000_000_000 + 10 * year },
    { nbf: 2_000_000_001 + 10 * year },
    { iat: 2_000_000_001 + 10 * year },
    { exp: 0 },
  ])('that is merely odd is not: %j', (value) => {
    expect(claims(value)).toEqual([])
  })
  it('says what is wrong with it', () => {
    const said = (value: Record<string, unknown>) => claims(value)[0]?.detail ?? ''
    expect(said({ exp: '1' })).toContain('as text')
    expect(said({ exp: seconds * 1_000 })).toContain('milliseconds')
    expect(said({ iat: seconds, exp: seconds + 11 * year })).toContain('never expires.')
    expect(said({ iat: seconds, exp: seconds + 11 * year })).not.toContain('milliseconds')
  })
})

it('of names that occur twice five are told', () => {
  const [only] = named({ duplicates: ['a', 'b', 'c', 'd', 'e', 'f'] })
  expect(only?.detail).toMatch(/^a, b, c, d, e: /)
})

describe('a token inside', () => {
  it.each([
    ['is signed', `${encode({ alg: 'RS256' })}.e30.c2ln`],
    ['has no algorithm', `${encode({})}.e30.`],
    ['is no JSON', 'AAAA.e30.'],
    ['is no base64url', '*.e30.'],
  ])('that %s is not called unsigned', (_what, nested) => {
    expect(ids({ nested })).toEqual([])
  })
  it.each(['none', 'NONE'])('with alg %s is', (alg) => {
    expect(ids({ nested: `${encode({ alg })}.e30.` })).toEqual(['attack-inner-unsigned'])
  })
})
