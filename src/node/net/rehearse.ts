import { Duplex } from 'node:stream'
import type { Agent } from 'undici'
import type { Agents } from './agents.ts'

const body = JSON.stringify({ number: 1, items: [{ id: 0, name: 'one', open: true }] })
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
)

/** Connections to no one: each is a stream in memory that answers at once with a little JSON. What is first sent through
 *  them compiles undici's parser and all of the way there, which would cost the user's first click 20 to 40 ms. */
export function createAgentsToNoOne(): Agents {
  let made: Agent | undefined
  return {
    async of() {
      const { Agent } = await import('undici')
      return (made ??= new Agent({
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
      }))
    },
    close: async () => made?.destroy(),
  }
}
