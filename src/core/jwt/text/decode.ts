import type { TokenDefect } from '@contract/tokens/tokens'
import { isNone } from '../keys/algorithms.ts'
import { decodeBase64url, salvageBase64url } from './base64url.ts'
import { readSegment, splitCompact, type FlattenedJws } from './compact.ts'
import { isObject, readJsonObject, salvageObject, textMember } from './json-object.ts'
import type { JsonObject } from './json-object.ts'
import { takeOffSurroundings } from '../checks/surroundings.ts'
import type { Surrounding } from '../checks/surroundings.ts'

/** Longest text that is looked at, in characters. */
const longestToken = 1_048_576

interface DecodedBase {
  /** The token alone, without what was around it. */
  text: string
  surroundings: Surrounding[]
}

/** A sound JWS in compact form with a claims set, or with another token inside (`nested`). */
export interface DecodedJwt extends DecodedBase {
  format: 'jwt'
  header: JsonObject
  claims: JsonObject
  segments: [string, string, string]
  /** Member names that occur twice, in header and claims. */
  duplicates: string[]
  /** The inner token where `cty` says JWT (RFC 7519 section 5.2). */
  nested?: string
  /** What is verified in place of the text. */
  flattened?: FlattenedJws
}

/** A JWE in compact form; only the header is readable. */
interface DecodedJwe extends DecodedBase {
  format: 'jwe'
  header: JsonObject
  segments: [string, string, string, string, string]
  duplicates: string[]
}

/** Text that is no JWT and is not meant to be one. */
interface DecodedOpaque extends DecodedBase {
  format: 'opaque'
}

/** Meant as a JWT and not a sound one; `header` and `claims` are what could be salvaged, for showing only. */
interface DecodedMalformed extends DecodedBase {
  format: 'malformed'
  defects: TokenDefect[]
  header?: JsonObject
  claims?: JsonObject
  /** A sound JWS all the same, only no JWT: its payload is something else, or is not in the text (RFC 7515 appendix F). */
  jws?: { payload: string | null }
  flattened?: FlattenedJws
}

export type DecodedToken = DecodedJwt | DecodedJwe | DecodedOpaque | DecodedMalformed

/** Tells what a text is: `jwt`, `jwe`, `opaque` or `malformed`, never throws. Strict where common libraries
 *  are lenient (RFC 7515 section 2, RFC 8725 section 2.4); each defect has a code and, where it has one, a
 *  position in the text given. What is around a pasted token is taken off and told.
 *  Codes: those of base64url.ts and json-object.ts (`header_…` / `payload_…`), `empty`, `too_long`,
 *  `segment_count`, `alg_missing`, `enc_missing`, `signature_missing`, `token_response`,
 *  `json_serialization`, `json_not_token`, `payload_detached`. */
export function decodeToken(input: string): DecodedToken {
  if (input.length > longestToken)
    return {
      format: 'malformed',
      text: '',
      surroundings: [],
      defects: [
        { code: 'too_long', message: 'Longer than 1 MB: no token is that long, so it was not read.' },
      ],
    }
  const { token, start, surroundings } = takeOffSurroundings(input)
  const base: DecodedBase = { text: token, surroundings }
  if (token === '')
    return { ...base, format: 'malformed', defects: [{ code: 'empty', message: 'There is no text.' }] }
  const notToken = jsonDefect(token)
  if (notToken) return { ...base, format: 'malformed', defects: [notToken] }

  // More dots than any token has: no need for an array of a million parts.
  const parts = token.split('.', 12)
  const [first = '', second = ''] = parts
  const meant =
    parts.length === 1
      ? opensObject(first) &&
        isObject(salvage(first)) &&
        textMember(salvage(first) ?? {}, 'alg') !== undefined
      : opensObject(first) || (parts.length === 3 && opensObject(second))
  return meant ? decodeParts(base, parts, start) : { ...base, format: 'opaque' }
}

/** The first byte of such a segment is `{`. */
function opensObject(segment: string): boolean {
  return /^\s*e[w-z0-9\-_+/]/.test(segment)
}

function salvage(segment: string | undefined): JsonObject | undefined {
  if (segment === undefined) return undefined
  const bytes = salvageBase64url(segment)
  const reading = readJsonObject(bytes)
  return reading.ok ? reading.value : salvageObject(new TextDecoder().decode(bytes))
}

function jsonDefect(text: string): TokenDefect | undefined {
  if (!text.startsWith('{')) return undefined
  const reading = readJsonObject(new TextEncoder().encode(text))
  if (!reading.ok) return undefined
  const names = Object.keys(reading.value)
  if (names.some((name) => /^(access|id|refresh)_token$/.test(name)))
    return {
      code: 'token_response',
      message: 'This is a whole token response. Paste the text of one of its tokens.',
    }
  if (names.includes('payload') || names.includes('ciphertext'))
    return {
      code: 'json_serialization',
      message:
        'A signed or encrypted object in JSON form; OAuth tokens use the compact form (RFC 7519 section 1).',
    }
  return { code: 'json_not_token', message: 'This is JSON, not a token.' }
}

