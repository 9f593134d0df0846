import { defined } from '@contract/defined'
import type { NetworkSettings } from '@contract/network/network'
import type { Result } from '@contract/result'
import { readProxyAddress } from '../../network/proxy-address.ts'
import type { SignInWindow } from '../../records/ports.ts'
import type { FindWay, Proxy, Relay, WindowProxy } from '../../records/way.ts'
import type { Net } from '../ports.ts'
import type { OpenNetwork } from './open-network.ts'
import { credentialsOf, loginsOf } from './ways.ts'

interface Dependencies {
  openNetwork: () => Result<OpenNetwork>
  findWay: FindWay
  vouches?: Net['vouches']
  openRelay?: Net['openRelay']
}

/** The sign-in window, whose pages come the way that requests go: through the proxy of the user's settings, and where these
 *  have more than Chromium can be told, through a relay on this computer. Its servers are trusted as requests trust them:
 *  by the user's own authorities too, and without a check where the user's word switches that off. */
export function throughProxy(window: SignInWindow, deps: Dependencies): SignInWindow {
  async function trusts(url: string, certificate: string, relay?: Relay): Promise<boolean> {
    const way = await deps.findWay(url)
    if (!way.ok) return false
    if (way.value.identity !== undefined && relay?.vouches(certificate) === true) return true
    return way.value.unchecked === true || (await deps.vouches?.(url, certificate, way.value)) === true
  }
  return {
    open(what, notify) {
      const opened = deps.openNetwork()
      const relay = opened.ok && needsRelay(opened.value) ? deps.openRelay?.(deps.findWay) : undefined
      const proxy = relay === undefined ? proxyOf(opened) : relay.then(({ proxy: its }) => throughOnly(its))
      const end = (): void => void relay?.then(({ close }) => close()).catch(() => undefined)
      const shown = window.open(
        {
          ...what,
          trusts: async (url, certificate) => trusts(url, certificate, await relay),
          ...defined({ proxy: proxy && Promise.resolve(proxy) }),
        },
        {
          ...notify,
          onClosed() {
            end()
            notify.onClosed()
          },
        },
      )
      return {
        focus: shown.focus,
        close() {
          shown.close()
          end()
        },
      }
    },
  }
}

/** What Chromium can be told for no single server, or of no proxy: a client certificate, an address, a password of SOCKS. */
function needsRelay({ settings: { hosts = [], proxy } }: OpenNetwork): boolean {
  const ruled = hosts.some(({ address, certificate }) => address !== undefined || certificate !== undefined)
  return ruled || (proxy.kind === 'by-hand' && /^socks/.test(proxy.address ?? '') && Boolean(proxy.username))
}

function throughOnly(proxy: Proxy): WindowProxy {
  return { kind: 'by-hand', proxy, except: [], loopback: true }
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
