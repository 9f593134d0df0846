import type { TokenComparison } from '@contract/tokens/bench'
import type { Disclosure } from '@contract/tokens/tokens'
import { parseJson } from '../../text/parse-json.ts'
import type { DecodedToken } from '../text/decode.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { scopeList } from '../text/scope.ts'
import { comparisonWords } from './comparison-words.ts'
import { memberChanges, scopeClaims, without } from './member-changes.ts'

/** A token with what its holder discloses of it. */
export interface ComparedToken {
  token: DecodedToken
  disclosures: Disclosure[]
}

/** What differs between two tokens, the second seen from the first. Of a token that is broken or encrypted, what can be
 *  read is compared. Linear in both. */
export function compareTokens(one: ComparedToken, other: ComparedToken): Omit<TokenComparison, 'sides'> {
  const claims = memberChanges(claimsOf(one.token), claimsOf(other.token))
  const header = memberChanges(headerOf(one.token), headerOf(other.token))
  const scopes = scopeChanges(claimsOf(one.token), claimsOf(other.token))
  const isSelective = one.disclosures.length + other.disclosures.length > 0
  return {
    says: comparisonWords(one.token, other.token, { header, claims }),
    header,
    claims,
    ...(isSelective && { disclosures: memberChanges(disclosed(one), disclosed(other)) }),
    ...(scopes && { scopes }),
  }
}

function claimsOf(token: DecodedToken): JsonObject {
  return 'claims' in token ? (token.claims ?? {}) : {}
}

function headerOf(token: DecodedToken): JsonObject {
  return 'header' in token ? (token.header ?? {}) : {}
}

/** Disclosed claims by name; elements of lists have none and are compared together (RFC 9901 section 4.2.2). */
function disclosed({ disclosures }: ComparedToken): JsonObject {
  const readable = disclosures.filter((each) => each.readable)
  const claims = readable.flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, valueOf(value)] as const],
  )
  const elements = readable.filter(({ name }) => name === undefined).map(({ value }) => valueOf(value))
  return {
    ...Object.fromEntries(claims),
    ...(elements.length > 0 && { [elementsOfLists]: elements.map(asItem) }),
  }
}

/** Among the names of claims; a claim of this name is not to be expected. */
const elementsOfLists = 'elements of lists'

/** What is not text or number is compared by its JSON. */
function asItem(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : value
}

/** The value that JSON says; the text itself where it was cut off. */
function valueOf(json: string): unknown {
  return parseJson(json)?.value ?? json
}

function scopeChanges(before: JsonObject, after: JsonObject): TokenComparison['scopes'] {
  const [had, has] = [scopesOf(before), scopesOf(after)]
  if (had === undefined && has === undefined) return undefined
  const [first, second] = [had ?? [], has ?? []]
  const lost = without(first, second)
  return { lost, gained: without(second, first), kept: without(first, lost) }
}

/** Each scope one time, from all claims that name some; undefined where there is none of these. */
function scopesOf(claims: JsonObject): string[] | undefined {
  const named = scopeClaims.map((name) => member(claims, name)).filter((value) => value !== undefined)
  return named.length === 0 ? undefined : [...new Set(named.flatMap(scopeList))]
}
