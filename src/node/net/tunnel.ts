import type { Socket } from 'node:net'
import type { buildConnector, Pool } from 'undici'
import { isSocks, proxyName } from '../../core/network/proxy-address.ts'
import type { Proxy, Way } from '../../core/records/way.ts'

/** What went wrong on the way to a server, at its proxy. Never holds what the proxy was told. */
export interface ProxyTrouble extends Error {
  proxy: string
  /** What the proxy answered instead of opening a tunnel. */
  status?: number
  /** The same in words, of one that has no status (SOCKS). */
  reason?: string
  /** It lets in no one without a name and a password, or not with these. */
  asks?: boolean
  /** It was shown a name and a password. */
  knows?: boolean
  /** No connection to the proxy came about: nothing was sent. */
  unreached?: boolean
}

/** A connector to the proxy itself, whose failures say so. In TLS the proxy is asked for, and has to prove, its own name:
 *  the one that undici gives is the server's, from the Host header. */
export function knockingAt(proxy: Proxy, connect: buildConnector.connector): buildConnector.connector {
  return ({ servername: _servers, ...options }, callback) =>
    connect(options, (...outcome) => {
      const [error] = outcome
      if (error === null) callback(...outcome)
      else callback(Object.assign(trouble(proxy, 'no connection', error), { unreached: true }), null)
    })
}

/** Tunnels through a proxy (RFC 9110 section 9.3.6): a connector whose connections end at the server, so that TLS is
 *  between it and us. undici's own ProxyAgent would join headers of one name and hide what the proxy answers. */
export function createTunnels(proxy: Proxy, { Pool: PoolOf, toProxy, connect, timeout }: Parts) {
  const pool = new PoolOf(originOf(proxy), { connect: toProxy, headersTimeout: timeout })
  async function open(options: buildConnector.Options): Promise<Socket> {
    const host = options.port ? options.host : `${options.host}:${options.protocol === 'https:' ? 443 : 80}`
    const authorization = proxyAuthorization(proxy)
    const answer = await pool
      .connect({ path: host ?? '', headers: { host: host ?? '', ...authorization } })
      .catch((error: unknown) => {
        throw isTrouble(error) ? error : trouble(proxy, 'the proxy ended the connection', error)
      })
    const socket = answer.socket as Socket
    if (answer.statusCode >= 200 && answer.statusCode < 300) return socket
    socket.on('error', () => undefined).destroy()
    throw refusal(proxy, answer.statusCode)
  }
  return {
    connect: ((options, callback) => {
      open(options).then(
        (socket) => {
          if (options.protocol === 'https:') connect({ ...options, httpSocket: socket }, callback)
          else callback(null, socket)
        },
        (error: unknown) => callback(error as Error, null),
      )
    }) as buildConnector.connector,
    close: () => pool.close(),
  }
}

interface Parts {
  Pool: typeof Pool
  toProxy: buildConnector.connector
  connect: buildConnector.connector
  timeout: number
}

/** The proxy that a message is handed to as it is: one of HTTP, for a server without TLS. */
export function forwarderOf(url: URL, { proxy }: Way): Proxy | undefined {
  return url.protocol === 'http:' && proxy !== undefined && !isSocks(proxy) ? proxy : undefined
}

/** Where a message to a server really goes, and with what: to a proxy with its whole address (RFC 9112 section 3.2.2).
 *  What the proxy is shown is added here, behind all that is written down. */
export function forwardedBy(
  proxy: Proxy,
  url: URL,
  headers: readonly (readonly [string, string])[],
  path = url.pathname + url.search,
) {
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host')
  return {
    origin: originOf(proxy),
    path: `${url.origin}${path}`,
    headers: [
      ...(hasHost ? [] : [['host', url.host] as const]),
      ...headers,
      ...Object.entries(proxyAuthorization(proxy)),
    ],
  }
}

/** Goes a way; where its proxy cannot be reached, the next one. Answers which it was that led there. */
export async function along<T>(
  way: Way,
  go: (way: Way) => Promise<T>,
): Promise<{ answer: T; proxy?: string }> {
  try {
    const answer = await go(way)
    return { answer, ...(way.proxy !== undefined && { proxy: proxyName(way.proxy) }) }
  } catch (thrown) {
    if (way.otherwise === undefined || !isTrouble(thrown) || thrown.unreached !== true) throw thrown
    return along(way.otherwise, go)
  }
}

/** The failure that a proxy's refusal is. */
export function refusal(proxy: Proxy, status: number): ProxyTrouble {
  return Object.assign(trouble(proxy, 'the proxy refuses'), {
    status,
    knows: proxy.credentials !== undefined,
  })
}

/** Whether it was the proxy where a message ended. */
export function isTrouble(thrown: unknown): thrown is ProxyTrouble {
  return thrown instanceof Error && 'proxy' in thrown
}

function originOf({ protocol, host, port }: Proxy): string {
  return `${protocol}//${host}:${port}`
}

/** Basic (RFC 7617), in UTF-8. */
function proxyAuthorization({ credentials }: Proxy): Record<string, string> {
  if (credentials === undefined) return {}
  const { username, password } = credentials
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return { 'proxy-authorization': `Basic ${pair}` }
}

export function trouble(proxy: Proxy, what: string, cause?: unknown): ProxyTrouble {
  return Object.assign(new Error(what, { cause }), { proxy: proxyName(proxy) })
}
