import type { Failure } from '@contract/result'
import type { ProxyTrouble } from './tunnel.ts'

/** Says in plain words what went wrong at a proxy on the way to `host`; `describe` says why it was not reached. Codes:
 *  `proxy_credentials`, `proxy_credentials_refused`, `proxy_denied`, `proxy_cut`, `proxy_unreached`. */
export function describeProxyTrouble(
  { proxy, status, reason, asks, knows, unreached, cause }: ProxyTrouble,
  host: string,
  describe: (thrown: unknown, host: string) => Failure,
): Failure {
  const said = status === undefined ? '' : ` (${status})`
  // tinyproxy says 401 where it means 407.
  if (status === 407 || status === 401 || asks === true)
    return knows === true
      ? {
          code: 'proxy_credentials_refused',
          message: `The proxy ${proxy} does not accept the name and password${said}.`,
          next: 'Enter them again in Settings › Network.',
        }
      : {
          code: 'proxy_credentials',
          message: `The proxy ${proxy} requires a name and password${said}.`,
          next: 'Enter them in Settings › Network.',
        }
  if (status !== undefined || reason !== undefined)
    return {
      code: 'proxy_denied',
      message: `The proxy ${proxy} refuses to connect to ${host}: ${reason ?? `status ${status}`}.`,
      next: 'Ask the proxy’s operator, or exclude this host in Settings › Network.',
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
    message: `The proxy ${proxy} could not connect to ${host}: ${message}`,
    next: next ?? 'Try again.',
  }
}
