import type { ConnectionSettings } from '@contract/connection-settings.ts'
import type { RedirectKind } from '@contract/tables/redirect-kinds.ts'
import type { ConnectionForm } from '../connect/connection-form.ts'

/** The port that a text names; `undefined` where it names none that can be listened on. */
export function portOf(text: string): number | undefined {
  const port = /^\d{4,5}$/.test(text.trim()) ? Number(text) : 0
  return port >= 1024 && port <= 65_535 ? port : undefined
}

/** What is to be registered with the provider for this form. */
export function redirectUriOf({ redirectKind, settings }: Pick<ConnectionForm, 'redirectKind' | 'settings'>) {
  return addresses[redirectKind](settings ?? {})
}

const ownScheme = 'app.gatehouse.desktop:/oauth/callback'

const addresses: Record<RedirectKind, (settings: ConnectionSettings) => string> = {
  'custom-scheme': () => ownScheme,
  loopback: ({ loopbackHost = '127.0.0.1', loopbackPort }) =>
    `http://${loopbackHost}${loopbackPort === undefined ? '' : `:${loopbackPort}`}/oauth/callback`,
  // Left empty in the form, it may be there as an empty text.
  window: ({ windowRedirectUri }) => windowRedirectUri || ownScheme,
}
