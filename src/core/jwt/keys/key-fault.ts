import { encryptionOf, keyManagementOf } from '../encryption/key-management.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { jwsAlgorithm } from './algorithms.ts'
import { isComplete } from './jwk.ts'
import { leastBits, modulusBits } from './rsa-weakness.ts'

/** Why a key was refused, in words of this program. The key itself tells most, the class of the error the rest: a
 *  library's sentences are for programmers, and change. */
export function keyFault(error: unknown, key: JsonObject | Uint8Array, alg: string): string {
  const own = key instanceof Uint8Array ? undefined : faultOf(key, alg)
  if (own !== undefined) return own
  return isNotSupported(error)
    ? 'its type or algorithm is not supported'
    : 'its members do not form a key for its algorithm'
}

/** How jose and Web Crypto say that they lack an algorithm. */
export function isNotSupported(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'NotSupportedError' || ('code' in error && error.code === 'ERR_JOSE_NOT_SUPPORTED')
}

function faultOf(jwk: JsonObject, alg: string): string | undefined {
  if (!isComplete(jwk)) return 'a part of it is missing or of another type'
  if (!isFor(jwk, alg)) return 'its type or curve is not that of its algorithm'
  if (textMember(jwk, 'kty') === 'RSA' && (modulusBits(jwk) ?? leastBits) < leastBits)
    return 'it is too short for its algorithm'
  const operations = member(jwk, 'key_ops')
  const maySign = Array.isArray(operations) && operations.includes('sign')
  return operations === undefined || maySign ? undefined : 'it is not meant for signing (key_ops)'
}

/** Whether a key is of the type and on the curve of an algorithm. */
function isFor(jwk: JsonObject, alg: string): boolean {
  const kty = textMember(jwk, 'kty')
  const crv = textMember(jwk, 'crv')
  const signature = jwsAlgorithm(alg)
  if (signature) return kty === signature.kty && (signature.crv ?? crv) === crv
  return keyManagementOf(alg) === undefined || encryptionOf({ kty, crv }).includes(alg)
}
