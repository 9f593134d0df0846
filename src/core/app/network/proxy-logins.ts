import type { LoginDraft, NetworkSettings, NetworkView } from '@contract/network/network'
import { defined } from '@contract/defined'
import { limits } from '@contract/limits'
import { fail, type Result } from '@contract/result'
import { proxyName, readProxyAddress } from '../../network/proxy-address.ts'
import type { NetworkSecrets } from '../../records/documents/network.ts'
import type { DeletedSettings } from './deleted-settings.ts'
import type { OpenNetwork } from './open-network.ts'

interface Dependencies {
  openNetwork: () => Result<OpenNetwork>
  write: (settings: NetworkSettings, secrets: NetworkSecrets) => Result<NetworkView>
  deletedSettings: DeletedSettings
}

/** What proxies are shown that the system or a PAC file chose: a name and a password for each. Codes: `proxy_address`,
 *  `proxy_logins_many`, those of network settings. */
export function createProxyLogins({ openNetwork, write, deletedSettings }: Dependencies) {
  function put({ proxy, username, password }: KeptLogin, { settings, secrets }: OpenNetwork) {
    const { [proxy]: _before, ...others } = secrets.loginPasswords ?? {}
    const loginPasswords = { ...others, ...(password !== undefined && { [proxy]: password }) }
    return write(
      { ...settings, logins: [...without(proxy, settings), { proxy, username }] },
      { ...secrets, loginPasswords },
    )
  }
  function discard(proxy: string, { settings, secrets }: OpenNetwork): void {
    const logins = (settings.logins ?? []).filter((each) => each.proxy === proxy)
    const password = secrets.loginPasswords?.[proxy]
    const loginPasswords = password === undefined ? {} : { [proxy]: password }
    const [login] = logins
    if (login !== undefined)
      deletedSettings.discard(
        'login',
        { logins },
        { loginPasswords },
        { name: proxy, detail: login.username },
      )
  }

  return {
    save({ proxy: typed, username, password }: LoginDraft): Result<NetworkView> {
      const opened = openNetwork()
      if (!opened.ok) return opened
      const read = readProxyAddress(typed)
      if (!read.ok) return read
      const proxy = proxyName(read.value)
      if (without(proxy, opened.value.settings).length >= limits.logins)
        return fail(
          'proxy_logins_many',
          `There are passwords for ${limits.logins} proxies, which is the maximum.`,
          'Remove one first.',
        )
      return put({ proxy, username, password }, opened.value)
    },
    /** Into the bin. */
    remove({ proxy }: { proxy: string }): Result<NetworkView> {
      const opened = openNetwork()
      if (!opened.ok) return opened
      const { settings, secrets } = opened.value
      const { [proxy]: _gone, ...loginPasswords } = secrets.loginPasswords ?? {}
      discard(proxy, opened.value)
      return write({ ...settings, logins: without(proxy, settings) }, { ...secrets, loginPasswords })
    },
    /** Puts passwords that came back out of the bin into the settings; one that has their place meanwhile goes there instead. */
    takeBack(): void {
      for (const { settings, secrets, done } of deletedSettings.restored('login')) {
        const opened = openNetwork()
        const login = settings.logins?.[0]
        if (!opened.ok || login === undefined) break
        const { proxy, username } = login
        if (without(proxy, opened.value.settings).length >= limits.logins) break
        discard(proxy, opened.value)
        put({ proxy, username, ...defined({ password: secrets.loginPasswords?.[proxy] }) }, opened.value)
        done()
      }
    },
  }
}

interface KeptLogin {
  proxy: string
  username: string
  /** Missing where the vault did not outlive the program. */
  password?: string
}

function without(proxy: string, { logins = [] }: NetworkSettings): NonNullable<NetworkSettings['logins']> {
  return logins.filter((each) => each.proxy !== proxy)
}
