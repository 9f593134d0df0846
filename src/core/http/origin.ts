import { isLoopbackHost } from '../text/loopback-host.ts'

/** Whether what is sent there can be read on the way: plain http to another computer. */
export function isInsecure(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' && !isLoopbackHost(hostname)
}

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'dpop',
])

const secretName =
  /(?:^|[-_.])(?:token|secret|password|passwd|pwd|passphrase|api-?_?key|access-?_?key|private-?_?key|auth|authorization|cookie|session|sid|signature|sig|credentials?|assertion|jwt)$|(?:token|secret|password|apikey)$/i

/** Keys that APIs hand out under names of their own, as `Ocp-Apim-Subscription-Key`, `X-RapidAPI-Key` or a bare `key`. */
const someKey = /(?:^|[-_.])key$|[a-z0-9]Key$/
const openKeys =
  /(?:idempotency|websocket|cache|public|primary|foreign|partition|sort|routing|surrogate|object|row|sort|order|group)[-_.]?key$/i

/** Names of headers and parameters whose values let their holder act for somebody. */
export function isSecretName(name: string): boolean {
  return (
    secretName.test(name) ||
    ((someKey.test(name) || someKey.test(name.toLowerCase())) && !openKeys.test(name))
  )
}

/** Headers whose values let their holder act for somebody. A cookie that is set is judged by `maskHeaders`. */
export function isSecretHeader(name: string): boolean {
  return secretHeaders.has(name.toLowerCase()) || (isSecretName(name) && name.toLowerCase() !== 'set-cookie')
}

/** Headers fit to be shown and kept: of Authorization only the scheme stays, of a cookie that is set its name
 *  and attributes. */
export function maskHeaders(headers: readonly [string, string][]): [string, string][] {
  return headers.map(([name, value]) => {
    if (name.toLowerCase() === 'set-cookie') return [name, value.replace(/=[^;]*/, '=•••')]
    if (!isSecretHeader(name)) return [name, value]
    const scheme = name.toLowerCase().endsWith('authorization')
      ? (/^[A-Za-z][\w-]* /.exec(value)?.[0] ?? '')
      : ''
    return [name, `${scheme}•••`]
  })
}
