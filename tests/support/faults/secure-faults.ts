import { constants } from 'node:http2'
import type { Certificate, Fault } from './words.ts'

const cut = 'HOST closed the connection before the response was complete.'

function certificate(name: string, which: Certificate, why: string): Fault {
  return {
    name,
    server: { kind: 'bytes', certificate: which, play: (socket) => socket.end('HTTP/1.1 204 No\r\n\r\n') },
    code: 'network_tls',
    says: `The certificate of HOST ${why}.`,
  }
}

/** TLS that is not to be trusted, or is none; HTTP/2 that ends. */
export const secureFaults: Fault[] = [
  certificate('an expired certificate', 'expired', 'has expired'),
  certificate('a certificate of the future', 'not-yet', 'is not valid yet'),
  certificate('a certificate of another name', 'wrong-name', 'was issued for another name'),
  certificate(
    'a self-signed certificate',
    'stranger',
    'was not issued by an authority that this computer trusts',
  ),
  {
    name: 'http where TLS is expected',
    scheme: 'https',
    server: { kind: 'bytes', at: 'connection', play: (socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n') },
    code: 'network_tls',
    says: 'HOST does not speak TLS on this port.',
  },
  {
    name: 'HTTP/2: GOAWAY in place of a response',
    server: {
      kind: 'http2',
      play: (_stream, session) => session.destroy(undefined, constants.NGHTTP2_NO_ERROR),
    },
    code: 'network_cut',
    says: cut,
  },
  {
    name: 'HTTP/2: GOAWAY in the body',
    server: {
      kind: 'http2',
      play: (stream, session) => {
        stream.respond({ ':status': 200, 'content-type': 'text/plain' })
        stream.write('half', () => session.destroy(undefined, constants.NGHTTP2_INTERNAL_ERROR))
      },
    },
    code: 'network_cut',
    says: cut,
  },
  {
    name: 'HTTP/2: the stream is reset',
    server: { kind: 'http2', play: (stream) => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM) },
    code: 'network_cut',
    says: cut,
  },
  {
    name: 'HTTP/2: GOAWAY, and the response all the same',
    server: {
      kind: 'http2',
      play: (stream, session) => {
        stream.respond({ ':status': 200, 'content-type': 'text/plain' })
        stream.end('whole', () => session.close())
      },
    },
    code: 'ok',
    says: '',
  },
]
