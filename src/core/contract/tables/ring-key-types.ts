import { keysOf } from './keys-of.ts'

interface RingKeyType {
  label: string
  /** The algorithm that it is made for: it decides what kind of key `jose` makes. */
  alg: string
  /** Bits of an RSA modulus. */
  modulusLength?: number
  crv?: string
  /** Bytes of a shared secret. */
  bytes?: number
}

/** Keys that can be made. */
export const ringKeyTypes = {
  'p-256': { label: 'EC P-256 (ES256)', alg: 'ES256' },
  'p-384': { label: 'EC P-384 (ES384)', alg: 'ES384' },
  'p-521': { label: 'EC P-521 (ES512)', alg: 'ES512' },
  ed25519: { label: 'OKP Ed25519 (EdDSA)', alg: 'Ed25519' },
  'rsa-2048': { label: 'RSA, 2,048 bits', alg: 'RS256', modulusLength: 2048 },
  'rsa-3072': { label: 'RSA, 3,072 bits', alg: 'RS256', modulusLength: 3072 },
  'rsa-4096': { label: 'RSA, 4,096 bits', alg: 'RS256', modulusLength: 4096 },
  x25519: { label: 'OKP X25519 (encryption)', alg: 'ECDH-ES', crv: 'X25519' },
  'ml-dsa-44': { label: 'ML-DSA-44 (post-quantum)', alg: 'ML-DSA-44' },
  'ml-dsa-65': { label: 'ML-DSA-65 (post-quantum)', alg: 'ML-DSA-65' },
  'ml-dsa-87': { label: 'ML-DSA-87 (post-quantum)', alg: 'ML-DSA-87' },
  'secret-32': { label: 'Shared secret, 32 bytes (HS256)', alg: 'HS256', bytes: 32 },
  'secret-48': { label: 'Shared secret, 48 bytes (HS384)', alg: 'HS384', bytes: 48 },
  'secret-64': { label: 'Shared secret, 64 bytes (HS512)', alg: 'HS512', bytes: 64 },
} as const satisfies Record<string, RingKeyType>

export type RingKeyTypeName = keyof typeof ringKeyTypes
export const ringKeyTypeNames = keysOf(ringKeyTypes)
/** What a key of this name is made of. */
export function ringKeyType(name: RingKeyTypeName): RingKeyType {
  return ringKeyTypes[name]
}

/** What can be copied of a key, and whether that must stay secret. */
export const ringKeyForms = {
  'public-jwk': { label: 'Public JWK', isSecret: false },
  'public-jwks': { label: 'Public JWK Set', isSecret: false },
  'public-pem': { label: 'Public key (PEM, SPKI)', isSecret: false },
  thumbprint: { label: 'Thumbprint (RFC 7638)', isSecret: false },
  'thumbprint-uri': { label: 'Thumbprint URI (RFC 9278)', isSecret: false },
  'private-jwk': { label: 'Private JWK', isSecret: true },
  'private-pem': { label: 'Private key (PEM, PKCS #8)', isSecret: true },
} as const satisfies Record<string, { label: string; isSecret: boolean }>

export type RingKeyForm = keyof typeof ringKeyForms
export const ringKeyFormNames = keysOf(ringKeyForms)