function headerDefects(header: JsonObject, segments: number, start: number): TokenDefect[] {
  const defects: TokenDefect[] = []
  const say = (code: string, message: string): void => void defects.push({ code, message, position: start })
  const algorithm = textMember(header, 'alg')
  if (algorithm === undefined)
    say('alg_missing', 'The header names no algorithm: alg is required as text (RFC 7515 section 4.1.1).')
  if (segments === 5 && textMember(header, 'enc') === undefined)
    say('enc_missing', 'The header names no content encryption: enc is required (RFC 7516 section 4.1.2).')
  if (segments === 3 && algorithm !== undefined && textMember(header, 'enc') !== undefined)
    say(
      'segment_count',
      'The header is that of an encrypted token, which has five parts; this one has three.',
    )
  return defects
}

function decodeParts(
  base: DecodedBase,
  parts: string[],
  start: number,
): DecodedJwt | DecodedJwe | DecodedMalformed {
  function malformed(defects: TokenDefect[], jws?: DecodedMalformed['jws']): DecodedMalformed {
    const [header, claims] = [salvage(parts[0]), parts.length === 5 ? undefined : salvage(parts[1])]
    return {
      ...base,
      format: 'malformed',
      defects,
      ...(header && { header }),
      ...(claims && { claims }),
      ...(jws && { jws }),
    }
  }
  if (parts.length !== 3 && parts.length !== 5)
    return malformed([
      {
        code: 'segment_count',
        message:
          `A signed token has three parts separated by dots, an encrypted one five; here ${parts.length === 1 ? 'is one' : `are ${parts.length}`}. ` +
          'Is part of it missing?',
        position: start + (parts.length < 3 ? base.text.length : parts.slice(0, 3).join('.').length),
      },
    ])
  const { bytes, defects, starts } = splitCompact(parts, start)
  const plain = unencodedIn(parts, defects)
  if (plain !== undefined)
    return {
      ...malformed([unencoded(starts[1])], { payload: plain.payload }),
      flattened: plain,
    }
  if (defects.length > 0) return malformed(defects)

  const header = readSegment(bytes[0], 'header', start)
  if (!header.ok) return malformed([header.defect])
  const found = headerDefects(header.value, parts.length, start)
  if (found.length > 0) return malformed(found)
  if (parts.length === 5) {
    const segments = parts as DecodedJwe['segments']
    return { ...base, format: 'jwe', header: header.value, segments, duplicates: header.duplicates }
  }

  const unsigned = isNone(textMember(header.value, 'alg') ?? '')
  if (parts[2] === '' && !unsigned)
    return malformed([
      { code: 'signature_missing', message: 'The third part, the signature, is empty.', position: starts[2] },
    ])
  const segments = parts as DecodedJwt['segments']
  const payload = readSegment(bytes[1], 'payload', starts[1] ?? start)
  if (payload.ok)
    return {
      ...base,
      format: 'jwt',
      header: header.value,
      claims: payload.value,
      segments,
      duplicates: [...header.duplicates, ...payload.duplicates],
    }
  const nested = salvageText(bytes[1])
  if (textMember(header.value, 'cty')?.toUpperCase() === 'JWT' && opensObject(nested))
    return {
      ...base,
      format: 'jwt',
      header: header.value,
      claims: {},
      segments,
      duplicates: header.duplicates,
      nested,
    }
  if (segments[1] === '' && !unsigned) return malformed([detached(starts[1])], { payload: null })
  return malformed([payload.defect], unsigned ? undefined : { payload: nested })
}

/** A JWS whose header says that its payload is signed as it is, and that is no base64url (RFC 7797 section 5.2). */
function unencodedIn(
  [shielded = '', payload = '', signature = '', ...more]: string[],
  defects: TokenDefect[],
): FlattenedJws | undefined {
  if (more.length > 0 || defects.length !== 1 || decodeBase64url(payload).ok) return undefined
  return salvage(shielded)?.['b64'] === false ? { protected: shielded, payload, signature } : undefined
}

function unencoded(position: number | undefined): TokenDefect {
  return {
    code: 'payload_not_encoded',
    message: 'The payload is not encoded (b64): it is signed as it is (RFC 7797), which a JWT is not.',
    ...(position !== undefined && { position }),
  }
}

function detached(position: number | undefined): TokenDefect {
  return {
    code: 'payload_detached',
    message: 'The payload is not in the text: it was detached and is sent separately (RFC 7515 appendix F).',
    ...(position !== undefined && { position }),
  }
}

function salvageText(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array())
}
