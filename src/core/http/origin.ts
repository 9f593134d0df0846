import { isLoopbackHost } from '../text/loopback-host.ts'

interface LeadingWay {
  proxy?: { host: string }
  address?: string
  otherwise?: LeadingWay
}

/** Whether what is sent there can be read on the way: plain http to another computer. */
export function isInsecure(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' && !isLoopbackHost(hostname)
}

/** Whether a way leads to another computer although the URL names this one, so that plain http can be read there and on
 *  the way: through a proxy, or by the address that the user's rule names. */
export function isLedAwayInPlain(url: string, { proxy, address, otherwise }: LeadingWay): boolean {
  // A proxy finds servers by itself.
  const host = proxy?.host ?? address ?? 'localhost'
  const isAway = !isLoopbackHost(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)
  return (
    new URL(url).protocol === 'http:' &&
    (isAway || (otherwise !== undefined && isLedAwayInPlain(url, otherwise)))
  )
}
