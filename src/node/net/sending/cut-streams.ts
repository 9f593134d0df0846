import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import { TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'

/** A connector over which a response in HTTP/2 is whole only where its server said so by END_STREAM (RFC 9113 section 8.1).
 *  Node and undici take RST_STREAM for an end like any other where it says CANCEL or NO_ERROR. */
export function noticingCutStreams(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [, socket] = outcome
      if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2') watchSession(socket)
      callback(...outcome)
    })
}

/** undici keeps its session at the socket before it listens to it. */
function watchSession(socket: TLSSocket): void {
  function look(): void {
    const kept = socket as unknown as Record<symbol, unknown>
    const session = Object.getOwnPropertySymbols(socket)
      .map((symbol) => kept[symbol])
      .find(isSession)
    if (session === undefined) return
    socket.off('newListener', look)
    const request = session.request.bind(session)
    session.request = (...asked) => {
      const stream = request(...asked)
      watchStream(stream)
      return stream
    }
  }
  socket.on('newListener', look)
}

function isSession(value: unknown): value is ClientHttp2Session {
  return typeof value === 'object' && value !== null && 'goaway' in value && 'request' in value
}

/** An end that its server names comes before the stream is closed; one that is made up for a reset comes after. */
function watchStream(stream: ClientHttp2Stream): void {
  const push = stream.push.bind(stream)
  let ended = false
  stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk !== null || ended || !stream.closed) {
      ended ||= chunk === null
      return push(chunk, encoding)
    }
    const broken = Object.assign(new Error('the stream was reset'), { code: 'ERR_HTTP2_STREAM_ERROR' })
    // Whoever closes it here is not done with it yet.
    process.nextTick(() => void stream.destroy(broken))
    return false
  }
}
