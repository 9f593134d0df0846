import type { buildConnector } from 'undici'

/** A connector for which names under `localhost` are this computer (RFC 6761 section 6.3), as in browsers: many systems do
 *  not know them. IPv4 is tried first, then IPv6. */
export function knowingLoopbackNames(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    if (!/\.localhost\.?$/i.test(options.hostname)) {
      connect(options, callback)
      return
    }
    connect({ ...options, hostname: '127.0.0.1' }, (...outcome) => {
      const [error] = outcome
      if (error !== null && 'code' in error && error.code === 'ECONNREFUSED')
        connect({ ...options, hostname: '::1' }, callback)
      else callback(...outcome)
    })
  }
}
