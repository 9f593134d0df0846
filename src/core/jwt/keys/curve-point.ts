import { decodeBase64url } from '../text/base64url.ts'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Prime and `b` of y² = x³ - 3x + b (SEC 2). */
const curves: Readonly<Record<string, readonly [prime: bigint, b: bigint]>> = {
  'P-256': [
    2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    BigInt('0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b'),
  ],
  'P-384': [
    2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    BigInt(
      '0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef',
    ),
  ],
  'P-521': [
    2n ** 521n - 1n,
    BigInt(
      '0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00',
    ),
  ],
}

/** Whether the point of an EC public key is on its curve (RFC 8725 section 3.4); undefined where that is not known. */
export function liesOnCurve(jwk: JsonObject): boolean | undefined {
  const crv = textMember(jwk, 'crv') ?? ''
  const [prime, b] = Object.hasOwn(curves, crv) ? (curves[crv] ?? []) : []
  const [x, y] = [textMember(jwk, 'x'), textMember(jwk, 'y')].map(coordinate)
  if (prime === undefined || b === undefined || x === undefined || y === undefined) return undefined
  return x < prime && y < prime && (y * y - (x * x * x - 3n * x + b)) % prime === 0n
}

function coordinate(text: string | undefined): bigint | undefined {
  const read = decodeBase64url((text ?? '').slice(0, 200))
  if (!read.ok || read.bytes.length === 0) return undefined
  return BigInt(`0x${Array.from(read.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}
