import { findCredentials, findTokens, inOrder, replaceSpans } from './looks.ts'
import { mark } from './mark.ts'
import { hasUserInformation } from './mask.ts'
import { findNamed } from './named-values.ts'
import { isSecretHeader, isSecretParameter } from './names.ts'

type IsName = (name: string) => boolean

/** `pin=1`, the shortest text in which something secret is named. */
const shortestNamed = 5
/** `eyJ…` with eight characters and a dot. */
const shortestToken = 9
/** Longer addresses are no addresses: they are taken as text. */
const longestUrl = 65_536

/** Free text without its secrets: tokens by their looks, parameters by their names. */
export function redactText(text: string, isName: IsName = isSecretParameter): string {
  if (text.length < shortestNamed) return text
  return replaceSpans(
    text,
    inOrder([...findTokens(text), ...findCredentials(text), ...findNamed(text, isName)]),
    mark,
  )
}

/** Free text without the tokens in it that are known by their looks. */
export function redactTokens(text: string): string {
  if (text.length < shortestToken) return text
  return replaceSpans(text, findTokens(text), mark)
}

/** A URL without the secrets in its path, query and fragment, and without user information. */
export function redactUrl(url: string, isName: IsName = isSecretParameter): string {
  if (url.length > longestUrl) return redactText(withoutUser(url), isName)
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return redactText(withoutUser(url), isName)
  }
  parsed.username = ''
  parsed.password = ''
  const base = parsed.href.replace(/[?#].*/s, '')
  const query = parsed.search ? `?${redactPairs(parsed.searchParams, isName)}` : ''
  const hash = parsed.hash ? `#${redactPairs(new URLSearchParams(parsed.hash.slice(1)), isName)}` : ''
  return `${redactTokens(base)}${query}${hash}`
}

/** A header's value without its secret; the scheme of Authorization stays. */
export function redactHeader(name: string, value: string): string {
  const lower = name.toLowerCase()
  if (lower === 'location' || lower === 'content-location') return redactUrl(value)
  if (lower === 'set-cookie') return mark
  return isSecretHeader(lower) ? withScheme(lower, value) : redactText(value)
}

/** Headers of requests to APIs and their responses, fit to be shown and kept: of Authorization the scheme stays, of a
 *  cookie that is set its name and attributes. */
export function maskHeaders(headers: readonly [string, string][]): [string, string][] {
  return headers.map(([name, value]) => {
    const lower = name.toLowerCase()
    if (lower === 'set-cookie') return [name, redactTokens(value.replace(/^([^=;]*=)?[^;]*/, `$1${mark}`))]
    if (lower === 'location' || lower === 'content-location') return [name, redactReference(value)]
    if (lower === 'refresh') return [name, redactText(value)]
    return [name, isSecretHeader(lower) ? withScheme(lower, value) : redactTokens(value)]
  })
}

/** A message's body without its secrets: JSON and forms by their parameters, all else as free text. */
export function redactBody(body: string, contentType: string, isName: IsName = isSecretParameter): string {
  if (contentType.includes('application/x-www-form-urlencoded'))
    return redactPairs(new URLSearchParams(body), isName)
  try {
    return redactParsed(body, JSON.parse(body), isName)
  } catch {
    return redactText(body, isName)
  }
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** Is before a number while it is text, where no text holds it. */
const numberMark = '\ue000'
const markedNumber = new RegExp(`"${numberMark}([-+.\\deE]+)"`, 'g')

/** JSON that was parsed, without its secrets and with its numbers as they are written: a double would round them. */
function redactParsed(body: string, parsed: unknown, isName: IsName): string {
  if (body.includes(numberMark)) return JSON.stringify(redactJson(parsed, isName, 0))
  const marked = body.replace(stringOrNumber, (part) => (part[0] === '"' ? part : `"${numberMark}${part}"`))
  return JSON.stringify(redactJson(JSON.parse(marked), isName, 0)).replace(
    markedNumber,
    (_all, number: string) => number,
  )
}

/** Redirects may name their target from the root, and are left as they are where there is nothing to hide. */
function redactReference(value: string): string {
  const path = value.replace(/[?#].*/s, '')
  const rest = value.slice(path.length)
  if ((rest !== '' || hasUserInformation(value)) && URL.canParse(value)) return redactUrl(value)
  return redactTokens(withoutUser(path)) + redactText(rest)
}

/** An address that is taken as text, or is without a scheme (`//user:password@host`), without who logs in. */
function withoutUser(text: string): string {
  return text.replace(/^(\s*(?:[a-z][a-z\d+.-]*:)?\/\/)[^/?#]*@/i, '$1')
}

function withScheme(lowerName: string, value: string): string {
  const scheme = lowerName.endsWith('authorization') ? /^[A-Za-z][\w-]*(?= )/.exec(value)?.[0] : undefined
  return scheme === undefined ? mark : `${scheme} ${mark}`
}

function redactPairs(pairs: URLSearchParams, isName: IsName): string {
  const out = new URLSearchParams()
  for (const [name, value] of pairs)
    out.append(redactTokens(name), isName(name) ? mark : redactText(value, isName))
  return out.toString().replaceAll(encodeURIComponent(mark), mark)
}

function redactJson(value: unknown, isName: IsName, depth: number): unknown {
  if (typeof value === 'string') return redactText(value, isName)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 20) return mark
  if (Array.isArray(value)) return value.map((item) => redactJson(item, isName, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactTokens(name),
      isName(name) && member !== null && typeof member !== 'boolean'
        ? mark
        : redactJson(member, isName, depth + 1),
    ]),
  )
}
