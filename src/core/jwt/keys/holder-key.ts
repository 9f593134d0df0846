import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** The key of its holder that a token names (`cnf.jwk`, RFC 7800 section 3.2), to check a key binding or a proof with. */
export function holderKey(claims: JsonObject): JsonObject | undefined {
  const cnf = member(claims, 'cnf')
  const jwk = isObject(cnf) ? member(cnf, 'jwk') : undefined
  return isObject(jwk) ? jwk : undefined
}

/** The same of a token as it is pasted, an SD-JWT too. */
export function holderKeyIn(text: string): JsonObject | undefined {
  const issued = text.split('~', 1)[0] ?? ''
  if (!/^e[wy][\w-]+\.[\w-]+\.[\w-]*$/.test(issued)) return undefined
  const payload = decodeBase64url(issued.split('.', 2)[1] ?? '')
  const claims = payload.ok ? readJsonObject(payload.bytes) : undefined
  return claims?.ok ? holderKey(claims.value) : undefined
}
