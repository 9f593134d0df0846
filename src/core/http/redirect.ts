import { defined } from '@contract/defined'
import { hasToken, isCredentials } from '../secrecy/looks.ts'
import { isSecretHeader } from '../secrecy/names.ts'
import { headerText } from '../text/header-text.ts'
import type { WireRequest } from './wire.ts'

/** The next message after a redirect. */
export interface NextHop {
  request: WireRequest
  /** Whether the origin changed, so that token, cookies and keys stay behind. */
  otherOrigin: boolean
  leftBehind: string[]
  /** The body would go to another origin, which the user has to allow. */
  carriesBody: boolean
  /** From https to http. */
  downgrade: boolean
}

const redirects = new Set([301, 302, 303, 307, 308])

/** Decides where a redirect leads (RFC 9110 section 15.4): 303 and, as everyone does, 301 and 302 after POST
 *  become GET without a body; what could act for the user does not follow to another origin.
 *  `undefined` where the response is none or leads to no http address. */
export function nextHop(
  request: WireRequest,
  status: number,
  location: string | undefined,
): NextHop | undefined {
  if (!redirects.has(status) || location === undefined || location.length > 16_384) return undefined
  let target: URL
  try {
    target = new URL(headerText(location), request.url)
  } catch {
    return undefined
  }
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return undefined
  target.username = ''
  target.password = ''
  // A fragment belongs to the page that asked (RFC 9110 section 10.2.2); it is never sent.
  target.hash = ''

  const otherOrigin = target.origin !== new URL(request.url).origin
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') ||
    ((status === 301 || status === 302) && request.method === 'POST')
  const leftBehind: string[] = []
  const headers = request.headers.filter(([name, value]) => {
    const lower = name.toLowerCase()
    if (becomesGet && lower.startsWith('content-')) return false
    if (!otherOrigin) return true
    if (lower === 'host') return false
    const isSecret = isSecretHeader(lower) || isCredentials(value) || hasToken(value)
    if (!isSecret && request.secretHeaders?.includes(lower) !== true) return true
    leftBehind.push(name)
    return false
  })
  const { body, pieces } = becomesGet ? {} : request
  return {
    request: {
      method: becomesGet ? 'GET' : request.method,
      url: target.href,
      headers,
      ...defined({ secretHeaders: request.secretHeaders }),
      ...defined({ body, pieces }),
    },
    otherOrigin,
    leftBehind,
    carriesBody: otherOrigin && (pieces !== undefined || (body?.byteLength ?? 0) > 0),
    downgrade: target.protocol === 'http:' && request.url.startsWith('https:'),
  }
}
