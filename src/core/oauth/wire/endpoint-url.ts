import { fail, ok, type Result } from '@contract/result'
import { isLoopbackHost } from '../../text/loopback-host.ts'

/** Checks a URL that a provider or a person gave before it is called or opened, and writes it again
 *  (RFC 9700 section 4; RFC 8252 section 8): https, or http to loopback, or http at all where
 *  `allowInsecure`. Codes: `endpoint_malformed`, `endpoint_scheme`, `endpoint_credentials`,
 *  `endpoint_insecure`, `endpoint_too_long`. */
export function checkEndpointUrl(
  text: unknown,
  { allowInsecure, name = 'address' }: { allowInsecure: boolean; name?: string },
): Result<string> {
  if (typeof text !== 'string' || text.trim() === '') {
    return fail('endpoint_malformed', `The ${name} is missing or not a string.`)
  }
  if (text.length > 16_384) return fail('endpoint_too_long', `The ${name} is longer than 16,384 characters.`)
  if (!/^[\x21-\x7e]+$/.test(text)) {
    return fail('endpoint_malformed', `The ${name} contains spaces, control or non-ASCII characters.`)
  }
  // The WHATWG parser reads `\` and missing slashes generously; other programs read them otherwise.
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return fail('endpoint_malformed', `The ${name} is not a URL.`, 'Enter it in full, starting with https://')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail('endpoint_scheme', `The ${name} uses ${url.protocol.slice(0, 40)} — only https is opened.`)
  }
  if (!/^https?:\/\/[^/\\]/i.test(text) || text.includes('\\')) {
    return fail('endpoint_malformed', `The ${name} is ambiguous.`)
  }
  if (url.username !== '' || url.password !== '') {
    return fail('endpoint_credentials', `The ${name} contains a username or password.`, 'Remove it.')
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname) && !allowInsecure) {
    return fail(
      'endpoint_insecure',
      `The ${name} uses plain http to ${url.host}, where anyone in between can read it.`,
      'Use https, or turn “Allow plain HTTP to another computer” on for this connection.',
    )
  }
  return ok(url.href)
}
