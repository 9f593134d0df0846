import { decodeBase64url } from '../text/base64url.ts'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Bits of the shortest RSA key that is safe (RFC 7518 section 3.3). */
export const leastBits = 2_048

const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
]

/** Why an RSA public key protects nothing, or undefined: shorter than 2048 bits (RFC 7518 section 3.3), an
 *  exponent of 1 or an even one, or a modulus from the broken generator of CVE-2017-15361 (ROCA). */
export function rsaWeakness(jwk: Record<string, string>): string | undefined {
  const modulus = integerOf(jwk.n)
  const exponent = integerOf(jwk.e)
  if (modulus === undefined || exponent === undefined) return 'its numbers are not base64url'
  const bits = bitsOf(modulus)
  if (bits < leastBits)
    return `it has ${bits} bits, at least ${leastBits} are required (RFC 7518 section 3.3)`
  if (exponent < 3n || exponent % 2n === 0n)
    return `its exponent ${exponent.toString().slice(0, 12)} is not secure`
  if (hasRocaFingerprint(modulus))
    return 'it comes from the broken generator of CVE-2017-15361 and can be factored'
  return undefined
}

/** How long an RSA key is; undefined where its modulus cannot be read. */
export function modulusBits(jwk: JsonObject): number | undefined {
  const modulus = integerOf(textMember(jwk, 'n'))
  return modulus === undefined ? undefined : bitsOf(modulus)
}

function bitsOf(number: bigint): number {
  return number.toString(2).length
}

function powersOf65537(prime: number): Set<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * (65537 % prime)) % prime) powers.add(power)
  return powers
}

/** Moduli of the broken generator are powers of 65537 modulo every small prime; others nearly never. */
function hasRocaFingerprint(modulus: bigint): boolean {
  return smallPrimes.every((prime) => powersOf65537(prime).has(Number(modulus % BigInt(prime))))
}

/** An unsigned number in base64url (RFC 7518 section 2); undefined for what is none, or too long for a key. */
export function integerOf(text: string | undefined): bigint | undefined {
  const decoded = decodeBase64url(text ?? '')
  if (!decoded.ok || decoded.bytes.length === 0 || decoded.bytes.length > 2_048) return undefined
  return BigInt('0x' + Array.from(decoded.bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}
