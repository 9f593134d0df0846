import { ok, type Result } from '@contract/result'
import { encodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { readGivenKey, type KeyInput, type ReadPem } from './given-key.ts'

/** The JWKs in what was given, whole: a JWK, all of a JWK Set, PEM, or a shared secret. Codes: those of
 *  `readGivenKey`. */
export function readImported(key: KeyInput, readPem: ReadPem): Result<JsonObject[]> {
  const given = readGivenKey(key, readPem)
  if (!given.ok) return given
  const { from, secret } = given.value
  if (from === 'pem') {
    const read = readPem(key.text.trim())
    return read.ok ? ok([read.value.jwk]) : read
  }
  if (from === 'secret') return ok([{ kty: 'oct', k: encodeBase64url(secret ?? new Uint8Array()) }])
  const read = readJsonObject(new TextEncoder().encode(key.text.trim()))
  const isKey = read.ok && (member(read.value, 'kty') ?? member(read.value, 'keys')) !== undefined
  // The key of a token's holder.
  if (!isKey) return ok((given.value.keys?.keys ?? []).filter(isObject))
  const set = member(read.value, 'keys')
  return ok(Array.isArray(set) ? set.filter(isObject) : [read.value])
}
