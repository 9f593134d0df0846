import { isLoopbackHost } from '../../core/text/loopback-host.ts'

/** Schemes that a page may load parts of itself from, but that no page of the window may be. */
const partSchemes = ['data:', 'blob:', 'wss:']

/** Whether the sign-in window may load an address: https, http of this computer, or http at all where the connection
 *  allows it. */
export function mayVisit(url: string, allowInsecure: boolean, asPart = false): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return true
  if (protocol === 'http:') return allowInsecure || isLoopbackHost(hostname)
  return asPart && partSchemes.includes(protocol)
}

/** Whether an address is the redirect, whatever it carries. Systems write an address without a host in two ways. */
export function isOnRedirect(url: string, redirectUri: string): boolean {
  const at = withoutQuery(url)
  return at === redirectUri || at === redirectUri.replace(/^([a-z][a-z0-9+.-]*):\/(?!\/)/, '$1:///')
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? ''
}
