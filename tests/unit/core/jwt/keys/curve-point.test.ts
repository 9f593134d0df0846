import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { liesOnCurve } from '../../../../../src/core/jwt/keys/curve-point.ts'
import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'

/** The primes in the form of FIPS 186-4 appendix D.1.2. */
const primes: Record<string, bigint> = {
  ES256: BigInt(`0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff`),
  ES384: BigInt(
    `0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff`,
  ),
  ES512: BigInt(`0x1ff${'ff'.repeat(64)}`),
}
const number = (text = '') => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`)
const text = (value: bigint) => {
  const hex = value.toString(16)
  return encodeBase64url(new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')))
}

describe.each(['ES256', 'ES384', 'ES512'])('the curve of %s', (alg) => {
  const prime = primes[alg] ?? 0n
  it('tells its points from others', async () => {
    const { publicKey } = await generateKeyPair(alg, { extractable: true })
    const { kty, crv, x, y } = await exportJWK(publicKey)
    expect(liesOnCurve({ kty, crv, x, y })).toBe(true)
    expect(liesOnCurve({ kty, crv, x, y: text(prime - number(y)) })).toBe(true)
    expect(liesOnCurve({ kty, crv, x, y: x })).toBe(false)
    expect(liesOnCurve({ kty, crv, x, y: text(number(y) + 1n) })).toBe(false)
    // Each coordinate is smaller than the prime (SEC 1 section 3.2.2.1).
    expect(liesOnCurve({ kty, crv, x: text(number(x) + prime), y })).toBe(false)
    expect(liesOnCurve({ kty, crv, x, y: text(number(y) + prime) })).toBe(false)
  })
})

describe('nothing is said', () => {
  const point = { crv: 'P-256', x: 'AQ', y: 'AQ' }
  it.each([
    ['another curve', { ...point, crv: 'X25519' }],
    ['a name that every object has', { ...point, crv: 'constructor' }],
    ['no curve', { ...point, crv: undefined }],
    ['no x', { ...point, x: undefined }],
    ['no y', { ...point, y: undefined }],
    ['an empty x', { ...point, x: '' }],
    ['a y that is not base64url', { ...point, y: '*' }],
  ])('of %s', (_what, jwk) => {
    expect(liesOnCurve(jwk)).toBeUndefined()
  })
  it('where both are there it is', () => {
    expect(liesOnCurve(point)).toBe(false)
  })
})

it('two hundred characters of a coordinate are read', () => {
  const point = { crv: 'P-256', x: 'AQ' }
  expect(liesOnCurve({ ...point, y: `${'A'.repeat(200)}*` })).toBe(false)
  expect(liesOnCurve({ ...point, y: `${'A'.repeat(199)}*` })).toBeUndefined()
})
