import { gzipSync } from 'node:zlib'
import type { Socket } from 'node:net'
import type { Fault } from './words.ts'

const okHead = 'HTTP/1.1 200 OK\r\n'
const malformed = 'The response from HOST is not valid HTTP.'
const packed = gzipSync('some words '.repeat(200))
const broken = Buffer.from(packed)
broken.writeUInt32LE(1, broken.length - 8)

function says(name: string, answer: string | Uint8Array, code: string, sentence: string): Fault {
  const bytes = typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer
  return { name, server: { kind: 'bytes', play: (socket) => socket.end(bytes) }, code, says: sentence }
}
function withBody(head: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${okHead}${head}\r\ncontent-length: ${body.length}\r\n\r\n`), body])
}
/** Writes without an end, as fast as it is taken. */
function endless(head: string, piece: string) {
  const pieces = piece.repeat(Math.ceil(16_384 / piece.length))
  return (socket: Socket): void => {
    function go(): void {
      while (!socket.destroyed && socket.write(pieces));
      if (!socket.destroyed) socket.once('drain', go)
    }
    socket.write(head)
    go()
  }
}

const tooLarge = 'The response headers from HOST are larger than 64 KB.'
const damaged = 'The compressed body is damaged: it could be decoded only in part.'

/** Responses that are no HTTP, or not what they say. */
export const responseFaults: Fault[] = [
  says(
    'less than its length',
    `${okHead}content-length: 9\r\n\r\nok`,
    'network_cut',
    'HOST closed the connection before the response was complete.',
  ),
  says('more than its length', `${okHead}content-length: 2\r\n\r\nok and more`, 'ok', ''),
  says(
    'two lengths',
    `${okHead}content-length: 3\r\ncontent-length: 2\r\n\r\nok`,
    'network_malformed',
    'The response from HOST states two different lengths: its end is unclear.',
  ),
  says('no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'network_malformed', malformed),
  says(
    'a bad chunk',
    `${okHead}transfer-encoding: chunked\r\n\r\nmany\r\nabc\r\n0\r\n\r\n`,
    'network_malformed',
    malformed,
  ),
  says(
    'no end of the chunks',
    `${okHead}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n`,
    'network_cut',
    'HOST closed the connection before the response was complete.',
  ),
  {
    name: 'an endless header',
    server: { kind: 'bytes', play: endless(`${okHead}x: `, 'a') },
    code: 'network_headers_too_large',
    says: tooLarge,
  },
  {
    name: 'headers without an end',
    server: { kind: 'bytes', play: endless(okHead, 'set-cookie: a=1\r\n') },
    code: 'network_headers_too_large',
    says: tooLarge,
  },
  says(
    '600 headers',
    `${okHead}${Array.from({ length: 600 }, (_, at) => `h${at}: 1\r\n`).join('')}content-length: 0\r\n\r\n`,
    'http_too_many_headers',
    'The response has more than 500 headers.',
  ),
  says('a bad gzip', withBody('content-encoding: gzip', broken), 'http_encoding_broken', damaged),
  says(
    'half a gzip',
    withBody('content-encoding: gzip', packed.subarray(0, packed.length / 2)),
    'http_encoding_broken',
    damaged,
  ),
  says(
    'a gzip bomb',
    withBody('content-type: text/plain\r\ncontent-encoding: gzip', gzipSync(Buffer.alloc(60_000_000, 'a'))),
    'cut off',
    '',
  ),
  {
    name: 'a body without an end',
    server: { kind: 'bytes', play: endless(`${okHead}content-type: text/plain\r\n\r\n`, 'more\n') },
    code: 'cut off',
    says: '',
  },
  says(
    'a charset that does not exist',
    withBody('content-type: text/plain; charset=utf-99', Buffer.from('caf\xe9', 'latin1')),
    'ok',
    'The charset utf-99 is unknown: the body is read as UTF-8.',
  ),
  says(
    'bytes that are not of their charset',
    withBody('content-type: application/json; charset=utf-8', Buffer.from('{"name":"caf\xe9"}', 'latin1')),
    'ok',
    'Some of the body is not valid utf-8: each such byte is shown as �.',
  ),
]
