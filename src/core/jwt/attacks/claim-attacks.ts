import type { Check } from '@contract/tokens/tokens'
import { quoted } from '../checks/check.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { momentOf, readNumericDate } from '../text/numeric-date.ts'
import { disguiseOf } from './key-attacks.ts'
import { named } from './named.ts'
import { isDisguised } from './text-tricks.ts'

/** Claims that a careless API reads otherwise than they are meant. */
export function nameClaims(claims: JsonObject): Check[] {
  return [
    ...times(claims),
    ...order(claims),
    ...shapes(claims),
    ...audience(claims),
    ...issuer(claims),
    ...disguised(claims),
    ...contents(claims),
    ...purpose(claims),
  ]
}

/** A token for one step, such as setting a new password: its issuer signs it with the key of all its tokens. */
function purpose(claims: JsonObject): Check[] {
  const names = [
    'purpose',
    'token_purpose',
    'action',
    'intent',
    'usage',
    'type',
    'token_type',
    'typ',
    'token_use',
  ]
  const name = names.find((each) =>
    /reset|verif|activat|invit|confirm|magic|unsubscri|registr|(?:^|\W|_)(?:mfa|otp|2fa)|recover/i.test(
      (textMember(claims, each) ?? '').slice(0, 100),
    ),
  )
  return name === undefined
    ? []
    : [
        named(
          'one-purpose',
          'Attack, if an API accepts it: token for one step',
          'RFC 8725 section 2.8',
          `${name} is ${quoted(member(claims, name))}: it is for one step only. An API that only checks signature and expiry accepts it as an access token.`,
        ),
      ]
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
        ? 'So far in the future that it never expires.'
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

/** Times that contradict one another. */
function order(claims: JsonObject): Check[] {
  const [expires, begins, issued] = ['exp', 'nbf', 'iat'].map((name) => {
    const date = readNumericDate(member(claims, name))
    return date.ok && date.likely === undefined ? date.at : undefined
  })
  const says =
    expires !== undefined && begins !== undefined && begins > expires
      ? 'It becomes valid (nbf) after it has expired (exp): it is never valid.'
      : expires !== undefined && issued !== undefined && issued > expires
        ? 'It was issued (iat) after it had expired (exp).'
        : undefined
  return says === undefined
    ? []
    : [
        named(
          'time-order',
          'Attack or mistake: order of times',
          'RFC 7519 section 4.1',
          `${says} An API that checks only one of them accepts it.`,
        ),
      ]
}

/** Claims that are text (RFC 7519 section 4.1); `aud` may be a list of texts. */
function shapes(claims: JsonObject): Check[] {
  return ['iss', 'sub', 'jti', 'aud'].flatMap((name) => {
    const value = member(claims, name)
    if (value === undefined) return []
    const list = name === 'aud' && Array.isArray(value) ? value : [value]
    if (list.every((each) => typeof each === 'string')) return empty(name, value, list)
    // Many programs number their users and apps, against RFC 7519 section 4.1: no attack, see `lintToken`.
    if (typeof value === 'number' && name !== 'aud') return []
    return [
      named(
        'claim-shape',
        `Attack or mistake: ${name} is not text`,
        `RFC 7519 section 4.1.${{ iss: 1, sub: 2, aud: 3, jti: 7 }[name] ?? 1}`,
        `${name} is ${quoted(value)}. An API that compares it loosely, or puts it into a query, may find anyone.`,
      ),
    ]
  })
}

function empty(name: string, value: unknown, list: unknown[]): Check[] {
  return list.some((each) => each === '') || (name !== 'aud' && textMember({ value }, 'value')?.trim() === '')
    ? [
        named(
          'claim-empty',
          `Attack or mistake: ${name} is empty`,
          'RFC 7519 section 4.1',
          `An API that only checks whether ${name} is present, or whether one text starts with the other, accepts it.`,
        ),
      ]
    : []
}

function audience(claims: JsonObject): Check[] {
  const value = member(claims, 'aud')
  const all = [value].flat().filter((each) => typeof each === 'string')
  const wide = all.find((each) => /[*]|^\.[+*]|^(?:any|all|null|undefined)$/i.test(each))
  if (wide !== undefined)
    return [
      named(
        'audience-any',
        'Attack or mistake: audience for all',
        'RFC 8725 section 3.9',
        `aud is ${quoted(wide)}, as if it were a pattern. An API that treats it as one accepts tokens that were not issued for it.`,
      ),
    ]
  return all.length > 10
    ? [
        named(
          'audience-many',
          'Attack or mistake: many audiences',
          'RFC 9700 section 2.3',
          `The token is for ${all.length} audiences: each of them can use it at all the others.`,
        ),
      ]
    : []
}

function issuer(claims: JsonObject): Check[] {
  const iss = textMember(claims, 'iss') ?? ''
  const says = /^\s|\s$/.test(iss)
    ? ' It has a space at one end.'
    : isDisguised(iss)
      ? ' It has letters that look like others, or invisible characters.'
      : disguiseOf(iss)
  return iss.trim() === '' || says === ''
    ? []
    : [
        named(
          'issuer-alike',
          'Attack: issuer that looks like another',
          'RFC 8725 section 3.8',
          `iss is ${quoted(iss)}.${says} An API that compares a part of it, or a person who reads it, mistakes it for the trusted issuer.`,
        ),
      ]
}

/** Claims by which an account is found, in letters that are taken for others. */
function disguised(claims: JsonObject): Check[] {
  const names = ['sub', 'preferred_username', 'username', 'upn', 'email', 'client_id', 'azp', 'scope'].filter(
    (name) => isDisguised(textMember(claims, name) ?? ''),
  )
  return names.length === 0
    ? []
    : [
        named(
          'claim-disguised',
          'Attack: letters that look like others',
          'RFC 8725 section 3.7',
          `${names.join(', ')}: it contains invisible characters, or letters of another script among Latin ones. A person or a database reads a different name.`,
        ),
      ]
}

const signs: readonly [RegExp, string][] = [
  [
    /<(?:script|img|svg|iframe|object|embed|a\s|body|meta)\b|javascript:|\bon(?:error|load)\s{0,20}=/i,
    'markup',
  ],
  [/\$\{[^{}]{0,200}[:(*]|\{\{[^{}]{1,200}[*(._]|<%=|#\{[^{}]{0,200}[.(*]/, 'an expression'],
  [
    /['"]\s{0,20}(?:or|and|union)\b[^a-z]{0,20}['"\d]|\bunion\s{1,20}(?:all\s{1,20})?select\b|['"]\s{0,5};\s{0,20}(?:drop|insert|update|delete|exec)\b|['"]\s{0,20}--(?:\s|$)/i,
    'SQL',
  ],
  [/(?:^|[/\\])\.\.[/\\].{0,200}/, 'a path that climbs'],
  [/\$\([a-z]|;\s{0,5}(?:rm|cat|curl|wget|nc|bash|sh|ping)\s|\|\s{0,5}(?:sh|bash|nc|id)\b/i, 'a command'],
]

/** Claims on their way into a page or a query. */
function contents(claims: JsonObject): Check[] {
  const found = Object.entries(claims)
    .slice(0, 200)
    .flatMap(([name, value]) => {
      if (typeof value !== 'string' && !hasOperator(value)) return []
      const what =
        typeof value === 'string'
          ? signs.find(([pattern]) => pattern.test(value.slice(0, 1_000)))?.[1]
          : 'an operator of a query'
      return what === undefined ? [] : [`${quoted(name)} (${what})`]
    })
  return found.length === 0
    ? []
    : [
        named(
          'claim-injection',
          'Attack: injection in a claim',
          'RFC 8725 section 2.10',
          `${found.slice(0, 5).join(', ')}. A signature says who made a claim, not that it is harmless where it is displayed or used in a query.`,
        ),
      ]
}

function hasOperator(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).some((name) => /^\$(?:ne|gt|gte|lt|lte|in|nin|regex|where|exists)$/.test(name))
  )
}
