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
  const { kty, crv = '' } = jwsAlgorithm(textMember(header, 'alg') ?? '') ?? {}
  if (signature.length === 0) return []
  if ((kty === 'OKP' || kty === 'EC') && signature.every((byte) => byte === 0)) return [psychic('all zeros')]
  const curve = Object.hasOwn(curves, crv) ? curves[crv] : undefined
  if (curve === undefined) return []
  // DER: SEQUENCE, length, INTEGER. The raw form of RFC 7518 section 3.4 has a fixed length of its own.
  if (signature.length !== 2 * curve.size)
    return signature[0] === 0x30 && (signature[2] === 0x02 || signature[3] === 0x02)
      ? [
          named(
            'der-signature',
            'ECDSA signature in DER',
            'RFC 7518 section 3.4',
            'The signature is in DER form; a JWS holds only R and S. Correct libraries refuse it.',
          ),
        ]
      : [
          named(
            'signature-length',
            'ECDSA signature of another length',
            'RFC 7518 section 3.4',
            `It has ${signature.length} bytes; ${crv} needs ${2 * curve.size}. It was cut, or made for another curve.`,
          ),
        ]
  const halves = [signature.subarray(0, curve.size), signature.subarray(curve.size)].map(numberOf)
  return halves.some((half) => half === 0n || half >= curve.order) ? [psychic('out of range')] : []
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
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}
