import type { DecodedToken } from '../text/decode.ts'
import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

type Encrypted = Extract<DecodedToken, { format: 'jwe' }>

/** A JWE in JSON form whose header is not all in its protected part (RFC 7516 section 7.2.1), as the token that its
 *  compact form could not be; undefined where its header names no algorithms. */
export function readEncryptedJson(json: string, compact: string): Encrypted | undefined {
  const read = readJsonObject(new TextEncoder().encode(json))
  if (!read.ok) return undefined
  const recipients = member(read.value, 'recipients')
  const first: unknown = Array.isArray(recipients) ? recipients[0] : undefined
  const header = {
    ...objectIn(read.value, 'unprotected'),
    ...objectIn(read.value, 'header'),
    ...(isObject(first) && objectIn(first, 'header')),
    ...protectedOf(compact),
  }
  const segments = compact.split('.', 6)
  if (
    textMember(header, 'alg') === undefined ||
    textMember(header, 'enc') === undefined ||
    segments.length !== 5
  )
    return undefined
  return {
    format: 'jwe',
    text: json,
    surroundings: [],
    header,
    segments: segments as Encrypted['segments'],
    duplicates: read.duplicates,
  }
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = member(object, name)
  return isObject(value) ? value : {}
}

function protectedOf(compact: string): JsonObject {
  const bytes = decodeBase64url(compact.split('.', 1)[0] ?? '')
  const read = bytes.ok ? readJsonObject(bytes.bytes) : undefined
  return read?.ok ? read.value : {}
}
