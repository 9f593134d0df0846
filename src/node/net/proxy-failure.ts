import type { Failure } from '@contract/result'
import type { ProxyTrouble } from './tunnel.ts'

/** Says in plain words what went wrong at a proxy on the way to `host`; `describe` says why it was not reached. Codes:
 *  `proxy_credentials`, `proxy_credentials_refused`, `proxy_denied`, `proxy_cut`, `proxy_unreached`. */
export function describeProxyTrouble(
  { proxy, status, knows, unreached, cause }: ProxyTrouble,
  host: string,
  describe: (thrown: unknown, host: string) => Failure,
): Failure {
  // tinyproxy says 401 where it means 407.
  if (status === 407 || status === 401)
    return knows === true
      ? {
          code: 'proxy_credentials_refused',
          message: `The proxy ${proxy} does not accept the name and password (${status}).`,
          next: 'Enter them again in Settings › Network.',
        }
      : {
          code: 'proxy_credentials',
          message: `The proxy ${proxy} asks for a name and password (${status}).`,
          next: 'Enter them in Settings › Network, with the proxy by hand.',
        }
  if (status !== undefined)
    return {
      code: 'proxy_denied',
      message: `The proxy ${proxy} opens no way to ${host}: it says ${status}.`,
      next: 'Ask who runs the proxy, or except this host in Settings › Network.',
    }
  const { message, next } = describe(cause, proxy)
  if (unreached === true)
    return {
      code: 'proxy_unreached',
      message: `The proxy cannot be used: ${message}`,
      next: 'Check the proxy in Settings › Network, and whether it is running.',
    }
  return {
    code: 'proxy_cut',
    message: `The proxy ${proxy} opened no way to ${host}: ${message}`,
    next: next ?? 'Try again.',
  }
}
