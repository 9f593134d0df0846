import { fail, ok, type Result } from '@contract/result'
import type { Proxy } from '../records/way.ts'

const longest = 500

/** Proxies that can be gone through, by the scheme of their address, with the port that is usual. */
const schemes: Record<string, [protocol: Proxy['protocol'], port: number]> = {
  'http:': ['http:', 80],
  'https:': ['https:', 443],
  'socks:': ['socks5:', 1080],
  'socks5:': ['socks5:', 1080],
  'socks5h:': ['socks5:', 1080],
  'socks4:': ['socks4:', 1080],
  'socks4a:': ['socks4:', 1080],
}

/** Whether a proxy speaks SOCKS: it is handed bytes, no messages. */
export function isSocks({ protocol }: Proxy): boolean {
  return protocol === 'socks4:' || protocol === 'socks5:'
}

/** Reads the address of a proxy as it is typed: a host with or without port, http unless another scheme is said. Code:
 *  `proxy_address`. */
export function readProxyAddress(text: string): Result<Proxy> {
  const typed = text.trim()
  const full = typed.includes('://') ? typed : `http://${typed}`
  if (typed === '' || typed.length > longest || !URL.canParse(full)) return unfit()
  const scheme = new URL(full).protocol
  const known = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined
  if (known === undefined)
    return fail(
      'proxy_address',
      `Gatehouse supports HTTP, HTTPS and SOCKS proxies, not “${scheme.slice(0, 20)}”.`,
      'Enter the address of one of those.',
    )
  const [protocol, usualPort] = known
  // As http, so that hosts are read by the same rules.
  const plain = `${scheme === 'https:' ? 'https' : 'http'}${full.slice(full.indexOf('://'))}`
  if (!URL.canParse(plain)) return unfit()
  const url = new URL(plain)
  const { hostname, pathname, search, hash, username, password } = url
  if (username !== '' || password !== '')
    return fail(
      'proxy_address',
      'A name and password do not belong in the proxy’s address.',
      'Enter them in the fields below: the password is encrypted in the vault.',
    )
  if (pathname !== '/' || search !== '' || hash !== '') return unfit()
  return ok({ protocol, host: hostname, port: portOf(url, full, usualPort) })
}

/** As it is shown. */
export function proxyName({ protocol, host, port }: Proxy): string {
  return `${protocol === 'http:' ? '' : `${protocol}//`}${host}:${port}`
}

/** A port that its scheme would have anyway is not in a URL, though it was typed. */
function portOf({ port }: URL, typed: string, usual: number): number {
  if (port !== '') return Number(port)
  return usual === 1080 && /:0*80\/?$/.test(typed) ? 80 : usual
}

function unfit(): Result<never> {
  return fail('proxy_address', 'This is not the address of a proxy.', 'Enter it as host:port.')
}
