import { generateKeyPairSync } from 'node:crypto'
import { CompactEncrypt, errors, importJWK, SignJWT, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { isNotSupported, keyFault } from '../../../../../src/core/jwt/keys/key-fault.ts'

type Key = Record<string, unknown>
const missing = 'a part of it is missing or of another type'
const another = 'its type or curve is not that of its algorithm'
const short = 'it is too short for its algorithm'
const unsupported = 'its type or algorithm is not supported'
const unsound = 'its members do not form a key for its algorithm'
const reserved = 'it is not meant for signing (key_ops)'

const rsa = (bits: number): Key => privateJwk(generateKeyPairSync('rsa', { modulusLength: bits }))
const ec = (namedCurve: string): Key => privateJwk(generateKeyPairSync('ec', { namedCurve }))
function privateJwk({ privateKey }: ReturnType<typeof generateKeyPairSync>): Key {
  return { ...privateKey.export({ format: 'jwk' }) }
}
function without(key: Key, ...names: string[]): Key {
  return Object.fromEntries(Object.entries(key).filter(([name]) => !names.includes(name)))
}

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act()
  } catch (thrown) {
    return thrown
  }
  throw new Error('nothing was thrown')
}
/** What jose and Web Crypto throw where a key is used, and what is said of it. */
async function refusal(key: Key, alg: string) {
  const thrown = await thrownBy(async () => {
    const ready = await importJWK(key as JWK, alg)
    await (alg.startsWith('RSA-') || alg.startsWith('ECDH')
      ? new CompactEncrypt(new Uint8Array(1)).setProtectedHeader({ alg, enc: 'A128GCM' }).encrypt(ready)
      : new SignJWT({}).setProtectedHeader({ alg }).sign(ready))
  })
  expect(thrown).toBeInstanceOf(Error)
  return keyFault(thrown, key, alg)
}

const long = rsa(2_048)
const tooShort = rsa(1_024)
const p256 = ec('P-256')
const publicRsa = (key: Key): Key => ({ kty: 'RSA', n: key['n'], e: key['e'] })

describe('why jose or Web Crypto refused a key', () => {
  it.each<[string, string, Key, string]>([
    ['no modulus', missing, without(long, 'n'), 'RS256'],
    ['a modulus that is a number', missing, { ...long, n: 5 }, 'RS256'],
    ['no exponent', missing, { kty: 'RSA', n: long['n'] }, 'RSA-OAEP-256'],
    ['no type', missing, without(long, 'kty'), 'RS256'],
    ['one prime alone', missing, without(long, 'q'), 'RS256'],
    ['none of the primes', missing, without(long, 'p', 'q', 'dp', 'dq', 'qi'), 'RS256'],
    ['no private exponent', missing, without(long, 'd'), 'RS256'],
    ['no x', missing, without(p256, 'x'), 'ES256'],
    ['a private part of another type', missing, { ...without(p256, 'd'), p: 'AAAA' }, 'ES256'],
    ['no private part of Ed25519', missing, { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', k: 'AAAA' }, 'EdDSA'],
    ['RSA for ES256', another, long, 'ES256'],
    ['P-256 for ES384', another, p256, 'ES384'],
    ['P-256 for RSA-OAEP', another, without(p256, 'd'), 'RSA-OAEP'],
    ['RSA for ECDH-ES', another, publicRsa(long), 'ECDH-ES'],
    ['1024 bits to sign', short, tooShort, 'PS384'],
    ['1024 bits to encrypt', short, publicRsa(tooShort), 'RSA-OAEP-256'],
    ['a type that no one knows', unsupported, { kty: 'odd' }, 'none that is known'],
    ['a curve that the runtime may lack', unsupported, ec('secp256k1'), 'ES256K'],
    ['a point off its curve', unsound, { ...p256, x: p256['y'] }, 'ES256'],
    ['a modulus that is no base64url', unsound, { ...long, n: '*' }, 'RS256'],
    ['Ed25519 of three bytes', unsound, { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', d: 'AAAA' }, 'EdDSA'],
    ['X25519 of three bytes', unsound, { kty: 'OKP', crv: 'X25519', x: 'AAAA' }, 'ECDH-ES'],
    ['a key for verifying', reserved, { ...p256, key_ops: ['verify'] }, 'ES256'],
    ['uses that are no list', reserved, { ...p256, key_ops: 'sign' }, 'ES256'],
    ['uses that allow it', unsound, { ...p256, x: p256['y'], key_ops: ['sign'] }, 'ES256'],
  ])('is said in words of this program: %s', async (_what, says, key, alg) => {
    expect(await refusal(key, alg)).toBe(says)
  })

  it('is not that it is too short at 2048 bits', () => {
    const n = (first: number) => encodeBase64url(new Uint8Array(256).fill(255).fill(first, 0, 1))
    expect(keyFault(new TypeError(), { ...publicRsa(long), n: n(0x80) }, 'RS256')).toBe(unsound)
    expect(keyFault(new TypeError(), { ...publicRsa(long), n: n(0x7f) }, 'RS256')).toBe(short)
  })
  it('is told of ML-DSA, too, which not every runtime has', () => {
    const key = { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }
    expect(keyFault(new TypeError(), { ...key, d: 'AA' }, 'ML-DSA-44')).toBe(missing)
    expect(keyFault(new TypeError(), { ...key, priv: 'AA' }, 'ML-DSA-44')).toBe(unsound)
    expect(keyFault(new TypeError(), without(key, 'pub'), 'ML-DSA-44')).toBe(missing)
    expect(keyFault(new TypeError(), long, 'ML-DSA-44')).toBe(another)
  })
  it('is told of a shared secret by the class of the error alone', () => {
    const secret = new Uint8Array(32)
    expect(keyFault(new errors.JOSENotSupported(), secret, 'HS256')).toBe(unsupported)
    expect(keyFault(new TypeError('unsupported, too short, missing'), secret, 'HS256')).toBe(unsound)
    expect(keyFault('anything', secret, 'HS256')).toBe(unsound)
  })
})

it('what is not supported is known by class, whatever is said', () => {
  expect(isNotSupported(new errors.JOSENotSupported('anything'))).toBe(true)
  expect(isNotSupported(new DOMException('anything', 'NotSupportedError'))).toBe(true)
  expect(isNotSupported(new DOMException('not supported', 'DataError'))).toBe(false)
  expect(isNotSupported(new errors.JWSInvalid('not supported'))).toBe(false)
  expect(isNotSupported({ name: 'NotSupportedError' })).toBe(false)
  expect(isNotSupported(undefined)).toBe(false)
})
