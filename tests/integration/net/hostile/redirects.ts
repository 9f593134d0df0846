import { gzipSync } from 'node:zlib'
import { endless, says, type Act } from './acts.ts'

const many = 'http_too_many_redirects'
const answer = (to: string, status = 302) =>
  `HTTP/1.1 ${status} Over there\r\nlocation: ${to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`

/** Redirects that lead nowhere. */
export const redirectActs: Act[] = [
  says('a redirect to itself', answer('/'), many),
  says('a redirect to nothing', answer(''), many),
  says('307 to itself', answer('/', 307), many, { method: 'POST' }),
  {
    name: 'two addresses that lead to each other',
    ends: many,
    play: (socket, path) => socket.end(answer(path === '/a' ? '/b' : '/a')),
  },
  {
    name: 'an address that grows',
    ends: many,
    play: (socket, path) => socket.end(answer(`${path}${'x'.repeat(1_000)}`)),
  },
  ...[
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'gopher://x/',
    'http://',
    'http://[::1',
    'x'.repeat(20_000),
  ].map((to) => says(`a redirect to ${to.slice(0, 20)}`, answer(to), 'ok')),
  says('a redirect to a port where nobody is', answer('http://127.0.0.1:1/'), 'network_refused', {
    oauth: 'ok',
  }),
  says('a redirect without an address', 'HTTP/1.1 302 Where\r\ncontent-length: 0\r\n\r\n', 'ok'),
  {
    name: 'a redirect with an endless body',
    oauth: 'network_too_large',
    ends: many,
    play: (socket) => {
      socket.write('HTTP/1.1 302 Over there\r\nlocation: /\r\n\r\n')
      endless(socket, Buffer.alloc(16_384, 'x'))
    },
  },
  {
    name: 'a redirect whose body stalls',
    ends: ['http_timeout', 'network_timeout', many],
    play: (socket) =>
      void socket.write('HTTP/1.1 302 Over there\r\nlocation: /\r\ncontent-length: 99\r\n\r\nx'),
  },
  says(
    'a redirect with a bomb',
    Buffer.concat([
      Buffer.from('HTTP/1.1 302 Over there\r\nlocation: /\r\ncontent-encoding: gzip\r\n\r\n'),
      gzipSync(Buffer.alloc(5_000_000)),
    ]),
    many,
    { oauth: 'network_too_large' },
  ),
]
