/** The scheme by which the operating system hands redirects to this app (RFC 8252 section 7.1). */
export const callbackScheme = 'app.gatehouse.desktop'
/** The redirect URI that is registered with providers. */
export const customSchemeRedirectUri = `${callbackScheme}:/oauth/callback`
/** Both ways in which browsers and systems write it, as a URL without a host; nothing else is ours. */
export const customSchemeForms = [customSchemeRedirectUri, `${callbackScheme}:///oauth/callback`]
/** The path of the loopback redirect (RFC 8252 section 7.3). */
export const loopbackPath = '/oauth/callback'

/** Finds a redirect anywhere among the switches that Chromium puts on a second instance's command line. */
export function findCallbackUrl(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.startsWith(`${callbackScheme}:`))
}
