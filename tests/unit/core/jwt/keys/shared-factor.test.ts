import { describe, expect, it } from 'vitest'
import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { findSharedFactor } from '../../../../../src/core/jwt/keys/shared-factor.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'

const encode = (value: bigint): string => {
  const digits = value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url')
}
// Primes of no secrecy, of Mersenne.
const [p, q, r] = [2n ** 521n - 1n, 2n ** 607n - 1n, 2n ** 1_279n - 1n]
const key = (modulus: bigint, kid?: string) => ({
  kty: 'RSA',
  e: 'AQAB',
  n: encode(modulus),
  ...(kid && { kid }),
})

describe('RSA keys at hand', () => {
  it.each([
    ['in one set', [{ keys: [key(p * q, 'one'), key(q * r, 'two')] }]],
    ['in two sets', [{ keys: [key(p * q, 'one')] }, undefined, { keys: [key(q * r, 'two')] }]],
    ['among others', [{ keys: [{ kty: 'EC' }, 7, key(p * q, 'one'), key(p * q, 'one'), key(r * p, 'two')] }]],
  ])('are named where two share a factor, %s', (_where, sets) => {
    expect(findSharedFactor(...sets)).toMatchObject([
      { id: 'attack-shared-factor', state: 'invalid', detail: expect.stringContaining('(one; two)') },
    ])
  })

  it('are not where none does, or one key appears twice', () => {
    expect(findSharedFactor({ keys: [key(p * q), key(p * q), key(r * (2n ** 2_203n - 1n))] })).toEqual([])
    expect(
      findSharedFactor({ keys: [{ kty: 'RSA', n: 'AA' }, { kty: 'RSA', n: 'AQ' }, key(p * q)] }),
    ).toEqual([])
    expect(findSharedFactor(undefined, { keys: [{ kty: 'RSA', n: '!' }, { kty: 'RSA' }] })).toEqual([])
  })

  it('are told with the token that one of them signed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const jwk = publicKey.export({ format: 'jwk' })
    const modulus = BigInt(`0x${Buffer.from(jwk.n ?? '', 'base64url').toString('hex')}`)
    const text = JSON.stringify({ keys: [{ ...jwk, kid: 'one' }, key(modulus * p, 'two')] })
    const given = readGivenKey({ text }, readPem)
    if (!given.ok) throw new Error(given.error.code)
    const token = await new SignJWT({ exp: 2_000_000_000 })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(privateKey)
    const { verdict } = await inspectToken(token, { now: 0, key: { given: given.value, text, writePem } })
    expect(verdict).toMatchObject({ state: 'refused', attacks: ['Attack: RSA keys with a common factor'] })
  })
})
