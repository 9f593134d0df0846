import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, type CompactJWEHeaderParameters } from 'jose'
import type { EncryptionAlgValues, EncryptionEncValues } from 'oidc-provider'

/** How an access token is encrypted for its API, in the words of oidc-provider. */
export type Envelope = { alg: EncryptionAlgValues; enc: EncryptionEncValues; key: KeyObject; kid?: string }

const content = 'A256GCM'

/** Opens what was encrypted for this playground's own API; undefined where it is for someone else, or is not sound. */
export type OpenToken = (token: string) => Promise<string | undefined>

/** Whether a text has the five parts of a JWE in compact form (RFC 7516 section 7.1). */
export function isEncrypted(token: string): boolean {
  return token.split('.').length === 5
}

/**
 * For an API that gave its public key that key, by the algorithm it names or the usual one of its kind; for the
 * playground's own API a secret that both of its halves have (`dir`, RFC 7518 section 4.5).
 */
export function envelopeFor(own: Buffer, publicKey: Readonly<Record<string, unknown>> | undefined): Envelope {
  if (publicKey === undefined) return { alg: 'dir', enc: content, key: createSecretKey(own) }
  const { kty, alg, kid } = publicKey
  return {
    alg: typeof alg === 'string' ? (alg as EncryptionAlgValues) : kty === 'RSA' ? 'RSA-OAEP-256' : 'ECDH-ES',
    enc: content,
    key: createPublicKey({ key: publicKey as JsonWebKey, format: 'jwk' }),
    ...(typeof kid === 'string' ? { kid } : {}),
  }
}

/** What is wrong with a public key for encryption, or nothing. */
export function judgeEncryptionKey(key: Readonly<Record<string, unknown>>): string | undefined {
  if ('d' in key || 'k' in key) return 'must be a public key'
  const { alg } = key
  if (alg !== undefined && (typeof alg !== 'string' || !algorithms.includes(alg)))
    return `must have an alg of ${algorithms.join(', ')}`
  try {
    const { key: read } = envelopeFor(Buffer.alloc(32), key)
    const isElliptic = read.asymmetricKeyType === 'ec' || read.asymmetricKeyType === 'x25519'
    if (read.asymmetricKeyType !== 'rsa' && !isElliptic) return 'must be a key of RSA, EC or X25519'
    if (alg !== undefined && alg.startsWith('ECDH') !== isElliptic) return 'has an alg of another kind of key'
    return undefined
  } catch {
    return 'must be a public key as JWK'
  }
}

const algorithms = ['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW']

export function createOpenToken(own: Buffer): OpenToken {
  return async (token) => {
    try {
      if (decodeProtectedHeader(token).alg !== 'dir') return undefined
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: [content] }
      return new TextDecoder().decode((await compactDecrypt(token, own, options)).plaintext)
    } catch {
      return undefined
    }
  }
}

/** Encrypts another JWT in the place of the one that a token held. */
export async function closeToken(jwt: string, like: string, own: Buffer): Promise<string> {
  const header = decodeProtectedHeader(like) as CompactJWEHeaderParameters
  return new CompactEncrypt(new TextEncoder().encode(jwt)).setProtectedHeader(header).encrypt(own)
}
