import type { ConnectionSettings } from '@contract/connection-settings'
import type { RedirectKind } from '@contract/connections'
import { customSchemeRedirectUri, loopbackPath } from './redirect-address.ts'

/** The loopback redirect of these settings (RFC 8252 section 7.3). Without a port it is what is registered where
 *  the port is chosen again for each sign-in. */
export function loopbackRedirectUri(
  { loopbackHost = '127.0.0.1', loopbackPort }: ConnectionSettings = {},
  port = loopbackPort,
): string {
  return `http://${loopbackHost}${port === undefined ? '' : `:${port}`}${loopbackPath}`
}

/** The redirect that a connection is registered with. */
export function registeredRedirectUri({
  redirectKind,
  settings,
}: {
  redirectKind: RedirectKind
  settings?: ConnectionSettings
}): string {
  return addresses[redirectKind](settings)
}

const addresses = {
  'custom-scheme': () => customSchemeRedirectUri,
  loopback: (settings) => loopbackRedirectUri(settings),
  window: (settings) => settings?.windowRedirectUri ?? customSchemeRedirectUri,
} satisfies Record<RedirectKind, (settings?: ConnectionSettings) => string>
