import type { Check } from '@contract/tokens/tokens'
import { salvageBase64url } from '../text/base64url.ts'
import type { DecodedToken } from '../text/decode.ts'
import { isObject, member, readJsonObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { named, spellsNone } from './named.ts'

/** Attacks that only a JSON serialization can make (RFC 7515 section 7.2). `json` is all of it, the token one of its
 *  signatures. */
export function nameSerialized(json: string, token: DecodedToken): Check[] {
  const read = readJsonObject(new TextEncoder().encode(json))
  return [...(read.ok ? [...polyglot(read.value), ...unsignedAmong(read.value)] : []), ...headers(token)]
}

/** A member whose name is a token: what reads the text as compact finds another one (CVE-2022-39227). */
function polyglot(object: JsonObject): Check[] {
  const hides = Object.keys(object).some((name) =>
    /e[wy][\w-]{6,2000}\.[\w-]{0,2000}\./.test(name.slice(0, 10_000)),
  )
  return hides
    ? [
        named(
          'two-tokens',
          'Attack: two tokens in one text',
          'CVE-2022-39227',
          'The name of a member is a token in compact form. A library that checks the one and reads the other accepts any claims.',
        ),
      ]
    : []
}

/** A list of signatures one of which signs nothing. */
function unsignedAmong(object: JsonObject): Check[] {
  const list = member(object, 'signatures')
  const all = Array.isArray(list) ? list.slice(0, 100).filter(isObject) : []
  const blank = all.filter((each) => spellsNone(algorithmOf(each)))
  return blank.length > 0 && blank.length < all.length
    ? [
        named(
          'none-among',
          'Attack: algorithm none among several',
          'RFC 8725 section 2.1',
          `${blank.length} of ${all.length} signatures have alg none. An API that is content with any one that holds accepts any payload.`,
        ),
      ]
    : []
}

function algorithmOf(signature: JsonObject): string {
  const shielded = readJsonObject(
    salvageBase64url((textMember(signature, 'protected') ?? '').slice(0, 8_000)),
  )
  const outside = member(signature, 'header')
  return (
    (shielded.ok ? textMember(shielded.value, 'alg') : undefined) ??
    (isObject(outside) ? textMember(outside, 'alg') : undefined) ??
    ''
  )
}

function headers(token: DecodedToken): Check[] {
  if (token.format !== 'jwt' && token.format !== 'malformed') return []
  if (token.format === 'malformed' && token.defects.some(({ code }) => code === 'header_overlap'))
    return [
      named(
        'header-twice',
        'Attack: parameter in both headers',
        'RFC 7515 section 7.2.1',
        'The same parameter is in the protected and in the unprotected header. One library takes the first, another one the second.',
      ),
    ]
  const outside = token.flattened?.header
  const loose = ['alg', 'crit', 'b64', 'jwk', 'jku', 'x5c', 'x5u'].filter(
    (name) => outside !== undefined && member(outside, name) !== undefined,
  )
  return loose.length === 0
    ? []
    : [
        named(
          'unprotected',
          'Attack, if an API goes by it: unprotected header',
          'RFC 7515 section 10.7',
          `${loose.join(', ')}: no signature covers it, so that anyone on the way can put something else there.`,
        ),
      ]
}
