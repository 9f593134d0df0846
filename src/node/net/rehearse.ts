import { Duplex } from 'node:stream'
import { readDecodedBody } from './decode-body.ts'

const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}')

/** Sends one message to no one: its connection is a stream in memory that answers at once. undici compiles its
 *  parser with its first message, which would cost the user's first click 20 to 40 ms. */
export async function rehearse(): Promise<void> {
  const { Agent } = await import('undici')
  const agent = new Agent({
    connect: (_options, connected) => {
      const socket = new Duplex({
        read: () => undefined,
        write: (_chunk, _encoding, done) => {
          socket.push(answer)
          done()
        },
      })
      // A connection is there later than it was asked for. All that undici uses of it is what a stream has.
      setImmediate(() => connected(null, socket as never))
    },
  })
  try {
    const { body } = await agent.request({ origin: 'http://nothing.invalid', path: '/', method: 'GET' })
    await readDecodedBody(body, '', { bytes: 1_024, pause: 1_000 })
  } finally {
    await agent.destroy()
  }
}
