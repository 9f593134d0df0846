import type { Check } from '@contract/tokens/tokens'
import { quoted } from '../checks/check.ts'
import { isNone } from '../keys/algorithms.ts'
import { decodeBase64url } from '../text/base64url.ts'
import { readSegment } from '../text/compact.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { momentOf, readNumericDate } from '../text/numeric-date.ts'
import { keyByName } from './kid-attacks.ts'
import { algorithmNone, missingAlgorithm, named, spellsNone } from './named.ts'
import { nameSignature } from './signature-attacks.ts'

/** Calls what looks like a known attack by its name, and says what it would do at a careless API. Each is a notice
 *  of its own: whether the token holds is for the other checks to say. Ids begin with `attack-`. */
export function nameAttacks(token: DecodedJwt): Check[] {
  const { header, segments } = token
  const signature = decodeBase64url(segments[2])
  return [
    unsigned(header),
    ...keyByName(header),
    ...keyByAddress(header),
    ...(signature.ok ? nameSignature(header, signature.bytes) : []),
    critical(header),
    unencoded(header),
    ...times(token.claims),
    duplicates(token.duplicates),
    inner(token),
  ].filter((each) => each !== undefined)
}

function unsigned(header: JsonObject): Check | undefined {
  const alg = textMember(header, 'alg')
  if (alg?.trim() === '') return named(...missingAlgorithm)
  return alg !== undefined && spellsNone(alg) ? algorithmNone(alg) : undefined
}

function keyByAddress(header: JsonObject): Check[] {
  const checks: Check[] = []
  for (const name of ['jku', 'x5u'])
    if (member(header, name) !== undefined)
      checks.push(
        named(
          `${name}-fetched`,
          `Attack: key from ${name}`,
          'RFC 8725 section 3.10',
          `An API that fetches keys from ${quoted(member(header, name))} because the token says so trusts whoever runs that address, and can be tricked into requests to its own network.`,
        ),
      )
  if (member(header, 'x5c') !== undefined)
    checks.push(
      named(
        'x5c-embedded',
        'Attack, if nothing pins it: certificate in the token',
        'RFC 8725 section 3.10',
        'The token carries the certificate to check it with. An API that does not tie the chain to a root of its own accepts any token anyone makes.',
      ),
    )
  const typ = textMember(header, 'typ')?.toLowerCase()
  if (isObject(member(header, 'jwk')) && typ !== 'dpop+jwt')
    checks.push(
      named(
        'jwk-embedded',
        'Attack: key in the token',
        'RFC 8725 section 3.10',
        'The token carries the key to check it with. An API that uses that key accepts any token anyone makes.',
      ),
    )
  return checks
}

function critical(header: JsonObject): Check | undefined {
  const names = member(header, 'crit')
  if (names === undefined) return undefined
  const list = Array.isArray(names) ? names.map(quoted).join(', ').slice(0, 200) : 'something that is no list'
  return named(
    'crit',
    'Attack: unknown extension',
    'RFC 7515 section 4.1.11',
    `crit demands ${list}. An API that does not look at crit accepts a token under rules it does not know.`,
  )
}

function unencoded(header: JsonObject): Check | undefined {
  return member(header, 'b64') === false
    ? named(
        'b64-false',
        'Attack: payload not encoded',
        'RFC 7797 section 7',
        'b64 is false: what is signed is not what the token contains. A JWT must not do that.',
      )
    : undefined
}

const tenYears = 10 * 365.25 * 86_400_000

/** Times that a careless library reads as “never expires”. */
function times(claims: JsonObject): Check[] {
  return ['exp', 'nbf', 'iat'].flatMap((name) => {
    const value = member(claims, name)
    if (value === undefined) return []
    const date = readNumericDate(value)
    const issued = momentOf(member(claims, 'iat')) ?? momentOf(member(claims, 'nbf'))
    const far = date.ok && name === 'exp' && date.at - (issued ?? 2 * 10 ** 12) > tenYears
    if (date.ok && date.likely === undefined && !far) return []
    const what = !date.ok
      ? date.message
      : far && !date.likely
        ? 'So far away that it never expires.'
        : 'In milliseconds.'
    return [
      named(
        'time',
        `Attack or mistake: time in ${name}`,
        'RFC 7519 section 2',
        `${what} A library that compares it carelessly never sees the token expire.`,
      ),
    ]
  })
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
    'The token inside is not signed. An API that trusts it because the outer one holds trusts whoever made the outer one.',
  )
}

function decoded(segment: string): Uint8Array | undefined {
  const read = decodeBase64url(segment)
  return read.ok ? read.bytes : undefined
}
