import type { Failure } from '@contract/result'
import { describeProxyTrouble } from './proxy-failure.ts'
import { isTrouble } from './tunnel.ts'

type Words = (host: string) => Omit<Failure, 'code'>

const refused: Words = (host) => ({
  message: `${host} refused the connection: nothing is listening there.`,
  next: 'Check the port, and whether the server is running.',
})
const unknownName: Words = (host) => ({
  message: `The host name ${host} was not found.`,
  next: 'Check the spelling, the network, and whether a VPN is needed.',
})
const unreachable: Words = (host) => ({
  message: `${host} cannot be reached.`,
  next: 'Check the network, and whether a VPN or proxy is needed.',
})
const timeout: Words = (host) => ({
  message: `${host} did not respond in time.`,
  next: 'Try again. If it keeps happening, the server is overloaded, or something in between drops the response.',
})
const cut: Words = (host) => ({
  message: `${host} closed the connection before the response was complete.`,
  next: 'Try again. If it keeps happening, the server or something in between closes it.',
})
const malformed: Words = (host) => ({
  message: `The response from ${host} is not valid HTTP.`,
  next: 'Check the port: something other than HTTP may be listening there.',
})
const twoLengths: Words = (host) => ({
  message: `The response from ${host} states two different lengths: its end is unclear.`,
  next: 'Have the server send one Content-Length, and none with Transfer-Encoding.',
})
const manyContinues: Words = (host) => ({
  message: `${host} keeps sending “100 Continue” but no response.`,
  next: 'Tell the server’s operator.',
})
const plainInTls: Words = (host) => ({
  message: `${host} does not speak TLS on this port.`,
  next: 'Check the port, or use http if the server does not use TLS.',
})
const headersTooLarge: Words = (host) => ({
  message: `The response headers from ${host} are larger than 64 KB.`,
  next: 'Have the server send fewer or smaller headers and cookies.',
})
const encodingBroken: Words = (host) => ({
  message: `The compressed response from ${host} is damaged.`,
  next: 'Try again. If it keeps happening, the server or something in between compresses it incorrectly.',
})

/** Says in plain words why no whole response came from `host`. Codes: `network_refused`, `network_name`,
 *  `network_unreachable`, `network_timeout`, `network_cut`, `network_tls`, `network_malformed`,
 *  `network_headers_too_large`, `network_encoding_broken`, `network_failed`, `proxy_*`. */
export function describeNetworkFailure(thrown: unknown, host: string): Failure {
  if (isTrouble(thrown)) return describeProxyTrouble(thrown, host, describeNetworkFailure)
  for (const layer of layers(thrown)) {
    const code = codeOf(layer) ?? ''
    const known = Object.hasOwn(table, code) ? table[code] : undefined
    if (known !== undefined) return { code: known[0], ...known[1](host) }
    if (code.startsWith('ERR_HTTP2_')) return { code: 'network_cut', ...cut(host) }
    if (code.startsWith('HPE_')) return { code: 'network_malformed', ...malformed(host) }
    if (isEncodingBroken(layer)) return { code: 'network_encoding_broken', ...encodingBroken(host) }
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_')) {
      return {
        code: 'network_tls',
        message: `No secure connection to ${host} could be established (${code}).`,
        next: 'Check the TLS settings of the server.',
      }
    }
  }
  const code = layers(thrown)
    .map(codeOf)
    .find((item) => item !== undefined)
  return {
    code: 'network_failed',
    message: `The message to ${host} failed${code === undefined ? '' : ` (${code})`}.`,
    next: 'Try again.',
  }
}

/** What zlib throws, and what is thrown where a coding takes in much and gives nothing out (decode-body.ts). */
export function isEncodingBroken(thrown: unknown): boolean {
  return /^(Z_|ZSTD_|ERR__|ERR_BROTLI|ERR_PADDING|ERR_BODY_)/.test(codeOf(thrown) ?? '')
}

const untrusted = tls(
  'was not issued by an authority that this computer trusts',
  'For a server of your own, add its authority in Settings › Certificate authorities.',
)

const table: Record<string, [code: string, words: Words]> = {
  ECONNREFUSED: ['network_refused', refused],
  ENOTFOUND: ['network_name', unknownName],
  EAI_AGAIN: ['network_name', unknownName],
  EHOSTUNREACH: ['network_unreachable', unreachable],
  ENETUNREACH: ['network_unreachable', unreachable],
  ENETDOWN: ['network_unreachable', unreachable],
  EADDRNOTAVAIL: ['network_unreachable', unreachable],
  EACCES: ['network_unreachable', unreachable],
  ETIMEDOUT: ['network_timeout', timeout],
  UND_ERR_CONNECT_TIMEOUT: ['network_timeout', timeout],
  UND_ERR_HEADERS_TIMEOUT: ['network_timeout', timeout],
  UND_ERR_BODY_TIMEOUT: ['network_timeout', timeout],
  ECONNRESET: ['network_cut', cut],
  EPIPE: ['network_cut', cut],
  UND_ERR_SOCKET: ['network_cut', cut],
  // An HTTP/2 stream that was closed before its end.
  UND_ERR_INFO: ['network_cut', cut],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['network_cut', cut],
  UND_ERR_HEADERS_OVERFLOW: ['network_headers_too_large', headersTooLarge],
  HPE_HEADER_OVERFLOW: ['network_headers_too_large', headersTooLarge],
  ERR_TWO_LENGTHS: ['network_malformed', twoLengths],
  ERR_MANY_CONTINUES: ['network_malformed', manyContinues],
  // undici takes it for granted that a status is 100 or more.
  ERR_ASSERTION: ['network_malformed', malformed],
  CERT_HAS_EXPIRED: [
    'network_tls',
    tls('has expired', 'Renew it on the server, or check the clock of this computer.'),
  ],
  CERT_NOT_YET_VALID: ['network_tls', tls('is not valid yet', 'Check the clock of this computer.')],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'network_tls',
    tls('was issued for another name', 'Use the name in the certificate.'),
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['network_tls', untrusted],
  SELF_SIGNED_CERT_IN_CHAIN: ['network_tls', untrusted],
  UNABLE_TO_GET_ISSUER_CERT: ['network_tls', untrusted],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['network_tls', untrusted],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['network_tls', untrusted],
  CERT_UNTRUSTED: ['network_tls', untrusted],
  ERR_SSL_WRONG_VERSION_NUMBER: ['network_tls', plainInTls],
  EPROTO: ['network_tls', plainInTls],
}

function tls(why: string, next: string): Words {
  return (host) => ({ message: `The certificate of ${host} ${why}.`, next })
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const { code, name } = thrown as { code?: unknown; name?: unknown }
  if (name === 'TimeoutError') return 'UND_ERR_HEADERS_TIMEOUT'
  if (typeof code === 'string') return code
  // undici's parser names some of its refusals without a code.
  return name === 'HTTPParserError' ? 'HPE_UNKNOWN' : undefined
}

/** Everything that a thrown thing wraps: its causes, and the single tries of several addresses. */
function layers(thrown: unknown, depth = 0): unknown[] {
  if (depth > 4 || typeof thrown !== 'object' || thrown === null) return []
  const { cause, errors } = thrown as { cause?: unknown; errors?: unknown }
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
  return [thrown, ...inner.flatMap((item) => layers(item, depth + 1))]
}
