import { findTokens, inOrder, replaceSpans, type Span } from './looks.ts'
import { mark } from './mark.ts'
import { findNamed } from './named-values.ts'
import { isSecretName, isSecretParameter } from './names.ts'

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

/** `code`, `state` and the like are secrets in a token request that someone makes by hand (RFC 6749 section 4.1.3), and
 *  ordinary words elsewhere. */
export function namesFor(body: string): IsName {
  return body.includes('grant_type') ? isSecretParameter : isSecretName
}

/** Where secret values are in the query and the fragment of an address. */
export function secretPairs(url: string, isName: IsName): Span[] {
  const query = url.search(/[?#]/)
  if (query < 0) return []
  const hash = url.indexOf('#', query)
  const spans =
    hash < 0
      ? pairsIn(url, query + 1, url.length, isName)
      : [...pairsIn(url, query + 1, hash, isName), ...pairsIn(url, hash + 1, url.length, isName)]
  return spans.filter(isNoVariable(url))
}

/** Whether an address holds a username or a password (RFC 3986 section 3.2.1). */
export function hasUserInformation(url: string): boolean {
  return userInformation(url) !== undefined
}

function userInformation(url: string): Span | undefined {
  const scheme = url.indexOf('://')
  if (scheme < 0) return undefined
  const start = scheme + 3
  const length = url.slice(start).search(/[/?#]/)
  const end = length < 0 ? url.length : start + length
  const at = url.lastIndexOf('@', end)
  return at > start ? { start, end: at } : undefined
}

/** Values of `name=value&…` between two places. */
export function pairsIn(text: string, from: number, to: number, isName: IsName): Span[] {
  const found: Span[] = []
  const known = new Map<string, boolean>()
  let equals = text.indexOf('=', from)
  for (let start = from; start < to && equals >= 0 && equals < to;) {
    const next = text.indexOf('&', start)
    const end = next < 0 || next > to ? to : next
    if (equals < end - 1) {
      const name = text.slice(Math.max(start, equals - longestName), equals)
      const wanted = known.get(name) ?? isName(decoded(name))
      if (known.size < 1_000) known.set(name, wanted)
      if (wanted) found.push({ start: equals + 1, end })
    }
    start = end + 1
    if (equals < start) equals = text.indexOf('=', start)
  }
  return found
}

const longestName = 300

function decoded(name: string): string {
  if (!/[%+]/.test(name)) return name
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

const variable = /^\{\{[\w.-]{1,64}\}\}$/

function isNoVariable(text: string) {
  return ({ start, end }: Span) => end - start > 70 || !variable.test(text.slice(start, end))
}
