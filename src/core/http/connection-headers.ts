/** Headers of one connection, which no one passes on (RFC 9110 section 7.6.1), and what a proxy is shown. */
export const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
