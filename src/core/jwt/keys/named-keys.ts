import type { NamedKey } from '@contract/tokens/tokens'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { publicJwk } from './jwk.ts'

/** Longest certificate in a header that is looked at, in characters of base64. */
const longestCertificate = 65_536

/** The keys that a header brings along or says where to fetch (RFC 7515 sections 4.1.2, 4.1.3, 4.1.5 and 4.1.6). None is
 *  used but at the user's word (RFC 8725 section 3.10). The key inside a DPoP proof is no claim of its kind: it is left out. */
export function namedKeys(header: JsonObject): NamedKey[] {
  const [jwk, certificate] = [member(header, 'jwk'), firstCertificate(header)]
  const isProof = textMember(header, 'typ')?.toLowerCase() === 'dpop+jwt'
  const named: NamedKey[] = []
  if (!isProof && isObject(jwk) && publicJwk(jwk) !== undefined) named.push({ by: 'jwk' })
  if (certificate !== undefined) named.push({ by: 'x5c' })
  for (const by of ['jku', 'x5u'] as const) {
    const address = textMember(header, by)
    if (address !== undefined && address !== '') named.push({ by, address: address.slice(0, 2_000) })
  }
  return named
}

/** The text of a key that is inside the header, as one would paste it; undefined where there is none. */
export function embeddedKey(header: JsonObject, by: 'jwk' | 'x5c'): string | undefined {
  if (by === 'x5c') {
    const certificate = firstCertificate(header)
    return certificate && `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`
  }
  const jwk = member(header, 'jwk')
  const key = isObject(jwk) ? publicJwk(jwk) : undefined
  return key && JSON.stringify(key)
}

/** The certificate of the key that signed is the first (RFC 7515 section 4.1.6). */
function firstCertificate(header: JsonObject): string | undefined {
  const chain = member(header, 'x5c')
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined
  return typeof first === 'string' && first.length <= longestCertificate && /^[\w+/]+={0,2}$/.test(first)
    ? first
    : undefined
}
