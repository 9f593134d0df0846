import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** A connection to the server of an address: with TLS, whose certificate was checked, or as it is. */
export function connected(connect: buildConnector.connector, url: URL, tls = true): Promise<Socket> {
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const options = {
    host: `${url.hostname}:${port}`,
    hostname: name,
    port,
    protocol: tls ? 'https:' : 'http:',
    servername: /^[\d.]+$|:/.test(name) ? '' : name,
  }
  return new Promise((done, fail) => {
    connect(options, (error, socket) => (error === null ? done(socket) : fail(error)))
  })
}
