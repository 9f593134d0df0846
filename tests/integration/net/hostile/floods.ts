import { brotliCompressSync, constants, deflateRawSync, gzipSync } from 'node:zlib'
import { drip, endless, okHead, withBody, says, type Act } from './acts.ts'

const zeros = Buffer.alloc(50_000_000)
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const gzipMagic = [0x1f, 0x8b, 8]
const many = Buffer.alloc(65_536, 'a')

function flood(name: string, head: string, piece: string | Uint8Array, ends: Act['ends']): Act {
  return {
    name: `endless ${name}`,
    ends,
    play: (socket) => {
      socket.write(Buffer.from(head, 'latin1'))
      endless(socket, typeof piece === 'string' ? piece.repeat(Math.ceil(16_384 / piece.length)) : piece)
    },
  }
}

function coded(coding: string, start: readonly number[] = []): string {
  return `${okHead}content-encoding: ${coding}\r\n\r\n${Buffer.from(start).toString('latin1')}`
}

const large = 'network_headers_too_large'
/** By its bytes or, where each costs the decoder much, by its time. */
const slow = ['http_encoding_broken', 'network_timeout', 'http_timeout']
const chunked = `${okHead}transfer-encoding: chunked\r\n\r\n`

/** What never ends. */
export const floodActs: Act[] = [
  flood('reason', 'HTTP/1.1 200 ', 'very ', [large, 'http_timeout', 'network_timeout']),
  flood('header name', okHead, many, large),
  flood('header value', `${okHead}x: `, many, large),
  flood('headers', okHead, 'x-a: 1\r\n', large),
  flood('cookies', okHead, 'set-cookie: a=1\r\n', large),
  flood('blank lines before the response', '', '\r\n', [
    'network_timeout',
    'http_timeout',
    'network_malformed',
  ]),
  flood('early hints', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', [
    'network_timeout',
    'http_timeout',
    large,
  ]),
  flood('continues', '', 'HTTP/1.1 100 Continue\r\n\r\n', ['network_cut', 'network_malformed']),
  flood('body without a length', `${okHead}\r\n`, many, 'cut off'),
  flood('chunks', chunked, '4\r\nmore\r\n', 'cut off'),
  flood('chunks of one byte', chunked, '1\r\nx\r\n', ['cut off', 'network_timeout', 'http_timeout']),
  flood('chunk size', chunked, '0', ['network_malformed', 'network_timeout', 'http_timeout']),
  flood('chunk extension', `${chunked}4;`, many, ['network_malformed', 'network_timeout', 'http_timeout']),
  flood('trailers', `${chunked}0\r\n`, 'x-a: 1\r\n', [large, 'network_timeout', 'http_timeout']),
  flood('trailer value', `${chunked}0\r\nx: `, many, [large, 'network_timeout', 'http_timeout']),
  flood('name in a gzip header', coded('gzip', [...gzipMagic, 8, 0, 0, 0, 0, 0, 3]), many, slow),
  flood('comment in a gzip header', coded('gzip', [...gzipMagic, 16, 0, 0, 0, 0, 0, 3]), many, slow),
  flood('members of nothing', coded('gzip'), gzipSync(''), slow),
  flood('members of one byte', coded('gzip'), gzipSync('x'), [...slow, 'cut off']),
  flood('bytes behind a gzip', coded('gzip', [...gzipSync('x')]), many, ['ok', ...slow]),
  flood('zeros behind a gzip', coded('gzip', [...gzipSync('x')]), Buffer.alloc(65_536), ['ok', ...slow]),
  flood(
    'deflate blocks of nothing',
    coded('deflate', [0x78, 0x9c]),
    Buffer.from([0, 0, 0, 0xff, 0xff]),
    slow,
  ),
  flood('raw deflate blocks of nothing', coded('deflate'), Buffer.from([0, 0, 0, 0xff, 0xff]), slow),
  flood('brotli metadata', coded('br', [0x0c]), Buffer.from([0x0c, 0, 0, 0]), slow),
  flood(
    'name in a gzip header within gzip',
    coded('gzip, gzip', [...gzipSync(Buffer.from([...gzipMagic, 8, 0, 0, 0, 0, 0, 3]))]),
    gzipSync(many),
    slow,
  ),
  flood('gzip in stored blocks', coded('gzip'), gzipSync(Buffer.alloc(65_000, 7), { level: 0 }), 'cut off'),
  says('a gzip bomb', withBody('content-encoding: gzip', gzipSync(zeros)), 'cut off'),
  says('a deflate bomb', withBody('content-encoding: deflate', deflateRawSync(zeros)), 'cut off'),
  says('a brotli bomb', withBody('content-encoding: br', brotliCompressSync(zeros, quick)), 'cut off'),
  says('a bomb of two gzips', withBody('content-encoding: gzip, gzip', gzipSync(gzipSync(zeros))), 'cut off'),
  says(
    'a bomb of three codings',
    withBody(
      'content-encoding: deflate, gzip, br',
      brotliCompressSync(gzipSync(deflateRawSync(zeros)), quick),
    ),
    'cut off',
  ),
  says(
    'a bomb in chunks of a gzip',
    Buffer.concat([
      Buffer.from(`${okHead}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n`),
      ...Array.from(gzipSync(zeros).subarray(0, 4_000), (byte) => Buffer.from([0x31, 13, 10, byte, 13, 10])),
      Buffer.from('0\r\n\r\n'),
    ]),
    'cut off',
  ),
  {
    name: 'a name in a gzip header, byte by byte',
    ends: ['http_timeout', 'network_timeout'],
    play: (socket) => {
      socket.write(Buffer.from(coded('gzip', [...gzipMagic, 8, 0, 0, 0, 0, 0, 3]), 'latin1'))
      drip(socket, 'a')
    },
  },
  {
    name: 'a gzip that stalls after its bomb',
    ends: 'cut off',
    play: (socket) => void socket.write(withBody('content-encoding: gzip', gzipSync(zeros))),
  },
]
