import type { TokenDefect } from '@contract/tokens/tokens'
import { decodeBase64url } from './base64url.ts'
import { readJsonObject } from './json-object.ts'
import type { JsonObject } from './json-object.ts'

const signedNames = ['header', 'payload', 'signature']
const encryptedNames = [
  'header',
  'encrypted key',
  'initialization vector',
  'ciphertext',
  'authentication tag',
]

/** Decodes each part strictly. Positions of defects count from the text that holds the token at `start`. */
export function splitCompact(
  parts: string[],
  start: number,
): { bytes: Uint8Array<ArrayBuffer>[]; starts: number[]; defects: TokenDefect[] } {
  const names = parts.length === 5 ? encryptedNames : signedNames
  const bytes: Uint8Array<ArrayBuffer>[] = []
  const starts: number[] = []
  const defects: TokenDefect[] = []
  let at = start
  parts.forEach((part, index) => {
    starts.push(at)
    const decoded = decodeBase64url(part)
    if (decoded.ok) bytes.push(decoded.bytes)
    else {
      const { code, message, position } = decoded.defect
      defects.push({ code, message: `In the ${names[index]}: ${message}`, position: at + position })
      bytes.push(new Uint8Array())
    }
    at += part.length + 1
  })
  return { bytes, starts, defects }
}

/** Reads a decoded part as JSON object. Codes: `header_not_json`, `payload_not_object` and their like. */
export function readSegment(
  bytes: Uint8Array | undefined,
  name: 'header' | 'payload',
  start: number,
): { ok: true; value: JsonObject; duplicates: string[] } | { ok: false; defect: TokenDefect } {
  if (bytes === undefined || bytes.length === 0)
    return { ok: false, defect: { code: `${name}_empty`, message: `The ${name} is empty.`, position: start } }
  const reading = readJsonObject(bytes)
  if (reading.ok) return reading
  const { code, message } = reading.defect
  return {
    ok: false,
    defect: { code: `${name}_${code}`, message: `In the ${name}: ${message}`, position: start },
  }
}

/** A JWS that has no compact form: with an unprotected header, or a payload that is signed as it is (RFC 7797). */
export interface FlattenedJws {
  protected?: string
  header?: JsonObject
  payload: string
  signature: string
}

/** A compact JWS taken apart strictly; the payload may be anything (RFC 7515 section 7.1). */
export interface CompactJws {
  text: string
  header: JsonObject
  payload: Uint8Array<ArrayBuffer>
  /** What is verified in place of the text. */
  flattened?: FlattenedJws
}

/** Reads any compact JWS, not only JWTs. Codes as in decode.ts. */
export function readCompactJws(
  text: string,
): { ok: true; value: CompactJws } | { ok: false; defects: TokenDefect[] } {
  const parts = text.split('.', 6)
  if (parts.length !== 3)
    return { ok: false, defects: [{ code: 'segment_count', message: 'A signed token has three parts.' }] }
  const { bytes, defects } = splitCompact(parts, 0)
  if (defects.length > 0) return { ok: false, defects }
  const header = readSegment(bytes[0], 'header', 0)
  if (!header.ok) return { ok: false, defects: [header.defect] }
  return { ok: true, value: { text, header: header.value, payload: bytes[1] ?? new Uint8Array() } }
}
