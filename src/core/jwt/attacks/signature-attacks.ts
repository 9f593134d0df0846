import type { Check } from '@contract/tokens/tokens'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { named } from './named.ts'

/** Bytes of one half of a signature, and the order of the group (SEC 2; FIPS 186-5). */
const curves: Readonly<Record<string, { size: number; order: bigint }>> = {
  'P-256': { size: 32, order: BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551') },
  'P-384': {
    size: 48,
    order: BigInt(
      '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    ),
  },
  'P-521': {
    size: 66,
    order: BigInt(
      '0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
  },
  secp256k1: {
    size: 32,
    order: BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
  },
}

/** Signatures that no honest signer makes, and that defective libraries accept. */
export function nameSignature(header: JsonObject, signature: Uint8Array): Check[] {
  const { kty, crv = '', digest } = jwsAlgorithm(textMember(header, 'alg') ?? '') ?? {}
  if (signature.length === 0) return []
  const isZero = signature.every((byte) => byte === 0)
  switch (kty) {
    case 'EC':
      return isZero ? [psychic('all zeros')] : nameEcdsa(crv, signature)
    case 'OKP':
      return isZero ? [psychic('all zeros')] : nameEdwards(crv, signature)
    case 'RSA':
      if (signature.length === Number(digest?.slice(4)) / 8) return [kept('HMAC')]
      return isBlank(signature) ? [blank()] : []
    case 'oct':
      if (signature.length >= 128) return [kept('RSA')]
      return isZero && signature.length >= 32 ? [blank()] : []
    default:
      return []
  }
}

function nameEcdsa(crv: string, signature: Uint8Array): Check[] {
  const curve = Object.hasOwn(curves, crv) ? curves[crv] : undefined
  if (curve === undefined) return []
  // DER: SEQUENCE, length, INTEGER. The raw form of RFC 7518 section 3.4 has a fixed length of its own.
  if (signature.length !== 2 * curve.size) {
    if (hex(signature) === '3006020100020100') return [psychic('zero, in DER')]
    return signature[0] === 0x30 && (signature[2] === 0x02 || signature[3] === 0x02)
      ? [
          named(
            'der-signature',
            'ECDSA signature in DER',
            'RFC 7518 section 3.4',
            'The signature is in DER form; a JWS contains only R and S. Correct libraries refuse it.',
          ),
        ]
      : [
          named(
            'signature-length',
            'ECDSA signature of another length',
            'RFC 7518 section 3.4',
            `It has ${signature.length} bytes; ${crv} needs ${2 * curve.size}. It was truncated, or made for another curve.`,
          ),
        ]
  }
  const halves = [signature.subarray(0, curve.size), signature.subarray(curve.size)].map(numberOf)
  return halves.some((half) => half === 0n || half >= curve.order) ? [psychic('out of range')] : []
}

/** The order of the group of Ed25519 (RFC 8032 section 5.1). */
const edwardsOrder = 2n ** 252n + 27742317777372353535851937790883648493n

function nameEdwards(crv: string, signature: Uint8Array): Check[] {
  if (crv !== 'Ed25519') return []
  if (signature.length !== 64)
    return [
      named(
        'signature-length',
        'EdDSA signature of another length',
        'RFC 8037 section 3.1',
        `It has ${signature.length} bytes; ${crv} needs 64. It was truncated, or made for another curve.`,
      ),
    ]
  const half = numberOf(signature.subarray(32).toReversed())
  if (half === 0n) return [psychic('zero in its second half')]
  // A second form is the first with the order added one time; anything beyond is no signature at all.
  return half < edwardsOrder || half >= 2n * edwardsOrder
    ? []
    : [
        named(
          'signature-second',
          'Attack: second form of a signature',
          'RFC 8032 section 5.1.7',
          'Its second half is larger than the order of the group: libraries that do not look accept a second signature of the same token.',
        ),
      ]
}

/** Zero or one as a number, which RSA makes of itself whatever the key. */
function isBlank(signature: Uint8Array): boolean {
  return signature.length >= 128 && numberOf(signature) <= 1n
}

function blank(): Check {
  return named(
    'blank-signature',
    'Attack: blank signature',
    'RFC 8725 section 2.1',
    'The signature is a number that every defective check calculates: an API that does not look at the padding, or compares nothing, accepts it.',
  )
}

function kept(other: string): Check {
  return named(
    'alg-changed',
    'Attack: algorithm changed',
    'RFC 8725 section 2.1',
    `The signature has the length of one by ${other}: alg was changed, to see whether an API takes its key for one of the other kind.`,
  )
}

function psychic(how: string): Check {
  return named(
    'psychic-signature',
    'Attack: psychic signature',
    'CVE-2022-21449',
    `The signature is ${how}. An API on a runtime with this defect accepts it for any claims.`,
  )
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes)}`)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
