import { brotliCompressSync, gzipSync } from 'node:zlib'
import { okHead, says, withBody, type Act } from './acts.ts'

const bad = 'network_malformed'
const broken = 'http_encoding_broken'
const packed = gzipSync('some words '.repeat(200))
const wrongSum = Buffer.from(packed)
wrongSum.writeUInt32LE(1, wrongSum.length - 8)

function head(name: string, line: string, ends: Act['ends'] = bad): Act {
  return says(name, `${okHead}${line}\r\ncontent-length: 2\r\n\r\nok`, ends)
}
function chunks(name: string, body: string, ends: Act['ends'] = bad): Act {
  return says(name, `${okHead}transfer-encoding: chunked\r\n\r\n${body}`, ends)
}
function packedAs(name: string, coding: string, body: Uint8Array, ends: Act['ends'] = broken): Act {
  return says(name, withBody(`content-encoding: ${coding}`, body), ends)
}

/** What is no HTTP, or says one thing and does another. */
export const malformedActs: Act[] = [
  says('no HTTP', 'hello\r\n\r\n', bad),
  says('bytes', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)), bad),
  says('a TLS hello', Buffer.from('16030100c8010000c40303', 'hex'), bad),
  says('an SSH greeting', 'SSH-2.0-OpenSSH_9.6\r\n', bad),
  says('a mail greeting', '220 mail ESMTP\r\n', bad),
  says('HTTP/2', Buffer.from('000006040000000000000300000064', 'hex'), bad),
  says('HTTP/0.9', '<html>', bad),
  says('HTTP/9.9', 'HTTP/9.9 200 OK\r\n\r\n', bad),
  says('a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', bad),
  says('a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', bad),
  says('a status of words', 'HTTP/1.1 OK 200\r\n\r\n', bad),
  says('status 000', 'HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n', bad),
  says('status 999', 'HTTP/1.1 999 Much\r\ncontent-length: 0\r\n\r\n', 'ok', { oauth: bad }),
  says('an upgrade nobody asked for', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', [
    'network_cut',
    bad,
  ]),
  head('a length below nothing', 'content-length: -1'),
  head('a length of words', 'content-length: two'),
  head('a length beyond every number', 'content-length: 99999999999999999999999', [bad, 'network_cut']),
  head('two lengths', 'content-length: 3', [bad, 'network_cut']),
  head('a length and chunks', 'transfer-encoding: chunked'),
  head('a header without a colon', 'nothing here'),
  head('a space before the colon', 'x-a : 1', [bad, 'ok']),
  head('a nameless header', ': 1'),
  head('a zero byte in a value', 'x-a: a\0b'),
  head('a lone CR in a value', 'x-a: a\rb: c'),
  head('a folded header', 'x-a: 1\r\n  2', [bad, 'ok']),
  head('bytes that are no text', 'x-a: \xff\xfe\x80', 'ok'),
  head('600 headers', Array.from({ length: 600 }, (_, index) => `h${index}: 1`).join('\r\n'), [
    'http_too_many_headers',
  ]),
  says('lines without CR', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok', [bad, 'ok']),
  chunks('a chunk size of words', 'many\r\nabc\r\n0\r\n\r\n'),
  chunks('a chunk size below nothing', '-1\r\nabc\r\n0\r\n\r\n'),
  chunks('a chunk size beyond every number', 'ffffffffffffffffff\r\nabc'),
  chunks('a chunk larger than it says', '2\r\nabcd\r\n0\r\n\r\n'),
  chunks('a chunk smaller than it says', '8\r\nabc\r\n0\r\n\r\n', [bad, 'network_cut']),
  chunks('no end of the chunks', '2\r\nok\r\n', 'network_cut'),
  chunks('nothing in chunks', '', 'network_cut'),
  says('less than the length', `${okHead}content-length: 9\r\n\r\nok`, 'network_cut'),
  says('more than the length', `${okHead}content-length: 2\r\n\r\nok and more`, 'ok'),
  says('two answers', `${okHead}content-length: 2\r\n\r\nok`.repeat(2), 'ok'),
  says('a body after 204', 'HTTP/1.1 204 No\r\ncontent-length: 2\r\n\r\nok', ['ok', bad, 'network_cut']),
  says('a body after 304', 'HTTP/1.1 304 No\r\ncontent-length: 2\r\n\r\nok', ['ok', bad, 'network_cut']),
  says('a body after HEAD', `${okHead}content-length: 2\r\n\r\nok`, ['ok', bad], { method: 'HEAD' }),
  says('a response before the request', `${okHead}content-length: 2\r\n\r\nok`, ['ok', 'network_cut', bad], {
    at: 'connect',
  }),
  // What is not compressed is shown as it came, with a remark.
  packedAs('words called gzip', 'gzip', Buffer.from('this is no gzip'), 'ok'),
  packedAs('gzip called brotli', 'br', packed),
  packedAs('brotli called gzip', 'gzip', brotliCompressSync('words'), 'ok'),
  packedAs('words called brotli', 'br', Buffer.from('this is no brotli at all, be sure')),
  packedAs('words called deflate', 'deflate', Buffer.from('\xff\xff\xff\xff', 'latin1')),
  packedAs('a gzip with a wrong sum', 'gzip', wrongSum),
  packedAs('half a gzip', 'gzip', packed.subarray(0, packed.length / 2)),
  packedAs('a gzip without its end', 'gzip', packed.subarray(0, -4)),
  packedAs('a gzip with junk behind', 'gzip', Buffer.concat([packed, Buffer.alloc(5_000, 'j')]), [
    'ok',
    broken,
  ]),
  packedAs('gzip once, called twice', 'gzip, gzip', packed, 'ok'),
  packedAs('nothing called gzip', 'gzip', Buffer.alloc(0), 'ok'),
  packedAs('a coding nobody knows', 'x-unknown', packed, 'ok'),
  packedAs('more codings than are taken off', 'gzip, gzip, gzip, gzip', packed, 'ok'),
  packedAs('a thousand codings', Array.from({ length: 1_000 }, () => 'gzip').join(','), packed, 'ok'),
]
