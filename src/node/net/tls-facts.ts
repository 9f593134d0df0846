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
      const origin = originOf(options)
      if (socket instanceof TLSSocket && origin !== undefined) {
        secured.delete(origin)
        secured.set(origin, factsOf(socket))
        const oldest = secured.keys().next().value
        if (secured.size > most && oldest !== undefined) secured.delete(oldest)
      }
      callback(...outcome)
    })
}

/** The server as it was asked for: the host still has its brackets (RFC 3986 section 3.2.2), and its own name where the
 *  connection leads elsewhere. Nothing where that is no URL: whoever listens to a socket must not throw. */
function originOf({ protocol, host, hostname }: buildConnector.Options): string | undefined {
  const url = `${protocol}//${host ?? hostname}`
  return URL.canParse(url) ? new URL(url).origin : undefined
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
    ...(socket.alpnProtocol === 'h2' && { http2: true }),
  }
}
