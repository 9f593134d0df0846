import { Cookie, CookieJar } from 'tough-cookie'
import type { CookieDraft, CookiePlace, CookieView } from '@contract/network/cookies'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { parseJson } from '../text/parse-json.ts'
import { CookieShelf } from './cookie-shelf.ts'
import { readCookie } from './read-cookie.ts'

/** Limits of one response, one cookie and one jar. Cookies and characters; a jar is read and written at every use. */
const most = { taken: 50, length: 8_192, kept: 1_000, size: 524_288 }
/** The last moment of a `Date` (ECMA-262 section 21.4.1.1), in milliseconds. */
const lastMoment = 8_640_000_000_000_000
const options = { http: true, ignoreError: true } as const

/** Opens a jar from its JSON; an empty one where there is none. Loaded at first use: it knows all public suffixes. Code:
 *  `document_malformed`. */
export function openJar(json: string | undefined): Result<CookieJar> {
  if (json === undefined) return ok(new CookieJar(new CookieShelf()))
  try {
    const parsed = parseJson(json)?.value
    const kept = parsed as Parameters<typeof CookieJar.deserializeSync>[0]
    return ok(CookieJar.deserializeSync(kept, new CookieShelf()))
  } catch {
    return fail(
      'document_malformed',
      'This cookie jar is damaged.',
      'It is kept as is. Remove all its cookies to start over.',
    )
  }
}

/** The Cookie header for an address (RFC 6265 section 5.4); nothing where no cookie fits. Cookies know no ports (section
 *  8.5). Where a redirect of another origin led there (`led`), one that a server set for itself goes to its own port alone. */
export function cookieHeader(jar: CookieJar, url: string, led = false): string | undefined {
  const cookies = jar.getCookiesSync(url, { http: true, sort: true })
  const here = portMark(url)
  const sent = led ? cookies.filter((cookie) => cookie.hostOnly !== true || isOfPort(cookie, here)) : cookies
  return sent.map((cookie) => cookie.cookieString()).join('; ') || undefined
}

/** Takes what a response sets (RFC 6265 section 5.3); what is not for its server is left out. Whether anything changed. */
export function takeCookies(jar: CookieJar, url: string, headers: readonly string[]): boolean {
  return (
    headers
      .slice(0, most.taken)
      .filter(({ length }) => length <= most.length)
      .map((header) => taken(jar, url, header))
      .filter((cookie) => cookie !== undefined).length > 0
  )
}

/** The cookies of a jar, but those that are over. */
export function cookiesIn(jar: CookieJar, now: number): CookieView[] {
  return allIn(jar)
    .filter((cookie) => !isOver(cookie, now))
    .map(viewOf)
}

/** The value of a cookie. */
export function cookieValue(jar: CookieJar, place: CookiePlace): string | undefined {
  return allIn(jar).find((cookie) => isAt(cookie, place))?.value
}

