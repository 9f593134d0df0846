import { brotliCompressSync, gzipSync } from 'node:zlib'
import * as zlib from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { hasZstd } from '../../../src/node/net/zstd.ts'
import { serveRaw } from './server.ts'

const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string | Uint8Array) => Buffer }

/** What comes of an answer of these bytes, in pieces of so many. */
async function answerTo(bytes: Uint8Array | string, { method = 'GET', size = 100_000 } = {}) {
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
  const url = await serveRaw((socket) => {
    socket.once('data', () => {
      for (let at = 0; at < all.length; at += size) socket.write(all.subarray(at, at + size))
      socket.end()
    })
  })
  const engine = createRequestEngine()
  onTestFinished(() => engine.close())
  const sent = await engine.send({ method, url, headers: [] })
  if (!sent.ok) throw new Error(sent.error.code)
  const { status, headers, body, problem, oddities } = sent.value
  return { status, headers, text: new TextDecoder().decode(body), problem: problem?.code, oddities }
}
const withBody = (head: string, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head}content-length: ${body.length}\r\n\r\n`), body])

it.each([
  ['lines that end with LF alone', 'HTTP/1.1 200 OK\nX-A: one two\ncontent-length: 2\n\nok'],
  ['a folded header', 'HTTP/1.1 200 OK\r\nX-A: one\r\n\t  two\r\ncontent-length: 2\r\n\r\nok'],
  ['a blank before the colon', 'HTTP/1.1 200 OK\r\nX-A : one two\r\ncontent-length\t: 2\r\n\r\nok'],
  [
    'all of that behind an early hint',
    'HTTP/1.1 103 Early Hints\nLink : </a>;\n rel=preload\n\nHTTP/1.1 200 OK\nX-A : one\n two\ncontent-length: 2\n\nok',
  ],
])('takes %s', async (_name, bytes) => {
  for (const size of [100_000, 1]) {
    const { status, headers, text, problem } = await answerTo(bytes, { size })
    expect({ status, text, problem }).toEqual({ status: 200, text: 'ok', problem: undefined })
    expect(headers).toEqual([
      ['X-A', 'one two'],
      ['content-length', '2'],
    ])
  }
})

it.each([
  'HTTP/1.1 200 OK\r\n folded\r\ncontent-length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nX-A: one\rtwo\r\ncontent-length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nX A : b\r\ncontent-length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\ncontent-length: 2\ncontent-length : 3\n\nok!',
])('still refuses what has no meaning: %j', async (bytes) => {
  await expect(answerTo(bytes)).rejects.toThrow('network_malformed')
})

it.each([
  ['GET', 204],
  ['GET', 304],
  ['HEAD', 200],
])('is not troubled by bytes behind %s %i, which has no body', async (method, code) => {
  const bytes = `HTTP/1.1 ${code} X\r\ncontent-length: 5\r\n\r\nhello`
  expect(await answerTo(bytes, { method })).toMatchObject({ status: code, text: '', problem: undefined })
  const none = `HTTP/1.1 ${code} X\r\ncontent-length: 5\r\n\r\n`
  expect(await answerTo(none, { method })).toMatchObject({ status: code, text: '', problem: undefined })
})

it('takes codings off that are named in several headers', async () => {
  const body = brotliCompressSync(gzipSync('a long story'))
  const answer = await answerTo(withBody('content-encoding: gzip\r\nContent-Encoding: br\r\n', body))
  expect(answer).toMatchObject({ text: 'a long story', problem: undefined, oddities: undefined })
})

it.skipIf(!hasZstd)('reads all frames of zstd, and says what is none', async () => {
  const pack = zstdCompressSync ?? gzipSync
  const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
  const whole = Buffer.concat([pack('one '), pack(Buffer.alloc(300_000, 'x')), skipped, pack(' two')])
  for (const size of [100_000, 7]) {
    const answer = await answerTo(withBody('content-encoding: zstd\r\n', whole), { size })
    expect(answer.text).toBe(`one ${'x'.repeat(300_000)} two`)
    expect(answer).toMatchObject({ problem: undefined, oddities: undefined })
  }
  const stray = await answerTo(
    withBody('content-encoding: zstd\r\n', Buffer.concat([pack('one'), Buffer.from('more')])),
  )
  expect(stray).toMatchObject({ text: 'one', oddities: [expect.stringMatching(/followed by 4 bytes/)] })
  const half = await answerTo(
    withBody('content-encoding: zstd\r\n', Buffer.concat([pack('one'), pack('two').subarray(0, 8)])),
  )
  expect(half).toMatchObject({ text: 'one', problem: 'http_encoding_broken' })
  const many = Buffer.concat(new Array<Buffer>(12_000).fill(pack('y')))
  expect(await answerTo(withBody('content-encoding: zstd\r\n', many))).toMatchObject({
    text: 'y'.repeat(10_000),
    problem: 'http_encoding_broken',
  })
})
