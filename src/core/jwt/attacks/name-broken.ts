import type { Check } from '@contract/tokens/tokens'
import type { DecodedToken } from '../text/decode.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { liesOnCurve } from '../keys/curve-point.ts'
import { algorithmNone, missingAlgorithm, named, spellsNone, type NamedAttack } from './named.ts'

const stripped: NamedAttack = [
  'signature-stripped',
  'Attack: signature stripped',
  'RFC 8725 section 2.1',
  'An API that only looks at a signature where there is one accepts any claims.',
]
const spelling: NamedAttack = [
  'second-spelling',
  'Attack: second spelling',
  'RFC 8725 section 2.4',
  'Lenient libraries read the same token from other text, so that a list of revoked tokens or used ids does not know it.',
]

/** Defects that are attacks as well, by the code of the defect. */
const byDefect: readonly [RegExp, NamedAttack][] = [
  [/^alg_missing$/, missingAlgorithm],
  [/^signature_missing$/, stripped],
  [/^(?:padding|base64_alphabet|non_canonical_end|white_space|not_base64url)$/, spelling],
]

/** Attacks by texts that are no sound token, and by encrypted ones: what `nameAttacks` cannot be given. */
export function nameBroken(token: DecodedToken): Check[] {
  if (token.format === 'jwe') return encrypted(token.header)
  if (token.format !== 'malformed') return []
  const alg = textMember(token.header ?? {}, 'alg') ?? ''
  if (spellsNone(alg)) return [algorithmNone(alg)]
  const codes = token.defects.map(({ code }) => code)
  const rows = byDefect.filter(([pattern]) => codes.some((code) => pattern.test(code))).map(([, row]) => row)
  if (codes.includes('segment_count') && token.text.split('.', 3).length === 2) rows.push(stripped)
  if (codes.includes('json_serialization') && /"signatures"\s{0,20}:\s{0,20}\[\s{0,20}\]/.test(token.text))
    rows.push([
      'no-signatures',
      'Attack: no signatures',
      'RFC 7515 section 7.2.1',
      'An API that checks every signature of the list, and there is none, accepts any payload.',
    ])
  return rows.map((row) => named(...row))
}

/** More rounds than any honest sender asks for: OWASP recommends some hundred thousand. */
const mostRounds = 10_000_000

function encrypted(header: JsonObject): Check[] {
  const alg = textMember(header, 'alg')
  const rounds = member(header, 'p2c')
  const key = member(header, 'epk')
  const rows: (NamedAttack | false)[] = [
    typeof rounds === 'number' &&
      rounds > mostRounds && [
        'password-rounds',
        'Attack: absurd work',
        'RFC 8725 section 3.13',
        `p2c asks for ${rounds.toLocaleString('en')} rounds: opening it keeps a computer busy.`,
      ],
    member(header, 'zip') !== undefined && [
      'compressed',
      'Attack: compression bomb, or a leak by length',
      'RFC 8725 section 3.6',
      'A small token can unpack to gigabytes, and compression shows in the length what is encrypted.',
    ],
    alg === 'RSA1_5' && [
      'rsa-padding',
      'Attack: old RSA padding',
      'RFC 8725 section 3.2',
      'Whoever can ask an API often whether such tokens open can decrypt them (Bleichenbacher).',
    ],
    isObject(key) &&
      liesOnCurve(key) === false && [
        'invalid-curve',
        'Attack: invalid curve',
        'RFC 8725 section 3.4',
        'The point in epk is not on its curve. A library that does not check gives its private key away.',
      ],
  ]
  return rows.filter((row) => row !== false).map((row) => named(...row))
}
