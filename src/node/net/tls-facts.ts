import { defined } from '@contract/defined'
import { TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import type { TracedMessage } from '../../core/oauth/wire/fetch.ts'

const most = 100

/** A connector that writes down by origin what secured each new connection. The traces of messages read it
 *  there, since a connection serves many messages. */
export function rememberingTls(
  connect: buildConnector.connector,
  secured: Map<string, TracedMessage['tls']>,
): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [, socket] = outcome
      if (socket instanceof TLSSocket) {
        const { origin } = new URL(`${options.protocol}//${options.hostname}:${options.port}`)
        secured.delete(origin)
        secured.set(origin, factsOf(socket))
        const oldest = secured.keys().next().value
        if (secured.size > most && oldest !== undefined) secured.delete(oldest)
      }
      callback(...outcome)
    })
}

function nameOf(names: { O?: string | string[]; CN?: string | string[] } | undefined): string | undefined {
  const name = names?.CN ?? names?.O
  return (Array.isArray(name) ? name[0] : name)?.slice(0, 200)
}

function factsOf(socket: TLSSocket): TracedMessage['tls'] {
  const certificate = socket.getPeerCertificate()
  const issuer = nameOf(certificate.issuer)
  const subject = nameOf(certificate.subject)
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    ...defined({ issuer, subject, validTo: certificate.valid_to }),
  }
}
