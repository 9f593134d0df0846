import { base64url, type RandomBytes } from '../wire/encoding.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import type { Fetch } from '../wire/fetch.ts'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import { appendToQuery, dropFromQuery } from '../../text/query.ts'

/** Redirects that lead from the authorization endpoint to a page, at most. */
const mostHops = 5
/** Cookies that are kept on the way, and characters of each. */
const cookies = { most: 30, longest: 4_096 }

/** The page that an authorization request leads to where no one is signed in. */
export interface LoginPage {
  url: string
  /** Its `Content-Security-Policy`; empty where it has none. */
  policies: string
}

/** Asks for the page that a browser would show for this authorization request, without the user's session. What makes
 *  the request one of its own (state, nonce, challenge) is made again, so that nothing of the sign-in under way is used up
 *  or could be answered. `undefined` where it cannot be asked: a request that was handed in beforehand (RFC 9126) or is
 *  signed (RFC 9101) is good for one use. */
export async function askLoginPage(
  authorizationUrl: string,
  context: { fetch: Fetch; randomBytes: RandomBytes; allowInsecure: boolean },
): Promise<LoginPage | undefined> {
  const { searchParams } = new URL(authorizationUrl)
  if (searchParams.has('request_uri') || searchParams.has('request')) return undefined
  const anew = ['state', 'nonce', 'code_challenge'].filter((name) => searchParams.has(name))
  let url = appendToQuery(
    dropFromQuery(authorizationUrl, new Set(anew)),
    anew.map((name) => [name, base64url(context.randomBytes(32))] as const),
  )
  const fromOutside = !isLoopbackHost(new URL(url).hostname)
  const back = searchParams.get('redirect_uri')
  const jar = new Map<string, Map<string, string>>()
  for (let hop = 0; hop <= mostHops; hop += 1) {
    const { origin } = new URL(url)
    const held = [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await context.fetch(url, {
      headers: { accept: 'text/html', ...(held !== '' && { cookie: held }) },
      redirect: 'manual',
      allowInsecure: context.allowInsecure,
      secrets: [...(jar.get(origin)?.values() ?? [])],
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) {
      return response.status === 200
        ? { url, policies: response.headers.get('content-security-policy') ?? '' }
        : undefined
    }
    keepCookies(jar, origin, response.headers.getSetCookie())
    if (!URL.canParse(location, url)) return undefined
    const next = checkEndpointUrl(new URL(location, url).href, context)
    if (!next.ok || (fromOutside && isLoopbackHost(new URL(next.value).hostname))) return undefined
    // A response already: it is not for whoever waits there.
    if (next.value.split(/[?#]/, 1)[0] === back) return undefined
    url = next.value
  }
  return undefined
}

function keepCookies(jar: Map<string, Map<string, string>>, origin: string, set: string[]): void {
  const mine = jar.get(origin) ?? new Map<string, string>()
  for (const cookie of set.slice(0, cookies.most)) {
    const [pair = ''] = cookie.split(';', 1)
    const at = pair.indexOf('=')
    if (at <= 0 || pair.length > cookies.longest || mine.size >= cookies.most) continue
    mine.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
  }
  jar.set(origin, mine)
}
