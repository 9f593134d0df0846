import type { ProxyConfig, Session, WebContents } from 'electron'
import type { WindowProxy } from '../../core/records/way.ts'

/** Has a session's pages loaded through a proxy, and shows it, and no server, the name and password that are its own.
 *  Resolves when that holds. */
export async function loadThrough(own: Session, contents: WebContents, proxy: WindowProxy): Promise<void> {
  if (proxy.kind === 'by-hand' && proxy.proxy.credentials !== undefined) {
    const { host, port, credentials } = proxy.proxy
    let asked = 0
    contents.on('login', (event, _details, info, answer) => {
      event.preventDefault()
      asked += 1
      // One that does not take it would ask for ever.
      const isOurs = info.isProxy && info.host === host && info.port === port && asked < 20
      if (isOurs) answer(credentials.username, credentials.password)
      else answer()
    })
  }
  await own.setProxy(configOf(proxy))
}

/** In Chromium's words. */
function configOf(proxy: WindowProxy): ProxyConfig {
  switch (proxy.kind) {
    case 'none':
      return { mode: 'direct' }
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
