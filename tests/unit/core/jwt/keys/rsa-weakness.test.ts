import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCompactJws } from '../../../../../src/core/jwt/text/compact.ts'
import { rsaWeakness } from '../../../../../src/core/jwt/keys/rsa-weakness.ts'
import { verifySignature } from '../../../../../src/core/jwt/keys/verify-signature.ts'

const encode = (value: bigint): string => {
  const digits = value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url')
}
// The generator of CVE-2017-15361 makes moduli that are powers of 65537 modulo every small prime, as this one is.
const broken = 65537n ** 128n
let n: string
let text: string
beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  n = (await exportJWK(publicKey)).n ?? ''
  text = await new SignJWT({ sub: 'a' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
})

describe('rsaWeakness', () => {
  it('finds none in an ordinary key, whatever its sound exponent', () => {
    for (const e of [3n, 17n, 65537n]) expect(rsaWeakness({ n, e: encode(e) })).toBeUndefined()
  })

  it('finds a modulus below 2048 bits, to the bit', () => {
    const odd = (bits: bigint) => encode((1n << (bits - 1n)) + 1n)
    expect(rsaWeakness({ n: odd(2_047n), e: 'AQAB' })).toContain('2047 bits')
    expect(rsaWeakness({ n: odd(2_048n), e: 'AQAB' })).toBeUndefined()
  })

  it.each([1n, 2n, 65_536n])('finds the exponent %s', (e) => {
    expect(rsaWeakness({ n, e: encode(e) })).toContain(`exponent ${e}`)
  })

  it('finds a modulus of the broken generator, and no neighbour of it', () => {
    expect(rsaWeakness({ n: encode(broken), e: 'AQAB' })).toContain('CVE-2017-15361')
    expect(rsaWeakness({ n: encode(broken + 2n), e: 'AQAB' })).toBeUndefined()
  })

  it('reads no numbers that are none, or beyond bounds', () => {
    const none = 'its numbers are not base64url'
    expect(rsaWeakness({ n: '+/', e: 'AQAB' })).toBe(none)
    expect(rsaWeakness({ n, e: '' })).toBe(none)
    expect(rsaWeakness({ n })).toBe(none)
    expect(rsaWeakness({ e: 'AQAB' })).toBe(none)
    const bytes = (length: number) => Buffer.alloc(length, 0xff).toString('base64url')
    expect(rsaWeakness({ n: bytes(2_049), e: 'AQAB' })).toBe(none)
    expect(rsaWeakness({ n: bytes(2_048), e: 'AQAB' })).toBeUndefined()
  })
})

describe('a signature by a weak RSA key', () => {
  it.each([
    ['exponent 1', () => ({ n, e: 'AQ' })],
    ['CVE-2017-15361', () => ({ n: encode(broken), e: 'AQAB' })],
  ])('is not verified: %s', async (words, numbers) => {
    const jws = readCompactJws(text)
    if (!jws.ok) throw new Error('not a JWS')
    const outcome = await verifySignature(jws.value, { keys: { keys: [{ kty: 'RSA', ...numbers() }] } })
    expect(outcome).toMatchObject({ state: 'invalid', code: 'key_unusable' })
    expect('message' in outcome && outcome.message).toContain(words)
  })
})
