import type { NetworkSettings } from '@contract/network/network'
import { fail, ok, type Result } from '@contract/result'
import { readProxyAddress } from '../../network/proxy-address.ts'
import type { OpenNetwork } from './open-network.ts'

/** Whether a proxy can be gone by. Codes: `proxy_address`, `proxy_pac`. */
export function fittingProxy(proxy: NetworkSettings['proxy']): Result<null> {
  if (proxy.kind === 'by-hand') {
    const address = readProxyAddress(proxy.address ?? '')
    if (!address.ok) return address
  }
  if (proxy.kind === 'pac' && !isPacAddress(proxy.pac ?? ''))
    return fail(
      'proxy_pac',
      'This is not the address of a PAC file.',
      'Start with https://, http:// or file://.',
    )
  return ok(null)
}

/** A password was meant for the proxy that it was typed for. Code: `proxy_password_again`. */
export function passwordFor(
  proxy: NetworkSettings['proxy'],
  typed: string | undefined,
  { settings, secrets }: OpenNetwork,
): Result<string | undefined> {
  if (typed !== undefined) return ok(typed === '' ? undefined : typed)
  const kept = secrets.proxyPassword
  const was = settings.proxy
  if (kept === undefined) return ok(undefined)
  if (proxy.address === was.address && proxy.username === was.username) return ok(kept)
  // Kept beside another address, it would be that one's at the next save.
  if (proxy.kind !== 'by-hand') return ok(undefined)
  return fail(
    'proxy_password_again',
    'The stored password is for another proxy or name.',
    'Enter the password for this one.',
  )
}

function isPacAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:', 'file:'].includes(new URL(text).protocol)
}
