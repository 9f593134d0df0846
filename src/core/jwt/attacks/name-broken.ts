import type { Check } from '@contract/tokens/tokens'
import { salvageBase64url } from '../text/base64url.ts'
import type { DecodedToken } from '../text/decode.ts'
import type { JsonObject } from '../text/json-object.ts'
import { nameAlgorithm } from './algorithm-attacks.ts'
import { nameEncrypted } from './encrypted-attacks.ts'
import { nameEncoding, nameHeader } from './name-attacks.ts'
import { missingAlgorithm, named, type NamedAttack } from './named.ts'
import { latin } from './text-tricks.ts'

const stripped: NamedAttack = [
  'signature-stripped',
  'Attack: signature stripped',
  'RFC 8725 section 2.1',
  'An API that only checks a signature if there is one accepts any claims.',
]
const spelling: NamedAttack = [
  'second-spelling',
  'Attack: second spelling',
  'RFC 8725 section 2.4',
  'Lenient libraries read the same token from different text, so a list of revoked tokens or used ids does not recognize it.',
]
const load: NamedAttack = [
  'parser-load',
  'Attack: too much for a parser',
  'RFC 8259 section 9',
  'Nesting or members without end keep a parser busy, or overflow its stack, before any signature is looked at.',
]
const notText: NamedAttack = [
  'not-utf8',
  'Attack or mistake: bytes that are no text',
  'RFC 7519 section 7.2',
  'They are not UTF-8. Programs put different characters in their place, or the same for several.',
]
const furtherPart: NamedAttack = [
  'further-part',
  'Attack or mistake: a part too many',
  'RFC 7515 section 7.1',
  'A library that looks at the first three parts accepts it; a list of revoked tokens does not know it.',
]

const otherForm: NamedAttack = [
  'sign-encrypt',
  'Attack: encryption where a signature should be',
  'RFC 8725 section 2.3',
  'The header says that the token is encrypted (enc), and it has the form of a signed one. A library that decides by the header what to do takes a key for the wrong purpose.',
]

type Malformed = Extract<DecodedToken, { format: 'malformed' }>

/** Defects that are attacks as well, by the code of the defect. */
const byDefect: readonly [RegExp, NamedAttack][] = [
  [/^alg_missing$/, missingAlgorithm],
  [/^signature_missing$/, stripped],
  [
    /^(?:padding|base64_alphabet|non_canonical_end|white_space|not_base64url|signature_unreadable)$/,
    spelling,
  ],
  [/^(?:header|payload)_too_(?:deep|many_members)$/, load],
  [/^(?:header|payload)_not_utf8$/, notText],
]

/** Attacks by texts that are no sound token, and by encrypted ones: what `nameAttacks` cannot be given. */
export function nameBroken(token: DecodedToken): Check[] {
  if (token.format === 'jwe')
    return [...nameEncrypted(token.header, token.segments), ...nameHeader(token.header, true)]
  if (token.format !== 'malformed') return []
  const { header = {}, text } = token
  const algorithm = nameAlgorithm(header)
  const further = token.flattened ? nameUnencoded(token, header) : nameHeader(header, true)
  if (algorithm?.id === 'attack-alg-none') return [algorithm, ...further]
  const codes = token.defects.map(({ code }) => code)
  const rows = byDefect.filter(([pattern]) => codes.some((code) => pattern.test(code))).map(([, row]) => row)
  const count = text.split('.', 5).length
  if (codes.includes('segment_count') && count === 2) rows.push(stripped)
  if (codes.includes('json_serialization') && /"payload"/.test(text) && !/"signatures?"/.test(text))
    rows.push(stripped)
  if (codes.includes('segment_count') && count === 4) rows.push(furtherPart)
  if (codes.includes('segment_count') && count === 3) rows.push(otherForm)
  if (isLenient(codes, text)) rows.push(lenient)
  if (codes.includes('json_serialization') && /"signatures"\s{0,20}:\s{0,20}\[\s{0,20}\]/.test(text))
    rows.push(noSignatures)
  if (
    codes.includes('alg_missing') &&
    Object.keys(header).some((name) => latin(name) === 'alg' && name !== 'alg')
  )
    rows.push(otherName)
  return [
    ...(algorithm && !codes.includes('signature_missing') ? [algorithm] : []),
    ...rows.map((row) => named(...row)),
    ...(algorithm && codes.includes('signature_missing') ? [algorithm] : []),
    ...further,
  ]
}

/** Signed data may have a payload that is signed as it is (RFC 7797); claims may not. */
function nameUnencoded({ jws }: Malformed, header: JsonObject): Check[] {
  const isClaims = /^\s{0,100}\{/.test(jws?.payload ?? '')
  const rest = Object.fromEntries(
    Object.entries(header).filter(([name, value]) => name !== 'crit' || JSON.stringify(value) !== '["b64"]'),
  )
  return [...nameHeader(rest, true), ...(isClaims ? nameEncoding(header) : [])]
}

const lenient: NamedAttack = [
  'lenient-json',
  'Attack or mistake: JSON that programs read differently',
  'RFC 8725 section 2.4',
  'There is something before, behind or within the object that strict parsers refuse and lenient ones skip: what checks the token may see another one than what uses it.',
]
const otherName: NamedAttack = [
  'member-case',
  'Attack or mistake: name in other letters',
  'RFC 8725 section 2.4',
  'alg is there in other letters: names are compared exactly. A library that does not may mistake it for the registered one.',
]

/** A byte order mark, comments, single quotation marks, a comma too many, or more than the object. */
function isLenient(codes: string[], text: string): boolean {
  const index = codes.includes('header_not_json') ? 0 : codes.includes('payload_not_json') ? 1 : undefined
  if (index === undefined) return false
  const segment = text.split('.', 2)[index] ?? ''
  const json = new TextDecoder('utf-8', { ignoreBOM: true }).decode(salvageBase64url(segment.slice(0, 8_000)))
  return /^\uFEFF|^\s{0,20}\{\s{0,20}'|\/\*|^\s*\/\/|[,:]\s{0,20}[}\]]|\}[^\s,\]}][^}]{0,200}$|\}\s{0,20}\{|\bNaN\b|\bInfinity\b/.test(
    json,
  )
}

const noSignatures: NamedAttack = [
  'no-signatures',
  'Attack: no signatures',
  'RFC 7515 section 7.2.1',
  'An API that checks every signature in the list accepts any payload if there is none.',
]
