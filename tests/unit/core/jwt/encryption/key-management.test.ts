import { describe, expect, it } from 'vitest'
import {
  encryptionOf,
  isSharedAlgorithm,
  keyManagementOf,
  secretEncryption,
} from '../../../../../src/core/jwt/encryption/key-management.ts'

const rsa = ['RSA-OAEP-256', 'RSA-OAEP', 'RSA-OAEP-384', 'RSA-OAEP-512']
const agreement = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW']
const passwords = ['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW']

describe('key management algorithms', () => {
  it.each<[string, string | number, string]>([
    ['RSA-OAEP-256', 'RSA', 'RSA-OAEP with SHA-256'],
    ['RSA-OAEP', 'RSA', 'RSA-OAEP with SHA-1'],
    ['RSA-OAEP-384', 'RSA', 'RSA-OAEP with SHA-384'],
    ['RSA-OAEP-512', 'RSA', 'RSA-OAEP with SHA-512'],
    ['ECDH-ES', 'agreement', 'a key agreed on (ECDH-ES)'],
    ['ECDH-ES+A128KW', 'agreement', 'ECDH-ES and AES key wrap, 128 bits'],
    ['ECDH-ES+A192KW', 'agreement', 'ECDH-ES and AES key wrap, 192 bits'],
    ['ECDH-ES+A256KW', 'agreement', 'ECDH-ES and AES key wrap, 256 bits'],
    ['dir', 'direct', 'the shared secret itself'],
    ['A128KW', 16, 'AES key wrap, 128 bits'],
    ['A192KW', 24, 'AES key wrap, 192 bits'],
    ['A256KW', 32, 'AES key wrap, 256 bits'],
    ['A128GCMKW', 16, 'AES-GCM key wrap, 128 bits'],
    ['A192GCMKW', 24, 'AES-GCM key wrap, 192 bits'],
    ['A256GCMKW', 32, 'AES-GCM key wrap, 256 bits'],
    ['PBES2-HS256+A128KW', 'password', 'a password (PBES2), 128 bits'],
    ['PBES2-HS384+A192KW', 'password', 'a password (PBES2), 192 bits'],
    ['PBES2-HS512+A256KW', 'password', 'a password (PBES2), 256 bits'],
  ])('%s needs %s', (alg, needs, words) => {
    expect(keyManagementOf(alg)).toEqual({ needs, words, supported: true })
    expect(isSharedAlgorithm(alg)).toBe(needs !== 'RSA' && needs !== 'agreement')
  })
  it('RSA1_5 is known and not used', () => {
    expect(keyManagementOf('RSA1_5')).toMatchObject({ needs: 'RSA', supported: false })
    expect(isSharedAlgorithm('RSA1_5')).toBe(false)
  })
  it.each(['', 'RS256', 'constructor'])('%j is none', (alg) => {
    expect(keyManagementOf(alg)).toBeUndefined()
    expect(isSharedAlgorithm(alg)).toBe(false)
  })
})

it.each<[Record<string, unknown>, string[]]>([
  [{ kty: 'RSA' }, rsa],
  [{ kty: 'RSA', use: 'enc' }, rsa],
  [{ kty: 'RSA', use: 'sig' }, []],
  [{ kty: 'RSA', alg: 'RSA-OAEP' }, ['RSA-OAEP']],
  [{ kty: 'RSA', alg: 'RSA1_5' }, []],
  [{ kty: 'RSA', alg: 'RS256' }, []],
  [{ kty: 'RSA', alg: 'ECDH-ES' }, []],
  [{ kty: 'EC', crv: 'P-256' }, agreement],
  [{ kty: 'EC', crv: 'P-384' }, agreement],
  [{ kty: 'EC', crv: 'P-521' }, agreement],
  [{ kty: 'OKP', crv: 'X25519' }, agreement],
  [{ kty: 'EC', crv: 'P-256', alg: 'ECDH-ES+A256KW' }, ['ECDH-ES+A256KW']],
  [{ kty: 'EC', crv: 'secp256k1' }, []],
  [{ kty: 'EC' }, []],
  [{}, []],
])('the public key %j is encrypted to with %j', (jwk, algorithms) => {
  expect(encryptionOf(jwk)).toEqual(algorithms)
})

it.each<[number, string | undefined, string[]]>([
  [5, undefined, passwords],
  [16, undefined, ['dir', 'A128KW', 'A128GCMKW', ...passwords]],
  [24, undefined, ['dir', 'A192KW', 'A192GCMKW', ...passwords]],
  [32, undefined, ['dir', 'A256KW', 'A256GCMKW', ...passwords]],
  [48, undefined, ['dir', ...passwords]],
  [64, undefined, ['dir', ...passwords]],
  [32, 'dir', ['dir']],
  [32, 'A128KW', []],
  [32, 'HS256', []],
])('a secret of %d bytes for %j encrypts with %j', (bytes, alg, algorithms) => {
  expect(secretEncryption(bytes, alg)).toEqual(algorithms)
})
