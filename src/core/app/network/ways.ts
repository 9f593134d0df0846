import { fail, ok, type Result } from '@contract/result'
import type { NetworkSettings } from '@contract/network/network'
import { defined } from '@contract/defined'
import { isExcepted, ruleFor } from '../../network/excepted.ts'
import { connectionManner } from '../../network/manner.ts'
import { proxyName, readProxyAddress } from '../../network/proxy-address.ts'
import { readProxyList } from '../../network/proxy-list.ts'
import type { NetworkSecrets } from '../../records/documents/network.ts'
import type { FindWay, Identity, Proxy, Way, WindowLogin } from '../../records/way.ts'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import type { FindProxy, OpenIdentity } from '../ports.ts'
import type { OpenNetwork } from './open-network.ts'

interface Dependencies {
  openNetwork: () => Result<OpenNetwork>
  findProxy: FindProxy
  openIdentity: OpenIdentity
}

/** Finds the way to each address by the settings of this moment. This computer is reached directly unless its user
 *  wants it otherwise. */
export function createFindWay({ openNetwork, findProxy, openIdentity }: Dependencies): FindWay {
  /** Files of earlier versions, each unlocked once: what is forgotten at a lock is the settings that they are part of. */
  const unlocked = new WeakMap<Identity, Promise<Identity>>()
  async function open(identity: Identity): Promise<Identity> {
    if (!('pkcs12' in identity)) return identity
    const known = unlocked.get(identity) ?? openIdentity(identity)
    unlocked.set(identity, known)
    return known
  }
  return async (url) => {
    const opened = openNetwork()
    if (!opened.ok) return opened
    const by = await byProxy(url, opened.value, findProxy)
    const { identity, ...rule } = ruleOf(url, opened.value)
    const more = {
      ...connectionManner(opened.value.settings.manner ?? {}),
      ...rule,
      ...(identity !== undefined && { identity: await open(identity) }),
    }
    return by.ok ? ok(withMore(by.value, more)) : by
  }
}

/** Credentials and host of a manual proxy. */
export function credentialsOf(
  { username }: NetworkSettings['proxy'],
  { proxyPassword = '' }: NetworkSecrets,
): Proxy['credentials'] {
  return username ? { username, password: proxyPassword } : undefined
}

/** What the rule of a server says; nothing where there is none. */
function ruleOf(url: string, { settings, secrets }: OpenNetwork): Way {
  const rule = ruleFor(url, settings.hosts ?? [])
  const isTls = new URL(url).protocol === 'https:'
  const identities = new Map(Object.entries(secrets.identities ?? {}))
  return defined({
    address: rule?.address,
    unchecked: isTls ? rule?.unchecked : undefined,
    identity: isTls && rule?.certificate !== undefined ? identities.get(rule.host) : undefined,
  })
}

function withMore(way: Way, more: Way): Way {
  const { otherwise } = way
  return {
    ...way,
    ...more,
    ...defined({ otherwise: otherwise === undefined ? undefined : withMore(otherwise, more) }),
  }
}

async function byProxy(
  url: string,
  { settings, secrets }: OpenNetwork,
  findProxy: FindProxy,
): Promise<Result<Way>> {
  const { proxy } = settings
  const onLoopback = isLoopbackHost(new URL(url).hostname)
  if (onLoopback && !(proxy.kind === 'by-hand' && proxy.loopback === true)) return ok({})
  switch (proxy.kind) {
    case 'none':
      return ok({})
    case 'by-hand':
      return byHand(url, proxy, secrets)
    case 'system':
      return found(await findProxy({ url }), settings, secrets)
    case 'pac':
      return proxy.pac === undefined
        ? fail('proxy_none_named', 'No PAC file is set.', 'Enter its address in Settings › Network.')
        : found(await findProxy({ url, pac: proxy.pac }), settings, secrets)
  }
}

/** What the user gave for the proxies that the system or a PAC file names, each for that proxy alone. */
export function loginsOf({ settings, secrets }: OpenNetwork): WindowLogin[] {
  const passwords = new Map(Object.entries(secrets.loginPasswords ?? {}))
  return (settings.logins ?? []).map((login) => ({ ...login, password: passwords.get(login.proxy) ?? '' }))
}

function found(list: string, settings: NetworkSettings, secrets: NetworkSecrets): Result<Way> {
  const read = readProxyList(list)
  const logins = loginsOf({ settings, secrets })
  function known({ proxy, otherwise, ...way }: Way): Way {
    const login = proxy && logins.find((each) => each.proxy === proxyName(proxy))
    const credentials = login && { username: login.username, password: login.password }
    return {
      ...way,
      ...defined({ proxy: proxy && { ...proxy, found: true as const, ...defined({ credentials }) } }),
      ...defined({ otherwise: otherwise && known(otherwise) }),
    }
  }
  return read.ok ? ok(known(read.value)) : read
}

function byHand(url: string, settings: NetworkSettings['proxy'], secrets: NetworkSecrets): Result<Way> {
  const { address = '', except = [] } = settings
  if (isExcepted(url, except)) return ok({})
  const proxy = readProxyAddress(address)
  return proxy.ok
    ? ok({ proxy: { ...proxy.value, ...defined({ credentials: credentialsOf(settings, secrets) }) } })
    : proxy
}
