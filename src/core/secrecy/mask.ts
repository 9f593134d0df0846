import { findTokens, inOrder, replaceSpans, type Span } from './looks.ts'
import { mark } from './mark.ts'
import { findNamed } from './named-values.ts'
import { isSecretName, isSecretParameter, remembered } from './names.ts'

type IsName = (name: string) => boolean

/** An address fit to be kept, otherwise unchanged: secret values of its query and fragment, tokens wherever they are
 *  and user information are replaced by a mark. What shows the name of a variable stays. */
export function maskUrl(url: string, isName: IsName = isSecretName): string {
  const spans = [...secretPairs(url, isName), ...findTokens(url)]
  const user = userInformation(url)
  if (user !== undefined) spans.push(user)
  return replaceSpans(url, inOrder(spans), mark)
}

/** A body that was sent, fit to be kept: secret fields of a form, secret members and tokens are replaced by a mark. */
export function maskBody(text: string, form: boolean): string {
  const isName = namesFor(text)
  const named = form ? pairsIn(text, 0, text.length, isName) : findNamed(text, isName)
  return replaceSpans(text, inOrder([...named.filter(isNoVariable(text)), ...findTokens(text)]), mark)
}

/** `code`, `state` and the like are secrets in a token request that someone makes manually (RFC 6749 section 4.1.3), and
 *  ordinary words elsewhere. */
export function namesFor(body: string): IsName {
  return body.includes('grant_type') ? isSecretParameter : isSecretName
}

/** Where secret values are in the query and the fragment of an address. */
export function secretPairs(url: string, isName: IsName): Span[] {
  const query = placeOf('?', url, 0, url.length)
  const hash = placeOf('#', url, 0, url.length)
  const spans = [...pairsIn(url, query + 1, hash, isName), ...pairsIn(url, hash + 1, url.length, isName)]
  return spans.filter(isNoVariable(url))
}

/** Whether an address holds a username or a password (RFC 3986 section 3.2.1). */
export function hasUserInformation(url: string): boolean {
  return userInformation(url) !== undefined
}

/** Where the username and the password of an address are. */
export function userInformation(url: string): Span | undefined {
  const scheme = url.indexOf('://')
  if (scheme === -1) return undefined
  const start = scheme + 3
  const length = url.slice(start).search(/[/?#]/)
  const end = length === -1 ? url.length : start + length
  const at = url.lastIndexOf('@', end)
  return at > start ? { start, end: at } : undefined
}

/** Values of `name=value&…` between two places. */
export function pairsIn(text: string, from: number, to: number, isName: IsName): Span[] {
  const found: Span[] = []
  const wanted = remembered((name) => isName(decoded(name)))
  let equals = -1
  for (let end = from - 1; end < to;) {
    const start = end + 1
    end = placeOf('&', text, start, to)
    if (equals < start) equals = placeOf('=', text, start, to)
    if (equals < end - 1 && wanted(text.slice(Math.max(start, equals - longestName), equals)))
      found.push({ start: equals + 1, end })
  }
  return found
}

/** Where a sign is first, or `to` where it is not before that. */
function placeOf(sign: string, text: string, from: number, to: number): number {
  const at = text.indexOf(sign, from)
  return at === -1 ? to : Math.min(at, to)
}

const longestName = 300

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

const variable = /^\{\{[\w.-]{1,64}\}\}$/

function isNoVariable(text: string) {
  return ({ start, end }: Span) => !variable.test(text.slice(start, end))
}
