import { fail, ok, type Result } from '@contract/result'
import type { Proxy } from '../records/way.ts'

const longest = 500

/** Reads the address of a proxy as it is typed: a host with or without port, http unless https is said. Code:
 *  `proxy_address`. */
export function readProxyAddress(text: string): Result<Proxy> {
  const typed = text.trim()
  const full = typed.includes('://') ? typed : `http://${typed}`
  if (typed === '' || typed.length > longest || !URL.canParse(full)) return unfit()
  const url = new URL(full)
  const { protocol, hostname, pathname, search, hash, username, password } = url
  if (protocol !== 'http:' && protocol !== 'https:')
    return fail(
      'proxy_address',
      `Gatehouse supports HTTP and HTTPS proxies, not “${protocol.slice(0, 20)}”.`,
      'Enter the address of an HTTP proxy.',
    )
  if (username !== '' || password !== '')
    return fail(
      'proxy_address',
      'A name and password do not belong in the proxy’s address.',
      'Enter them in the fields below: the password is encrypted in the vault.',
    )
  if (pathname !== '/' || search !== '' || hash !== '') return unfit()
  return ok({ protocol, host: hostname, port: portOf(url) })
}

/** As it is shown. */
export function proxyName({ protocol, host, port }: Proxy): string {
  return `${protocol === 'https:' ? 'https://' : ''}${host}:${port}`
}

function portOf({ protocol, port }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

function unfit(): Result<never> {
  return fail('proxy_address', 'This is not the address of a proxy.', 'Enter it as host:port.')
}
