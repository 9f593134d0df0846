import type { Check } from '@contract/tokens/tokens'
import { quoted } from '../checks/check.ts'
import { isNone } from '../keys/algorithms.ts'
import { decodeBase64url } from '../text/base64url.ts'
import { readSegment } from '../text/compact.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { nameAlgorithm, nameBuiltIns, nameContent, nameSpellings, nameType } from './algorithm-attacks.ts'
import { nameClaims } from './claim-attacks.ts'
import { nameCompressed } from './encrypted-attacks.ts'
import { nameKeys } from './key-attacks.ts'
import { keyByName } from './kid-attacks.ts'
import { named } from './named.ts'
import { nameSignature } from './signature-attacks.ts'

/** Calls what looks like a known attack by its name, and says what it would do at a careless API. Each is a notice
 *  of its own: whether the token holds is for the other checks to say. Ids begin with `attack-`. */
export function nameAttacks(token: DecodedJwt): Check[] {
  const { header, claims, segments, nested } = token
  const signature = decodeBase64url(segments[2])
  return [
    nameAlgorithm(header),
    ...nameHeader(header, nested !== undefined),
    ...(signature.ok ? nameSignature(header, signature.bytes) : []),
    ...nameEncoding(header),
    ...nameCompressed(header),
    ...nameClaims(claims),
    ...nameSpellings(header, claims),
    ...nameBuiltIns(header, claims),
    replicated(header, claims),
    duplicates(token.duplicates),
    inner(token),
  ].filter((each) => each !== undefined)
}

/** What a header can do whatever it is the header of. */
export function nameHeader(header: JsonObject, isNested: boolean): Check[] {
  return [
    ...keyByName(header),
    ...nameKeys(header),
    ...critical(header),
    ...nameType(header),
    ...nameContent(header, isNested),
  ]
}

/** Parameters of the specifications themselves, which `crit` must not list (RFC 7515 section 4.1.11). */
const registered = ['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'cty', 'crit', 'enc', 'zip', 'epk', 'apu', 'apv', 'iv', 'tag', 'p2s', 'p2c'] // prettier-ignore

function critical(header: JsonObject): Check[] {
  const names = member(header, 'crit')
  if (names === undefined) return []
  const list = Array.isArray(names)
    ? names.map(quoted).join(', ').slice(0, 200)
    : 'something that is not a list'
  return [
    named(
      'crit',
      'Attack: unknown extension',
      'RFC 7515 section 4.1.11',
      `crit demands ${list === '' ? 'nothing' : list}. An API that does not look at crit accepts a token under rules it does not know.${faultOf(names, header)}`,
    ),
  ]
}

function faultOf(list: unknown, header: JsonObject): string {
  if (!Array.isArray(list)) return ''
  const names: unknown[] = list
  if (names.length === 0) return ' An empty list is not allowed.'
  if (names.some((name) => typeof name !== 'string')) return ' Its members have to be texts.'
  if (new Set(names).size !== names.length) return ' A name appears twice, which is not allowed.'
  if (names.some((name) => registered.includes(String(name))))
    return ' It lists what every library knows, which is not allowed.'
  return names.some((name) => member(header, String(name)) === undefined)
    ? ' What it lists is not in the header.'
    : ''
}

/** Claims that are signed as they are (`b64`). */
export function nameEncoding(header: JsonObject): Check[] {
  const b64 = member(header, 'b64')
  if (b64 === undefined || b64 === true) return []
  return [
    named(
      'b64-false',
      'Attack: payload not encoded',
      'RFC 7797 section 7',
      b64 === false
        ? 'b64 is false: what is signed is not what the token contains. A JWT must not do that.'
        : `b64 is ${quoted(b64)}, which is neither true nor false: libraries differ in what they take it for.`,
    ),
  ]
}

/** Claims that are in the header as well have to say the same (RFC 7519 section 5.3). */
function replicated(header: JsonObject, claims: JsonObject): Check | undefined {
  const different = ['iss', 'sub', 'aud'].filter((name) => {
    const own = member(header, name)
    return own !== undefined && JSON.stringify(own) !== JSON.stringify(member(claims, name))
  })
  return different.length === 0
    ? undefined
    : named(
        'replicated',
        'Attack or mistake: header and claims differ',
        'RFC 7519 section 5.3',
        `${different.join(', ')}: one is in the header, another one in the claims. What chooses the key may not be what is used.`,
      )
}

function duplicates(names: string[]): Check | undefined {
  return names.length === 0
    ? undefined
    : named(
        'duplicate-members',
        'Attack: duplicate members',
        'RFC 8725 section 2.4',
        `${names.slice(0, 5).join(', ')}: what one program checks may not be what another one uses.`,
      )
}

function inner({ nested }: DecodedJwt): Check | undefined {
  const head =
    nested === undefined ? undefined : readSegment(decoded(nested.split('.', 1)[0] ?? ''), 'header', 0)
  if (!head?.ok || !isNone(textMember(head.value, 'alg') ?? '')) return undefined
  return named(
    'inner-unsigned',
    'Attack: unsigned token inside',
    'RFC 8725 section 2.3',
    'The token inside is not signed. An API that trusts it because the outer one is valid trusts whoever made the outer one.',
  )
}

function decoded(segment: string): Uint8Array | undefined {
  const read = decodeBase64url(segment)
  return read.ok ? read.bytes : undefined
}
