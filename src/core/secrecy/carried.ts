import { isCredentials, tokenTexts } from './looks.ts'
import { pairsIn, userInformation } from './mask.ts'
import { findNamed } from './named-values.ts'
import { isHandedOut, isSecretHeader, isSecretName, isSecretParameter } from './names.ts'

/** A message, as far as it may carry secrets. */
export interface CarryingMessage {
  url: string
  headers: readonly [string, string][]
  body?: string
}

/** A way of a message, as far as proxies on it are shown anything. */
interface ShowingWay {
  proxy?: { credentials?: { username: string; password: string } }
  otherwise?: ShowingWay
}

type IsName = (name: string) => boolean

/** The secret values that a message is sent with, each alone and in the spelling it was sent in: of its address, its
 *  headers one by one (cookies apart, both halves of Basic), and its body. */
export function secretsSent(
  { url, headers, body }: CarryingMessage,
  isName: IsName = isSecretName,
): string[] {
  return distinct([
    ...secretsInUrl(url, isName),
    ...headers.flatMap(([name, value]) => secretsInHeader(name, value, isName)),
    ...(body === undefined ? [] : secretsInBody(body, isName)),
  ])
}

/** The secret values that a response hands out: cookies, tokens in its head, in a redirect and in its body. */
export function secretsAnswered(headers: readonly [string, string][], body: string): string[] {
  return distinct([
    ...headers.flatMap(([name, value]) => secretsInAnswerHeader(name.toLowerCase(), value)),
    ...secretsInBody(body, isHandedOut),
  ])
}

/** The secret values in a URL: user information, tokens and what follows a secret name in the path, query and fragment. */
export function secretsInUrl(url: string, isName: IsName = isSecretParameter): string[] {
  const pairs = url.split(/[?#]/).slice(1)
  return [
    ...inAuthority(url),
    ...inPath(url.replace(/[?#].*/s, ''), isName),
    ...pairs.flatMap((part) => inPairs(part, isName)),
    ...tokenTexts(url),
  ]
}

/** The secret values in a body: JSON, a form, or any text. */
export function secretsInBody(body: string, isName: IsName = isSecretParameter): string[] {
  const found: string[] = tokenTexts(body)
  try {
    inJson(JSON.parse(body), false, isName, 0, found)
    return found
  } catch {
    found.push(...findNamed(body, isName).map(({ start, end }) => body.slice(start, end)))
    return /^[^\s=&{}<>"]{1,200}=/.test(body) ? [...found, ...inPairs(body, isName)] : found
  }
}

/** Other values of cookies are words, as `dark` and `en-US`. */
const shortestCookie = 10
/** A segment of a path behind one with a secret name, as in `/reset-token/3f…`. */
const shortestSegment = 12
const deepest = 40

function secretsInHeader(name: string, value: string, isName: IsName): string[] {
  const lower = name.toLowerCase()
  const found = tokenTexts(value)
  if (lower === 'cookie') return [...found, value, ...value.split(';').flatMap((pair) => inCookie(pair))]
  if (isSecretHeader(lower) || isName(lower) || isCredentials(value))
    found.push(value, ...inCredentials(value))
  return found
}

function secretsInAnswerHeader(lower: string, value: string): string[] {
  if (lower === 'set-cookie') return [...tokenTexts(value), ...inCookie(value.replace(/;.*/s, ''))]
  if (lower === 'location' || lower === 'content-location' || lower === 'refresh') return secretsInUrl(value)
  const found = tokenTexts(value)
  if (isSecretHeader(lower)) found.push(...inCredentials(value), value)
  return found
}

/** What is behind a scheme; both halves of Basic (RFC 7617), the parameters of others. */
function inCredentials(value: string): string[] {
  const text = value.trim()
  const rest = text.slice(text.search(/[ \t]/) + 1).trim()
  const found = [rest, ...findNamed(rest, isSecretParameter).map(({ start, end }) => rest.slice(start, end))]
  if (!/^basic[ \t]/i.test(text)) return found
  try {
    const decoded = utf8(atob(rest))
    const colon = decoded.indexOf(':')
    const halves = colon === -1 ? [decoded] : [decoded.slice(0, colon), decoded.slice(colon + 1)]
    return [...found, ...halves.flatMap(bothSpellings)]
  } catch {
    return found
  }
}

function inCookie(pair: string): string[] {
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, equals))
  // One without a name is all value (RFC 6265bis section 5.7).
  const value = pair
    .slice(equals + 1)
    .trim()
    .replaceAll('"', '')
  return isSecretName(name) || value.length >= shortestCookie ? bothSpellings(value) : []
}

function inAuthority(url: string): string[] {
  const user = userInformation(url)
  return user === undefined ? [] : url.slice(user.start, user.end).split(':').flatMap(bothSpellings)
}

function inPath(path: string, isName: IsName): string[] {
  const segments = path.split('/')
  return segments.flatMap((segment, index) => {
    const before = segments[index - 1]
    const looksSecret = segment.length >= shortestSegment && /\d/.test(segment)
    return before !== undefined && looksSecret && isName(before) ? bothSpellings(segment) : []
  })
}

function inPairs(text: string, isName: IsName): string[] {
  return pairsIn(text, 0, text.length, isName).flatMap(({ start, end }) =>
    bothSpellings(text.slice(start, end)),
  )
}

function inJson(value: unknown, secret: boolean, isName: IsName, depth: number, found: string[]): void {
  if (typeof value === 'string') {
    if (secret) found.push(value)
  } else if (typeof value === 'number') {
    if (secret) found.push(String(value))
  } else if (depth >= deepest) return
  else if (Array.isArray(value)) {
    for (const member of value) inJson(member, secret, isName, depth + 1, found)
  } else {
    // What is none of these has no entries.
    for (const [name, member] of Object.entries(value ?? {}))
      inJson(member, secret || isName(name), isName, depth + 1, found)
  }
}

/** As it is, and as a form or a URL means it. */
function bothSpellings(text: string): string[] {
  return [text, ...decoded(text)]
}

function decoded(text: string): string[] {
  try {
    return distinct([decodeURIComponent(text.replaceAll('+', ' ')), decodeURIComponent(text)])
  } catch {
    return []
  }
}

function utf8(binary: string): string {
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return binary
  }
}

function distinct(values: Iterable<string>): string[] {
  return [...new Set(values)].filter((value) => value !== '')
}

/** What the proxies of a way are shown: a page of theirs may repeat it. As a pair, too, which Basic (RFC 7617) is made of. */
export function secretsOnWay({ proxy, otherwise }: ShowingWay): string[] {
  const { username, password } = proxy?.credentials ?? {}
  return [
    ...(password === undefined ? [] : [`${username}:${password}`, password]),
    ...(otherwise === undefined ? [] : secretsOnWay(otherwise)),
  ]
}
