import { defined } from '@contract/defined'
import type { NetworkSettings } from '@contract/network/network'
import type { Result } from '@contract/result'
import { readProxyAddress } from '../../network/proxy-address.ts'
import type { SignInWindow } from '../../records/ports.ts'
import type { FindWay, WindowProxy } from '../../records/way.ts'
import type { Net } from '../ports.ts'
import type { OpenNetwork } from './open-network.ts'
import { credentialsOf, loginsOf } from './ways.ts'

interface Dependencies {
  openNetwork: () => Result<OpenNetwork>
  findWay: FindWay
  vouches?: Net['vouches']
}

/** The sign-in window, whose pages are loaded through the proxy of the user's settings, and whose servers are trusted as
 *  requests trust them: by the user's own authorities too, and without a check where the user's word switches that off. */
export function throughProxy(window: SignInWindow, deps: Dependencies): SignInWindow {
  async function trusts(url: string, certificate: string): Promise<boolean> {
    const way = await deps.findWay(url)
    if (!way.ok) return false
    return way.value.unchecked === true || (await deps.vouches?.(url, certificate, way.value)) === true
  }
  return {
    open: (what, notify) => {
      const proxy = proxyOf(deps.openNetwork())
      return window.open({ ...what, trusts, ...defined({ proxy }) }, notify)
    },
  }
}

/** Settings that no one vouches for lead nowhere: the system's hold then. */
function proxyOf(opened: Result<OpenNetwork>): WindowProxy | undefined {
  if (!opened.ok) return undefined
  const logins = loginsOf(opened.value)
  const { settings, secrets } = opened.value
  const { kind, pac, address = '', except = [], loopback = false }: NetworkSettings['proxy'] = settings.proxy
  if (kind === 'none') return { kind }
  if (kind === 'pac' && pac !== undefined) return { kind, pac, logins }
  if (kind === 'system') return { kind, logins }
  const read = kind === 'by-hand' ? readProxyAddress(address) : undefined
  if (read?.ok !== true) return undefined
  const proxy = { ...read.value, ...defined({ credentials: credentialsOf(settings.proxy, secrets) }) }
  return { kind: 'by-hand', proxy, except, loopback }
}
