import type { Socket } from 'node:net'
import type { Fault } from './words.ts'

const okHead = 'HTTP/1.1 200 OK\r\n'
const cut = 'HOST closed the connection before the response was complete.'
const late = 'HOST did not respond in time.'

function reset(name: string, sent: string): Fault {
  return {
    name: `reset ${name}`,
    server: { kind: 'bytes', play: (socket) => socket.write(sent, () => socket.resetAndDestroy()) },
    code: 'network_cut',
    says: cut,
  }
}

/** A byte at a time. */
function drip(socket: Socket, text: string): void {
  let at = 0
  const timer = setInterval(() => socket.write(text.charAt(at++ % text.length)), 40)
  socket.once('close', () => clearInterval(timer))
}

/** Connections that end, or do not. */
export const connectionFaults: Fault[] = [
  {
    name: 'nothing listens',
    server: { kind: 'none' },
    code: 'network_refused',
    says: 'HOST refused the connection: nothing is listening there.',
  },
  {
    name: 'reset at the connection',
    server: { kind: 'bytes', at: 'connection', play: (socket) => socket.resetAndDestroy() },
    code: 'network_cut',
    says: cut,
  },
  {
    name: 'reset in the TLS handshake',
    scheme: 'https',
    server: {
      kind: 'bytes',
      at: 'connection',
      play: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    },
    code: 'network_cut',
    says: cut,
  },
  {
    name: 'reset in the request’s body',
    bodySize: 20_000_000,
    server: { kind: 'bytes', play: (socket) => socket.resetAndDestroy() },
    code: 'network_cut',
    says: cut,
  },
  reset('before the status', ''),
  reset('in the headers', `${okHead}content-le`),
  reset('in the body', `${okHead}content-length: 100\r\n\r\nhalf`),
  reset('in a chunk', `${okHead}transfer-encoding: chunked\r\n\r\n8\r\nhalf`),
  {
    name: 'half-open: takes all and says nothing',
    waits: true,
    server: { kind: 'bytes', at: 'connection', play: (socket) => socket.resume() },
    code: 'network_timeout',
    says: late,
  },
  {
    name: 'silent in the TLS handshake',
    scheme: 'https',
    waits: true,
    server: { kind: 'bytes', at: 'connection', play: (socket) => socket.resume() },
    code: 'network_timeout',
    says: late,
  },
  {
    name: 'silent in the body',
    waits: true,
    server: { kind: 'bytes', play: (socket) => socket.write(`${okHead}content-length: 9\r\n\r\nhalf`) },
    code: 'network_timeout',
    says: late,
  },
  {
    name: 'a dripping header',
    waits: true,
    server: {
      kind: 'bytes',
      play: (socket) => {
        socket.write(okHead)
        drip(socket, 'x-a: b\r\n')
      },
    },
    code: 'network_timeout',
    says: late,
  },
  {
    name: 'a dripping body, until it is stopped',
    stopped: true,
    server: {
      kind: 'bytes',
      play: (socket) => {
        socket.write(`${okHead}content-length: 100000\r\n\r\n`)
        drip(socket, 'x')
      },
    },
    code: 'http_cancelled',
    says: 'Stopped. What came until then is below.',
  },
]