/** Puts a cookie into a jar, in the place of the one that it was. Codes: `cookie_unfit`, `cookie_no_value`. */
export function putCookie(jar: CookieJar, draft: CookieDraft): Result<CookieJar> {
  const was = draft.was ?? draft
  const value = draft.value ?? cookieValue(jar, was)
  if (value === undefined) return fail('cookie_no_value', 'The cookie has no value yet.', 'Enter one.')
  const { name, path, below, secure, httpOnly, expiresAt } = draft
  const domain = draft.domain.toLowerCase().replace(/^\./, '')
  const isFit = [name, value].every((text) => /^[\x21-\x3a\x3c-\x7e]*$/.test(text)) && !name.includes('=')
  if (!isFit || !path.startsWith('/') || !URL.canParse(`https://${domain}/`) || /[/:?#@\s]/.test(domain))
    return fail(
      'cookie_unfit',
      'A cookie needs a name and a value without spaces and semicolons, a domain, and a path that starts with /.',
      'Correct these fields.',
    )
  const cookie = new Cookie({
    key: name,
    value,
    domain,
    path,
    secure,
    httpOnly,
    hostOnly: !below,
    expires: expiresAt === undefined ? 'Infinity' : new Date(expiresAt),
  })
  const kept = allIn(jar).filter((other) => !isAt(other, was) && !isAt(other, { ...draft, domain }))
  return openJar(jsonOf(jar, [...kept, cookie]))
}

/** The jar without a cookie. */
export function withoutCookie(jar: CookieJar, place: CookiePlace): Result<CookieJar> {
  return openJar(
    jsonOf(
      jar,
      allIn(jar).filter((cookie) => !isAt(cookie, place)),
    ),
  )
}

/** One cookie alone, as a jar is kept; nothing where it is not in the jar. */
export function onlyCookie(jar: CookieJar, place: CookiePlace): string | undefined {
  const found = allIn(jar).filter((cookie) => isAt(cookie, place))
  return found.length === 0 ? undefined : jsonOf(jar, found)
}

/** The jar with the cookies of another one; those that it has itself stay. */
export function joinedJars(jar: CookieJar, other: CookieJar): Result<CookieJar> {
  const own = allIn(jar)
  const added = allIn(other).filter(
    ({ key, domain, path }) =>
      !own.some((cookie) => isAt(cookie, { name: key, domain: domain ?? '', path: path ?? '/' })),
  )
  return openJar(jsonOf(jar, [...added, ...own]))
}

/** The jar as it is kept: the newest cookies that are not over. The library itself never forgets one that a server ended,
 *  and knows no limit. */
export function writeJar(jar: CookieJar, now: number): string {
  const newest = allIn(jar)
    .filter((cookie) => !isOver(cookie, now))
    .toReversed()
    .slice(0, most.kept)
  let size = 0
  const kept = newest.filter((cookie) => (size += JSON.stringify(cookie).length) <= most.size)
  return jsonOf(jar, kept.toReversed())
}

/** From the oldest to the newest. */
function allIn(jar: CookieJar): Cookie[] {
  return (jar.serializeSync()?.cookies ?? []).flatMap((json) => Cookie.fromJSON(json) ?? [])
}

function jsonOf(jar: CookieJar, cookies: readonly Cookie[]): string {
  return JSON.stringify({ ...jar.serializeSync(), cookies: cookies.map((cookie) => cookie.toJSON()) })
}

/** Sets a cookie; nothing where it is left out. The request has been carried out: whatever the library makes of the header
 *  or the address must not have it told as failed. */
function taken(jar: CookieJar, url: string, header: string): Cookie | undefined {
  try {
    const read = readCookie(header)
    if (read === undefined) return undefined
    // As the host of an address is written: an IPv6 address without brackets, a name of any script in ASCII.
    if (read.domain) read.domain = asHost(read.domain)
    if (hidesSecure(jar, url, read)) return undefined
    const cookie = jar.setCookieSync(read, url, options)
    if (cookie) cookie.extensions = [...(cookie.extensions ?? []).filter(isNoMark), portMark(url)]
    return cookie
  } catch {
    return undefined
  }
}

/** The port at which a cookie was set, as an attribute beside those of the server. The usual ones are one: http leads to
 *  https. */
const mark = 'gatehouse-port='

function portMark(url: string): string {
  return `${mark}${new URL(url).port}`
}
function isNoMark(attribute: string): boolean {
  return !attribute.toLowerCase().startsWith(mark)
}
/** One without a mark was entered, or is of an earlier version. */
function isOfPort({ extensions }: Cookie, here: string): boolean {
  return extensions?.includes(here) === true || extensions?.every(isNoMark) !== false
}

/** Whether a cookie that came in the clear would stand in for one that goes by TLS alone (RFC 6265bis section 5.7). */
function hidesSecure(jar: CookieJar, url: string, { key, path }: Cookie): boolean {
  if (!url.startsWith('http:')) return false
  const there = new URL(url)
  there.protocol = 'https:'
  if (path?.startsWith('/')) there.pathname = path
  return jar.getCookiesSync(there.href, { http: true }).some((other) => other.secure && other.key === key)
}

function asHost(domain: string): string {
  const url = `http://${domain.replace(/^\./, '')}/`
  return URL.canParse(url) && !/[/?#@]/.test(domain) && new URL(url).port === ''
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : domain
}

function isOver(cookie: Cookie, now: number): boolean {
  const ends = cookie.expiryTime()
  return ends !== undefined && ends <= now
}

function isAt({ key, domain, path }: Cookie, place: Omit<CookiePlace, 'accountId'>): boolean {
  return key === place.name && domain === place.domain && path === place.path
}

function viewOf(cookie: Cookie): CookieView {
  const ends = cookie.expiryTime()
  return {
    name: cookie.key,
    domain: cookie.domain ?? '',
    path: cookie.path ?? '/',
    below: cookie.hostOnly !== true,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    ...defined({
      sameSite: cookie.sameSite,
      // A server may name a moment that is none to any clock.
      expiresAt: ends === undefined || !Number.isFinite(ends) ? undefined : Math.min(ends, lastMoment),
    }),
  }
}
