import { defined } from '@contract/defined'
import type { NetworkSettings } from '@contract/network/network'
import type { Result } from '@contract/result'
import { readProxyAddress } from '../../network/proxy-address.ts'
import type { SignInWindow } from '../../records/ports.ts'
import type { WindowProxy } from '../../records/way.ts'
import type { OpenNetwork } from './open-network.ts'
import { credentialsOf } from './ways.ts'

/** The sign-in window, whose pages are loaded through the proxy of the user's settings. */
export function throughProxy(window: SignInWindow, openNetwork: () => Result<OpenNetwork>): SignInWindow {
  return {
    open: (what, notify) => window.open({ ...what, ...defined({ proxy: proxyOf(openNetwork()) }) }, notify),
  }
}

/** Settings that no one vouches for lead nowhere: the system's hold then. */
function proxyOf(opened: Result<OpenNetwork>): WindowProxy | undefined {
  if (!opened.ok) return undefined
  const { settings, secrets } = opened.value
  const { kind, pac, address = '', except = [], loopback = false }: NetworkSettings['proxy'] = settings.proxy
  if (kind === 'none') return { kind }
  if (kind === 'pac' && pac !== undefined) return { kind, pac }
  const read = kind === 'by-hand' ? readProxyAddress(address) : undefined
  if (read?.ok !== true) return undefined
  const proxy = { ...read.value, ...defined({ credentials: credentialsOf(settings.proxy, secrets) }) }
  return { kind: 'by-hand', proxy, except, loopback }
}
