import type { NetworkSettings } from '@contract/network/network'
import { fail, ok, type Result } from '@contract/result'
import { readProxyAddress } from '../../network/proxy-address.ts'
import { hasToken } from '../../secrecy/looks.ts'
import { isSecretName } from '../../secrecy/names.ts'
import type { OpenNetwork } from './open-network.ts'

/** Whether a proxy can be gone by. Codes: `proxy_address`, `proxy_name`, `proxy_pac`. */
export function fittingProxy(proxy: NetworkSettings['proxy']): Result<null> {
  if (proxy.kind === 'by-hand') {
    const address = readProxyAddress(proxy.address ?? '')
    if (!address.ok) return address
  }
  if (proxy.kind === 'by-hand' && proxy.username?.includes(':') === true)
    return fail(
      'proxy_name',
      'The name for a proxy cannot contain a colon (RFC 7617).',
      'Enter the password in the field for it: it is encrypted in the vault.',
    )
  return proxy.kind === 'pac' ? fittingPac(proxy.pac ?? '') : ok(null)
}

/** The settings are kept in plain, and so is this address. */
function fittingPac(text: string): Result<null> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:', 'file:'].includes(url.protocol))
    return fail(
      'proxy_pac',
      'This is not the address of a PAC file.',
      'Start with https://, http:// or file://.',
    )
  const names = [...url.searchParams.keys()]
  if (url.username === '' && url.password === '' && !names.some(isSecretName) && !hasToken(text))
    return ok(null)
  return fail(
    'proxy_pac',
    'A name, password or token does not belong in the address of a PAC file: it is not encrypted.',
    'Remove it.',
  )
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
