import type { buildConnector } from 'undici'

/** A connector for which `localhost` is IPv6 too, as in browsers, where the system knows one address of it alone and nothing
 *  listens there. */
export function tryingBothLoopbacks(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [error] = outcome
      if (/^localhost\.?$/i.test(options.hostname) && isRefused(error))
        connect({ ...options, hostname: '::1' }, (...other) =>
          callback(...(other[0] === null ? other : outcome)),
        )
      else callback(...outcome)
    })
  }
}

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
      if (isRefused(error)) connect({ ...options, hostname: '::1' }, callback)
      else callback(...outcome)
    })
  }
}

function isRefused(error: Error | null): boolean {
  return error !== null && 'code' in error && error.code === 'ECONNREFUSED'
}
