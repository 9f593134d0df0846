import { contentEncryptions } from '@contract/tables/token-forms'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** A way to get at the content's key (RFC 7518 section 4.1). */
interface KeyManagement {
  /** The kind of key that it needs; `password` is any secret. */
  needs: 'RSA' | 'agreement' | 'direct' | 'password' | number
  /** In words. */
  words: string
  supported: boolean
}

/** The key management algorithms of RFC 7518 section 4.1 and RFC 8037. */
const keyManagement: Readonly<Record<string, KeyManagement>> = {
  'RSA-OAEP-256': rsa('RSA-OAEP with SHA-256'),
  'RSA-OAEP': rsa('RSA-OAEP with SHA-1'),
  'RSA-OAEP-384': rsa('RSA-OAEP with SHA-384'),
  'RSA-OAEP-512': rsa('RSA-OAEP with SHA-512'),
  RSA1_5: rsa('RSA PKCS #1 v1.5', false),
  'ECDH-ES': agreement('a key agreed on (ECDH-ES)'),
  'ECDH-ES+A128KW': agreement('ECDH-ES and AES key wrap, 128 bits'),
  'ECDH-ES+A192KW': agreement('ECDH-ES and AES key wrap, 192 bits'),
  'ECDH-ES+A256KW': agreement('ECDH-ES and AES key wrap, 256 bits'),
  dir: { needs: 'direct', words: 'the shared secret itself', supported: true },
  A128KW: wrap(16, 'AES key wrap, 128 bits'),
  A192KW: wrap(24, 'AES key wrap, 192 bits'),
  A256KW: wrap(32, 'AES key wrap, 256 bits'),
  A128GCMKW: wrap(16, 'AES-GCM key wrap, 128 bits'),
  A192GCMKW: wrap(24, 'AES-GCM key wrap, 192 bits'),
  A256GCMKW: wrap(32, 'AES-GCM key wrap, 256 bits'),
  'PBES2-HS256+A128KW': password('a password (PBES2), 128 bits'),
  'PBES2-HS384+A192KW': password('a password (PBES2), 192 bits'),
  'PBES2-HS512+A256KW': password('a password (PBES2), 256 bits'),
}

/** Undefined where it is no registered key management algorithm. */
export function keyManagementOf(alg: string): KeyManagement | undefined {
  return Object.hasOwn(keyManagement, alg) ? keyManagement[alg] : undefined
}

/** Whether the same secret encrypts and decrypts, so that the recipient too could have made what it opens. */
export function isSharedAlgorithm(alg: string): boolean {
  const needs = keyManagementOf(alg)?.needs
  return needs !== undefined && needs !== 'RSA' && needs !== 'agreement'
}

/** Curves for key agreement, and the type of their keys (RFC 7518 section 6.2, RFC 8037 section 2). */
const agreeing: Readonly<Record<string, string>> = {
  'P-256': 'EC',
  'P-384': 'EC',
  'P-521': 'EC',
  X25519: 'OKP',
}

/** The algorithms that a public or private key can encrypt to; its own `alg` alone where it names one that fits, none
 *  where it is reserved for signatures (RFC 7517 sections 4.2 and 4.4). */
export function encryptionOf(jwk: JsonObject): string[] {
  if (jwk['use'] === 'sig') return []
  const kty = textMember(jwk, 'kty')
  const crv = textMember(jwk, 'crv') ?? ''
  const agrees = kty !== undefined && Object.hasOwn(agreeing, crv) && agreeing[crv] === kty
  const needs = kty === 'RSA' ? 'RSA' : agrees ? 'agreement' : undefined
  const fit = namesOf((each) => each === needs)
  return reserved(fit, textMember(jwk, 'alg'))
}

/** The algorithms that a shared secret of so many bytes can encrypt with; `alg` is what it is reserved for. */
export function secretEncryption(bytes: number, alg: string | undefined): string[] {
  const sizes: number[] = Object.values(contentEncryptions)
  const fit = namesOf(
    (needs) => needs === bytes || needs === 'password' || (needs === 'direct' && sizes.includes(bytes)),
  )
  // A password is what fits last: bytes of the right number are meant as a key.
  return reserved(fit, alg)
}

function namesOf(fits: (needs: KeyManagement['needs']) => boolean): string[] {
  return Object.entries(keyManagement)
    .filter(([, { needs, supported }]) => supported && fits(needs))
    .map(([name]) => name)
}

function reserved(fit: string[], alg: string | undefined): string[] {
  return alg === undefined ? fit : fit.filter((name) => name === alg)
}

function rsa(words: string, supported = true): KeyManagement {
  return { needs: 'RSA', words, supported }
}
function agreement(words: string): KeyManagement {
  return { needs: 'agreement', words, supported: true }
}
function wrap(bytes: number, words: string): KeyManagement {
  return { needs: bytes, words, supported: true }
}
function password(words: string): KeyManagement {
  return { needs: 'password', words, supported: true }
}
