import type { Check } from '@contract/tokens/tokens'
import { quoted } from '../checks/check.ts'
import { keyManagementOf } from '../encryption/key-management.ts'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { algorithmNone, missingAlgorithm, named, spellsNone } from './named.ts'
import { latin } from './text-tricks.ts'

/** What is wrong with `alg` in the header of a signed token. */
export function nameAlgorithm(header: JsonObject): Check | undefined {
  const alg = textMember(header, 'alg')
  if (alg === undefined) return undefined
  if (alg.trim() === '') return named(...missingAlgorithm)
  if (spellsNone(alg)) return algorithmNone(alg)
  if (jwsAlgorithm(alg) !== undefined) return undefined
  if (keyManagementOf(alg) !== undefined)
    return named(
      'sign-encrypt',
      'Attack: encryption where a signature should be',
      'RFC 8725 section 2.3',
      `${quoted(alg)} encrypts and does not sign. A library that decides by alg what to do uses the public key for the wrong purpose.`,
    )
  const meant = latin(alg).replace(/[^a-z0-9]/g, '')
  const spelled = known.find((name) => name.toLowerCase() === meant)
  return spelled === undefined
    ? named(
        'alg-unknown',
        'Attack or mistake: unknown algorithm',
        'RFC 8725 section 3.1',
        `${quoted(alg)} is not a signature algorithm. A library that falls back to another, or loads one by this name, lets the token choose.`,
      )
    : named(
        'alg-spelling',
        'Attack: algorithm spelled otherwise',
        'RFC 7515 section 4.1.1',
        `alg is ${quoted(alg)} and imitates ${spelled}: it slips past lists of algorithms that are compared exactly in one place but not in another.`,
      )
}

const known = ['HS', 'RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((size) => family + size))

/** Names that every library looks for, and that only another spelling is there of. */
const headerNames = ['alg', 'kid', 'typ', 'crit', 'jku', 'jwk', 'x5u', 'x5c', 'enc', 'b64', 'zip']
const claimNames = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'scope']

/** Members whose name is that of a registered one but for its capitals: `ALG`, `Exp` (RFC 7515 section 4, RFC 8259). */
export function nameSpellings(header: JsonObject, claims: JsonObject): Check[] {
  const odd = [...otherCase(header, headerNames), ...otherCase(claims, claimNames)]
  return odd.length === 0
    ? []
    : [
        named(
          'member-case',
          'Attack or mistake: name in other letters',
          'RFC 8725 section 2.4',
          `${odd.slice(0, 5).map(quoted).join(', ')}: names are compared exactly. A library that does not may mistake it for the registered one.`,
        ),
      ]
}

function otherCase(object: JsonObject, names: readonly string[]): string[] {
  return Object.keys(object)
    .slice(0, 2_000)
    .filter((name) => name.length <= 12 && !names.includes(name) && names.includes(latin(name).trim()))
}

/** Members whose names are those of built-in properties of a JavaScript object. */
export function nameBuiltIns(header: JsonObject, claims: JsonObject): Check[] {
  const found = ['__proto__', 'constructor', 'prototype'].filter(
    (name) => member(header, name) !== undefined || member(claims, name) !== undefined,
  )
  return found.length === 0
    ? []
    : [
        named(
          'prototype',
          'Attack: prototype pollution',
          'CWE-1321',
          `${found.join(', ')}: a JavaScript program that merges header or claims into another object may change every object.`,
        ),
      ]
}

/** `cty` that is not what the payload is, or that names a format whose readers run what they read. */
export function nameContent(header: JsonObject, isNested: boolean): Check[] {
  const cty = member(header, 'cty')
  if (cty === undefined) return []
  const text = typeof cty === 'string' ? cty.toLowerCase().replace(/^application\//, '') : ''
  if (text === 'jwt' && isNested) return []
  if (text === 'jwt')
    return [
      named(
        'content-type',
        'Attack or mistake: content type',
        'RFC 7519 section 5.2',
        'cty says that there is a token inside, but there is none. A program that relies on it may accept the claims without checking them, or fail.',
      ),
    ]
  return /xml|serialized|yaml|pickle|x-php|soap/.test(text) || typeof cty !== 'string'
    ? [
        named(
          'content-type',
          'Attack: content type',
          'RFC 7515 section 4.1.10',
          `cty is ${quoted(cty)}. A library that chooses a parser by it runs what the parser allows: entities of XML, objects of a program.`,
        ),
      ]
    : []
}

/** `typ` that is not text, or has signs in it that no media type has (RFC 7515 section 4.1.9). */
export function nameType(header: JsonObject): Check[] {
  const typ = member(header, 'typ')
  if (typ === undefined || (typeof typ === 'string' && /^[\w!#$&^.+/ -]{0,127}$/.test(typ))) return []
  return [
    named(
      'type',
      'Attack or mistake: type',
      'RFC 7515 section 4.1.9',
      `typ is ${quoted(typ)}, which is not a media type. An API that compares it carelessly mistakes the token for another kind.`,
    ),
  ]
}
