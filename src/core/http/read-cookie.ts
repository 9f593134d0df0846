import { Cookie } from 'tough-cookie'

/** Reads a Set-Cookie header where the library knows RFC 6265 alone: a cookie may have no name, and one that is meant for other
 *  sites, or for one within another, has to be secure (RFC 6265bis section 5.7, CHIPS section 2). Nothing for one that is not
 *  to be kept. */
export function readCookie(header: string): Cookie | undefined {
  const [pair = ''] = header.split(';', 1)
  const equals = pair.indexOf('=')
  const named = pair.slice(0, Math.max(0, equals)).trim() !== ''
  const value = pair.slice(equals + 1).trim()
  if (!named && value === '') return undefined
  // Of one without a name the library is given a name, which is taken off again.
  const cookie = Cookie.parse(named ? header : `x=${header.slice(equals + 1)}`)
  if (cookie === undefined) return undefined
  if (!named) cookie.key = ''
  const prefixed = named ? cookie.key : cookie.value
  if (breaksPrefix(cookie, prefixed, named)) return undefined
  return needsSecure(cookie) && !cookie.secure ? undefined : cookie
}

/** The prefixes count in any case (RFC 6265bis section 5.4), and are no one's to feign by a cookie without a name. */
function breaksPrefix({ secure, domain, path }: Cookie, text: string, named: boolean): boolean {
  const lower = text.toLowerCase()
  const isHost = lower.startsWith('__host-')
  if (!isHost && !lower.startsWith('__secure-')) return false
  return !named || !secure || (isHost && (domain !== null || path !== '/'))
}

function needsSecure({ sameSite, extensions }: Cookie): boolean {
  const isPartitioned = extensions?.some((each) => /^\s*partitioned\s*(=|$)/i.test(each)) === true
  return sameSite === 'none' || isPartitioned
}
