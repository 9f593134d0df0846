import type { Check } from '@contract/tokens'
import { check, quoted } from '../checks/check.ts'
import { isNone, jwsAlgorithm } from '../keys/algorithms.ts'
import { decodeBase64url } from '../text/base64url.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Calls what looks like a known attack by its name, and says what it would do at a careless API. Each is a notice
 *  of its own: whether the token holds is for the other checks to say. Ids begin with `attack-`. */
export function nameAttacks(token: DecodedJwt): Check[] {
  const { header, segments } = token
  const signature = decodeBase64url(segments[2])
  return [
    unsigned(header),
    ...keyByName(header),
    ...keyByAddress(header),
    ...(signature.ok ? ecdsa(header, signature.bytes) : []),
    critical(header),
    unencoded(header),
  ].filter((each) => each !== undefined)
}

function named(id: string, label: string, source: string, says: string): Check {
  return check(`attack-${id}`, label, source).notice(says, id.replaceAll('-', '_'))
}

function unsigned(header: JsonObject): Check | undefined {
  const alg = member(header, 'alg')
  if (typeof alg !== 'string' || !isNone(alg.trim())) return undefined
  return named(
    'alg-none',
    'Attack: algorithm none',
    'RFC 8725 section 2.1',
    alg === 'none'
      ? 'Nothing is signed. An API that accepts alg none accepts any claims from anyone.'
      : `Nothing is signed, and alg is spelled ${quoted(alg)} to slip past an API that only checks for “none”.`,
  )
}

const signs: readonly [RegExp, string, string][] = [
  [
    /(?:^|[/\\])\.\.(?:[/\\]|$)/,
    'path traversal',
    'An API that opens a key file by this name reads another file, for example an empty one.',
  ],
  [
    /^(?:\/|[a-z]:\\)|^\/dev\/|^file:/i,
    'path',
    'An API that opens a key file by this name lets the token choose the file.',
  ],
  [
    /['"`]\s*(?:or|and|union)\b|\bunion\s+(?:all\s+)?select\b|--\s*$|;\s*(?:drop|select|insert|update|delete)\b/i,
    'SQL injection',
    'An API that puts kid into a query lets the token choose its key.',
  ],
  [/[|;&`]|\$\(/, 'command injection', 'An API that puts kid into a command line runs what is there.'],
  [
    /^(?:https?|ldap|ftp|jar|data):/i,
    'address',
    'An API that follows kid as an address lets the token choose its key.',
  ],
]

/** `kid` as a weapon. It is looked at as far as any real name goes. */
function keyByName(header: JsonObject): Check[] {
  const kid = member(header, 'kid')
  if (kid === undefined) return []
  const say = (what: string, says: string) => [
    named('kid', `Attack: ${what} in kid`, 'RFC 8725 section 3.10', says),
  ]
  if (typeof kid !== 'string')
    return say(
      'no text',
      'kid has to be text (RFC 7515 section 4.1.4); an API that expects text may fail open.',
    )
  if (kid.trim() === '')
    return say('nothing', 'An empty kid: an API that looks a key up by it may find an empty one.')
  if (Array.from(kid.slice(0, 512)).some((character) => character < ' ' || character === '\u007f'))
    return say('control characters', 'Control characters, which end names and log lines early.')
  const found = signs.find(([pattern]) => pattern.test(kid.slice(0, 512)))
  return found ? say(found[1], found[2]) : []
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

function ecdsa(header: JsonObject, signature: Uint8Array): Check[] {
  const algorithm = jwsAlgorithm(textMember(header, 'alg') ?? '')
  if (algorithm?.kty !== 'EC') return []
  if (signature.length > 0 && signature.every((byte) => byte === 0))
    return [
      named(
        'psychic-signature',
        'Attack: psychic signature',
        'CVE-2022-21449',
        'The signature is all zeros. An API on a Java runtime with this defect accepts it for any claims.',
      ),
    ]
  // DER: SEQUENCE, length, INTEGER. The raw form of RFC 7518 section 3.4 has a fixed length of its own.
  if (signature[0] === 0x30 && signature[2] === 0x02 && signature.length !== rawLength(algorithm.crv))
    return [
      named(
        'der-signature',
        'ECDSA signature in DER',
        'RFC 7518 section 3.4',
        'The signature is in DER form; a JWS holds only R and S. Correct libraries refuse it.',
      ),
    ]
  return []
}

function rawLength(curve: string | undefined): number {
  return curve === 'P-521' ? 132 : curve === 'P-384' ? 96 : 64
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
