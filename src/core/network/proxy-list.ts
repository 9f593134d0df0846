import { fail, ok, type Result } from '@contract/result'
import type { Way } from '../records/way.ts'
import { readProxyAddress } from './proxy-address.ts'

/** Entries that are looked at; a PAC script may answer any number. */
const most = 10

/** Reads what a PAC script or the system says of an address, as in “PROXY a:1; HTTPS b:2; DIRECT”: the first way that
 *  Gatehouse can go, and behind it the others. Codes: `proxy_none_named`, `proxy_unsupported`. */
export function readProxyList(text: string): Result<Way> {
  const entries = text
    .slice(0, 10_000)
    .split(';', most)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const ways = entries.map(wayOf).filter((way) => way !== undefined)
  const chained = ways.reduceRight<Way | undefined>(
    (otherwise, way) => (otherwise === undefined ? way : { ...way, otherwise }),
    undefined,
  )
  if (chained !== undefined) return ok(chained)
  if (entries.length > 0)
    return fail(
      'proxy_unsupported',
      `Gatehouse does not support this kind of proxy for this address: ${entries[0]?.slice(0, 100)}.`,
      'Set a proxy manually in Settings › Network, or none.',
    )
  return fail(
    'proxy_none_named',
    'The proxy configuration cannot be read, so the route is unknown.',
    'Check the address of the PAC file, and that its script is valid.',
  )
}

function wayOf(entry: string): Way | undefined {
  const [kind = '', address = ''] = entry.split(/\s+/, 2)
  switch (kind.toUpperCase()) {
    case 'DIRECT':
      return {}
    case 'PROXY':
    case 'HTTP':
      return through(`http://${address}`)
    case 'HTTPS':
      return through(`https://${address}`)
    // Without a number it is version 4, as browsers have it.
    case 'SOCKS':
    case 'SOCKS4':
      return through(`socks4://${address}`)
    case 'SOCKS5':
      return through(`socks5://${address}`)
    default:
      return undefined
  }
}

function through(address: string): Way | undefined {
  const proxy = readProxyAddress(address)
  return proxy.ok ? { proxy: proxy.value } : undefined
}
