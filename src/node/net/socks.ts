import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import type { Proxy } from '../../core/records/way.ts'
import { isTrouble, trouble, type ProxyTrouble } from './tunnel.ts'

interface Parts {
  toProxy: buildConnector.connector
  connect: buildConnector.connector
  /** Milliseconds until the proxy has to have answered. */
  timeout: number
}

/** Connections through a SOCKS proxy (RFC 1928, RFC 1929, SOCKS 4a): a connector whose connections end at the server, so
 *  that TLS is between it and us. The proxy finds the server by its name. */
export function createSocks(proxy: Proxy, { toProxy, connect, timeout }: Parts): buildConnector.connector {
  async function open(options: buildConnector.Options): Promise<Socket> {
    const { SocksClient } = await import('socks')
    const socket = await reach(toProxy, proxy)
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80))
    const { username = '', password = '' } = proxy.credentials ?? {}
    const isKnown = proxy.credentials !== undefined
    try {
      await SocksClient.createConnection({
        existing_socket: socket,
        proxy: {
          host: proxy.host,
          port: proxy.port,
          type: proxy.protocol === 'socks4:' ? 4 : 5,
          ...(isKnown && { userId: username, password }),
        },
        command: 'connect',
        destination: { host: options.hostname.replace(/^\[|\]$/g, ''), port },
        timeout,
      })
    } catch (thrown) {
      socket.on('error', () => undefined).destroy()
      throw refusalOf(thrown, proxy)
    }
    return socket
  }
  return (options, callback) => {
    open(options).then(
      (socket) => {
        if (options.protocol === 'https:') connect({ ...options, httpSocket: socket }, callback)
        else callback(null, socket)
      },
      (error: unknown) => callback(error as Error, null),
    )
  }
}

function reach(toProxy: buildConnector.connector, { host, port }: Proxy): Promise<Socket> {
  const hostname = host.replace(/^\[|\]$/g, '')
  return new Promise((done, fail) => {
    toProxy({ hostname, host: `${host}:${port}`, protocol: 'http:', port: String(port) }, (error, socket) =>
      error === null ? done(socket) : fail(error),
    )
  })
}

/** What each reply means, by the words that the library has for it (RFC 1928 section 6, SOCKS 4). */
const reasons: [pattern: RegExp, reason: string][] = [
  [/NotAllowed/, 'its rules do not allow it'],
  [/NetworkUnreachable/, 'it cannot reach that network'],
  [/HostUnreachable/, 'it cannot reach or find that server'],
  [/ConnectionRefused/, 'the server refused its connection'],
  [/TTLExpired|timed out/i, 'the server did not respond to it in time'],
  [/CommandNotSupported|AddressNotSupported/, 'it does not support this kind of address'],
  [/Identd|IdentD/, 'it requires an identd service on this computer'],
  [/rejected connection|Socks4.*Failed|Failure/i, 'it gives no reason'],
]

/** The failure that the library's is: it has words alone, none of which hold what the proxy was shown. */
function refusalOf(thrown: unknown, proxy: Proxy): ProxyTrouble {
  if (isTrouble(thrown)) return thrown
  const words = thrown instanceof Error ? thrown.message : ''
  const knows = proxy.credentials !== undefined
  if (/authentication/i.test(words))
    return Object.assign(trouble(proxy, 'the proxy refuses'), { asks: true, knows })
  const reason = reasons.find(([pattern]) => pattern.test(words))?.[1]
  if (reason !== undefined) return Object.assign(trouble(proxy, 'the proxy refuses'), { reason })
  return trouble(proxy, 'the proxy ended the connection', causeOf(words))
}

function causeOf(words: string): Error {
  const code = /closed/i.test(words)
    ? 'ECONNRESET'
    : /Invalid|version/i.test(words)
      ? 'HPE_UNKNOWN'
      : 'ECONNRESET'
  return Object.assign(new Error('the proxy ended the connection'), { code })
}
