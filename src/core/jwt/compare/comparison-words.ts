import type { MemberChanges } from '@contract/tokens/bench'
import { isNone } from '../keys/algorithms.ts'
import type { DecodedToken } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, momentOf } from '../text/numeric-date.ts'

interface Changes {
  header: MemberChanges
  claims: MemberChanges
}

/** What the differences between two tokens mean, in sentences, the most important first. */
export function comparisonWords(one: DecodedToken, other: DecodedToken, changes: Changes): string[] {
  if (one.text === other.text && one.text !== '') return ['Both are the same token, character by character.']
  if (one.format !== 'jwt' || other.format !== 'jwt')
    return [...unread(one, 'first'), ...unread(other, 'second')]
  return [
    ...origin(one.claims, other.claims),
    ...content(changes),
    ...sameId(one.claims, other.claims),
    ...signing(one.header, other.header),
    ...times(one.claims, other.claims),
  ]
}

/** Why not all of a token is compared. */
function unread(token: DecodedToken, which: string): string[] {
  switch (token.format) {
    case 'jwt':
      return []
    case 'jwe':
      return [`The ${which} token is encrypted: only its header is compared.`]
    case 'opaque':
      return [`The ${which} token is opaque: nothing in it can be compared.`]
    case 'malformed':
      return token.header === undefined && token.claims === undefined
        ? [`The ${which} token cannot be read.`]
        : [`The ${which} token is not a valid JWT: only its readable parts are compared.`]
  }
}

/** Who issued both, and for whom. */
function origin(one: JsonObject, other: JsonObject): string[] {
  const issuers = [textMember(one, 'iss'), textMember(other, 'iss')]
  if (issuers.includes(undefined)) return []
  if (issuers[0] !== issuers[1])
    return ['They are from different issuers: the same claim, even sub, may mean something else.']
  const subjects = [textMember(one, 'sub'), textMember(other, 'sub')]
  if (subjects.includes(undefined)) return []
  if (subjects[0] !== subjects[1]) return ['They are from the same issuer, for different subjects.']
  const clients = [clientOf(one), clientOf(other)]
  return clients[0] === clients[1] || clients.includes(undefined)
    ? ['They are from the same issuer, for the same subject.']
    : ['They are from the same issuer, for the same subject, by different clients.']
}

function clientOf(claims: JsonObject): string | undefined {
  return ['client_id', 'azp', 'cid', 'appid']
    .map((name) => textMember(claims, name))
    .find((id) => id !== undefined)
}

function content({ header, claims }: Changes): string[] {
  if (claims.changes.length > 0)
    return claims.changes.every(({ expected }) => expected)
      ? ['Only claims that are new in every token differ.']
      : []
  return header.changes.length > 0
    ? ['All claims are the same; the headers differ.']
    : ['Header and claims are the same; only the text differs, for example its signature.']
}

function sameId(one: JsonObject, other: JsonObject): string[] {
  const id = textMember(one, 'jti')
  return id !== undefined && id === textMember(other, 'jti')
    ? ['Both have the same jti, which no two tokens may share (RFC 7519 section 4.1.7).']
    : []
}

function signing(one: JsonObject, other: JsonObject): string[] {
  const [first = '', second = ''] = [textMember(one, 'alg'), textMember(other, 'alg')]
  if (isNone(first) !== isNone(second))
    return [`The ${isNone(first) ? 'first' : 'second'} token is not signed.`]
  if (first !== second)
    return [`They are signed with different algorithms: ${short(first)} and ${short(second)}.`]
  const keys = [textMember(one, 'kid'), textMember(other, 'kid')]
  return keys[0] !== keys[1] && !keys.includes(undefined) ? ['They name different signing keys (kid).'] : []
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** Which is the newer, and how long each is valid. */
function times(one: JsonObject, other: JsonObject): string[] {
  const [first, second] = [momentOf(member(one, 'iat')), momentOf(member(other, 'iat'))]
  const says: string[] = []
  if (first !== undefined && second !== undefined && first !== second)
    says.push(
      `The second was issued ${durationWords(second - first)} ${second > first ? 'after' : 'before'} the first.`,
    )
  const [before, after] = [lifetime(one), lifetime(other)]
  if (before !== undefined && after !== undefined && before !== after)
    says.push(`The first is valid for ${durationWords(before)}, the second for ${durationWords(after)}.`)
  return says
}

function lifetime(claims: JsonObject): number | undefined {
  const [from, to] = [momentOf(member(claims, 'iat')), momentOf(member(claims, 'exp'))]
  return from === undefined || to === undefined || to < from ? undefined : to - from
}
