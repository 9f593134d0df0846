import type { TokenDefect } from '@contract/tokens/tokens'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { readCompactJws, type CompactJws, type FlattenedJws } from './compact.ts'
import type { DecodedJwt, DecodedToken } from './decode.ts'
import { isObject, member, readJsonObject, textMember } from './json-object.ts'
import type { JsonObject } from './json-object.ts'

type Malformed = Extract<DecodedToken, { format: 'malformed' }>

/** A JWS in flattened JSON form that its compact form could not be: with an unprotected header (RFC 7515 section 7.2.2) or a
 *  payload that is not encoded (RFC 7797). Undefined where it is neither. Codes of defects: `header_overlap`,
 *  `header_unreadable`, `payload_unreadable`, `signature_unreadable`, `alg_missing`. */
export function readSignedJson(json: string): DecodedJwt | Malformed | undefined {
  const read = readJsonObject(new TextEncoder().encode(json))
  const payload = read.ok ? textMember(read.value, 'payload') : undefined
  const signature = read.ok ? textMember(read.value, 'signature') : undefined
  if (!read.ok || payload === undefined || signature === undefined) return undefined
  const outside = member(read.value, 'header')
  const shielded = textMember(read.value, 'protected')
  const inside = shielded === undefined ? {} : headerIn(shielded)
  const unprotected = isObject(outside) ? outside : undefined
  const isUnencoded = inside !== undefined && member(inside, 'b64') === false
  if (unprotected === undefined && !isUnencoded) return undefined
  const both = inside && Object.keys(unprotected ?? {}).find((name) => Object.hasOwn(inside, name))
  const header = { ...unprotected, ...inside }
  const defect =
    inside === undefined
      ? { code: 'header_unreadable', message: 'The protected header is not JSON object in base64url.' }
      : both !== undefined
        ? {
            code: 'header_overlap',
            message: `${both.slice(0, 40)} is in both headers, which must not share a name (RFC 7515 section 7.2.1).`,
          }
        : textMember(header, 'alg') === undefined
          ? { code: 'alg_missing', message: 'Neither header names an algorithm (RFC 7515 section 4.1.1).' }
          : signatureDefect(signature)
  const base = { text: json, surroundings: [], header }
  if (defect) return { ...base, format: 'malformed', defects: [defect] }
  const flattened: FlattenedJws = {
    payload,
    signature,
    ...(shielded !== undefined && { protected: shielded }),
    ...(unprotected && { header: unprotected }),
  }
  return signedData(base, flattened, isUnencoded, read.duplicates)
}

/** A second text for the same bytes, which libraries accept, is none of the signature (RFC 7515 section 2). */
function signatureDefect(signature: string): TokenDefect | undefined {
  const read = decodeBase64url(signature)
  return read.ok
    ? undefined
    : { code: 'signature_unreadable', message: `In the signature: ${read.defect.message}` }
}

/** The names are those of the protected header: no other may say how the payload is written (RFC 7797 section 6). */
function signedData(
  base: Pick<Malformed, 'text' | 'surroundings'> & { header: JsonObject },
  flattened: FlattenedJws,
  isUnencoded: boolean,
  duplicates: string[],
): DecodedJwt | Malformed {
  const { payload } = flattened
  const bytes = isUnencoded ? undefined : decodeBase64url(payload)
  if (bytes?.ok === false)
    return {
      ...base,
      format: 'malformed',
      defects: [{ code: 'payload_unreadable', message: `In the payload: ${bytes.defect.message}` }],
    }
  const claims = bytes && readJsonObject(bytes.bytes)
  if (claims?.ok)
    return {
      ...base,
      format: 'jwt',
      claims: claims.value,
      segments: [flattened.protected ?? '', payload, flattened.signature],
      duplicates: [...duplicates, ...claims.duplicates],
      flattened,
    }
  const text = bytes === undefined ? payload : new TextDecoder().decode(bytes.bytes)
  return {
    ...base,
    format: 'malformed',
    defects: [{ code: 'payload_not_claims', message: 'The payload is no set of claims.' }],
    jws: { payload: text },
    flattened,
  }
}

/** A token whose payload was detached, with it in its place (RFC 7515 appendix F). The header says how it is signed:
 *  encoded in base64url, or as it is (`b64`, RFC 7797). */
export function withPayload(token: DecodedToken, payload: string): string | Malformed {
  if (token.format !== 'malformed' || token.jws?.payload !== null) return token.text
  const [shielded = '', , signature = ''] = token.text.split('.', 3)
  if (member(token.header ?? {}, 'b64') !== false) return [shielded, encoded(payload), signature].join('.')
  return {
    ...token,
    defects: [{ code: 'payload_not_encoded', message: 'The payload is signed as it is (RFC 7797).' }],
    jws: { payload },
    flattened: { protected: shielded, payload, signature },
  }
}

function encoded(text: string): string {
  return encodeBase64url(new TextEncoder().encode(text))
}

/** The JWS of a token, in whichever form it came; undefined where it is none that can be verified. */
export function jwsOf(
  token: Pick<DecodedJwt, 'text' | 'flattened'> & { header?: JsonObject },
): CompactJws | undefined {
  const { text, flattened, header = {} } = token
  if (flattened !== undefined) return { text, header, payload: new Uint8Array(), flattened }
  const read = readCompactJws(text)
  return read.ok ? read.value : undefined
}

function headerIn(segment: string): JsonObject | undefined {
  const bytes = decodeBase64url(segment)
  const read = bytes.ok ? readJsonObject(bytes.bytes) : undefined
  return read?.ok ? read.value : undefined
}

/** Whether a text is a compact JWS whose header says that its payload is signed as it is. */
export function isUnencoded(text: string): boolean {
  const [shielded = '', payload = '', signature = ''] = text.split('.', 4)
  return (
    /^e[wy][\w-]{6,2000}$/.test(shielded) &&
    /^[\w-]+$/.test(signature) &&
    text.length === shielded.length + payload.length + signature.length + 2 &&
    headerIn(shielded)?.['b64'] === false
  )
}
