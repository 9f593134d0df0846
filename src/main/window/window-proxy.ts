import type { ProxyConfig, Session, WebContents } from 'electron'
import type { WindowProxy } from '../../core/records/way.ts'

/** Has a session's pages loaded through a proxy, and shows it, and no server, the name and password that are its own.
 *  Resolves when that holds. */
export async function loadThrough(own: Session, contents: WebContents, proxy: WindowProxy): Promise<void> {
  let asked = 0
  contents.on('login', (event, _details, info, answer) => {
    event.preventDefault()
    asked += 1
    // One that does not take it would ask for ever.
    const ours = info.isProxy && asked < 20 ? loginFor(proxy, info) : undefined
    if (ours) answer(ours.username, ours.password)
    else answer()
  })
  await own.setProxy(configOf(proxy))
}

function loginFor(given: WindowProxy, { host, port }: { host: string; port: number }) {
  if (given.kind === 'none') return undefined
  if (given.kind !== 'by-hand')
    return given.logins.find(({ proxy }) => proxy.replace(/^https:\/\//, '') === `${host}:${port}`)
  const { proxy } = given
  return host === proxy.host && port === proxy.port ? proxy.credentials : undefined
}

/** In Chromium's words. */
function configOf(proxy: WindowProxy): ProxyConfig {
  switch (proxy.kind) {
    case 'none':
      return { mode: 'direct' }
    case 'system':
      return { mode: 'system' }
    case 'pac':
      return { mode: 'pac_script', pacScript: proxy.pac }
    case 'by-hand': {
      const { protocol, host, port } = proxy.proxy
      const except = proxy.loopback ? [...proxy.except, '<-loopback>'] : proxy.except
      return {
        mode: 'fixed_servers',
        proxyRules: `${protocol}//${host}:${port}`,
        proxyBypassRules: except.join(','),
      }
    }
  }
}
