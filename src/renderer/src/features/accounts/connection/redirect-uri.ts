import type { ConnectionForm } from '../connect/connection-form.ts'

/** The port that a text names; `undefined` where it names none that can be listened on. */
export function portOf(text: string): number | undefined {
  const port = /^\d{4,5}$/.test(text.trim()) ? Number(text) : 0
  return port >= 1024 && port <= 65_535 ? port : undefined
}

/** What is to be registered with the provider for this form. */
export function redirectUriOf({ redirectKind, settings }: Pick<ConnectionForm, 'redirectKind' | 'settings'>) {
  if (redirectKind === 'window' && settings?.windowRedirectUri) return settings.windowRedirectUri
  if (redirectKind !== 'loopback') return 'app.gatehouse.desktop:/oauth/callback'
  const { loopbackHost = '127.0.0.1', loopbackPort } = settings ?? {}
  return `http://${loopbackHost}${loopbackPort === undefined ? '' : `:${loopbackPort}`}/oauth/callback`
}
