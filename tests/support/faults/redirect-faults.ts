import type { Socket } from 'node:net'
import type { Asked, Fault } from './words.ts'

function redirect(socket: Socket, to: string, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} Over there\r\nlocation: ${to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  )
}
const many = 'The server redirected more than 10 times, last to HOST.'

function loop(name: string, to: (asked: Asked) => string, status = 302): Fault {
  return {
    name,
    server: { kind: 'bytes', play: (socket, asked) => redirect(socket, to(asked), status) },
    code: 'http_too_many_redirects',
    says: many,
  }
}
/** 301, 302 and 303 make a GET of it, which is followed without what is secret (RFC 9110 section 15.4). */
function followed(status: number): Fault {
  return {
    name: `${status} to another origin`,
    led: true,
    server: { kind: 'bytes', play: (socket, { other }) => redirect(socket, `${other}/got`, status) },
    code: 'ok',
    says: '',
  }
}
/** 307 and 308 would take the body along. */
function held(status: number): Fault {
  return {
    name: `${status} to another origin`,
    server: { kind: 'bytes', play: (socket, { other }) => redirect(socket, `${other}/got`, status) },
    code: 'http_redirect_held',
    says: 'Stopped at a redirect from http://HOST/start?api_key=••• to http://OTHER/got: it would carry the body to another server.',
  }
}

/** Redirects that lead nowhere, or elsewhere. */
export const redirectFaults: Fault[] = [
  loop('a redirect to itself', ({ path }) => path),
  loop('two addresses that lead to each other', ({ path }) => (path === '/a' ? '/b' : '/a')),
  loop('307 to itself', ({ path }) => path, 307),
  ...[301, 302, 303].map(followed),
  ...[307, 308].map(held),
  {
    name: '308 from https to http',
    server: {
      kind: 'bytes',
      certificate: 'server',
      play: (socket, { other }) => redirect(socket, `${other}/got`, 308),
    },
    code: 'http_redirect_downgrade',
    says: 'Stopped at a redirect from https://HOST/start?api_key=••• to http://OTHER/got: it would carry the body to another server.',
  },
  {
    name: 'a redirect to a file',
    server: { kind: 'bytes', play: (socket) => redirect(socket, 'file:///etc/passwd', 302) },
    code: 'ok',
    says: '',
  },
]
