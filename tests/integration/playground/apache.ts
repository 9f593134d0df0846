import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listening } from '../../support/ports.ts'
import { has } from './has.ts'

const modules = '/usr/lib/apache2/modules'

/** Apache with its OpenID Connect module is here, as Debian has them. */
export const hasApache = has('apache2', '-v') && existsSync(join(modules, 'mod_auth_openidc.so'))

export type Site = { port: number; issuer: string; secret: string; certificate: string }

/** Apache with one page that asks for a sign-in; the page's response says in `X-Signed-In` who that was. */
export async function startApache(folder: string, { port, issuer, secret, certificate }: Site) {
  // Where root starts it, its children are another user.
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'site/secure'), { recursive: true })
  writeFileSync(join(folder, 'site/secure/index.html'), 'Orders')
  const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc']
  // `OIDCUnAuthAction auth true`: fetch says of itself that it is no navigation, and would get a 401.
  const conf = `
    ServerRoot ${folder}
    ServerName 127.0.0.1
    PidFile ${folder}/apache.pid
    Mutex file:${folder}
    ErrorLog ${folder}/apache.log
    Listen 127.0.0.1:${port}
    User www-data
    Group www-data
    ${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
    DocumentRoot ${folder}/site
    DirectoryIndex index.html
    OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
    OIDCClientID shop
    OIDCClientSecret ${secret}
    OIDCRedirectURI http://127.0.0.1:${port}/secure/callback
    OIDCCryptoPassphrase a-passphrase-of-this-test
    OIDCCABundlePath ${certificate}
    OIDCScope "openid profile"
    OIDCUnAuthAction auth true
    OIDCPKCEMethod S256
    OIDCRemoteUserClaim preferred_username
    <Location /secure>
      AuthType openid-connect
      Require valid-user
      Header set X-Signed-In "%{OIDC_CLAIM_preferred_username}e"
    </Location>
  `
  writeFileSync(join(folder, 'apache.conf'), conf)
  const child = spawn('apache2', ['-D', 'FOREGROUND', '-f', join(folder, 'apache.conf')], { stdio: 'ignore' })
  await listening(port)
  return {
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}
