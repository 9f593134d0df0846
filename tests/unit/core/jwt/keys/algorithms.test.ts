import { expect, it } from 'vitest'
import { isNone, jwsAlgorithm } from '../../../../../src/core/jwt/keys/algorithms.ts'

it.each([
  ['HS256', 'oct', undefined, 'HMAC with SHA-256', 'SHA-256', 'always'],
  ['HS384', 'oct', undefined, 'HMAC with SHA-384', 'SHA-384', 'always'],
  ['HS512', 'oct', undefined, 'HMAC with SHA-512', 'SHA-512', 'always'],
  ['RS256', 'RSA', undefined, 'RSA PKCS #1 v1.5 with SHA-256', 'SHA-256', 'always'],
  ['RS384', 'RSA', undefined, 'RSA PKCS #1 v1.5 with SHA-384', 'SHA-384', 'always'],
  ['RS512', 'RSA', undefined, 'RSA PKCS #1 v1.5 with SHA-512', 'SHA-512', 'always'],
  ['PS256', 'RSA', undefined, 'RSA-PSS with SHA-256', 'SHA-256', 'always'],
  ['PS384', 'RSA', undefined, 'RSA-PSS with SHA-384', 'SHA-384', 'always'],
  ['PS512', 'RSA', undefined, 'RSA-PSS with SHA-512', 'SHA-512', 'always'],
  ['ES256', 'EC', 'P-256', 'ECDSA on P-256 with SHA-256', 'SHA-256', 'always'],
  ['ES384', 'EC', 'P-384', 'ECDSA on P-384 with SHA-384', 'SHA-384', 'always'],
  ['ES512', 'EC', 'P-521', 'ECDSA on P-521 with SHA-512', 'SHA-512', 'always'],
  ['ES256K', 'EC', 'secp256k1', 'ECDSA on secp256k1 with SHA-256', 'SHA-256', 'never'],
  ['EdDSA', 'OKP', 'Ed25519', 'EdDSA on Ed25519', 'SHA-512', 'always'],
  ['Ed25519', 'OKP', 'Ed25519', 'EdDSA on Ed25519', 'SHA-512', 'always'],
  ['Ed448', 'OKP', 'Ed448', 'EdDSA on Ed448', undefined, 'never'],
  ['ML-DSA-44', 'AKP', undefined, 'ML-DSA-44, a post-quantum signature', undefined, 'runtime'],
  ['ML-DSA-65', 'AKP', undefined, 'ML-DSA-65, a post-quantum signature', undefined, 'runtime'],
  ['ML-DSA-87', 'AKP', undefined, 'ML-DSA-87, a post-quantum signature', undefined, 'runtime'],
])('knows %s', (alg, kty, crv, words, digest, supported) => {
  expect(jwsAlgorithm(alg)).toEqual({
    kty,
    words,
    supported,
    ...(crv !== undefined && { crv }),
    ...(digest !== undefined && { digest }),
  })
})

it.each(['', 'none', 'hs256', 'RS1', 'HS', 'toString', '__proto__'])('knows no %j', (alg) => {
  expect(jwsAlgorithm(alg)).toBeUndefined()
})

it.each([
  ['none', true],
  ['NoNe', true],
  ['', false],
  ['none ', false],
  ['HS256', false],
])('takes %j for unsigned: %s', (alg, expected) => {
  expect(isNone(alg)).toBe(expected)
})
