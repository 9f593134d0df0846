import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import type { SendOptions } from '../../../src/node/net/sending/send-options.ts'
import { ok } from '../../../src/core/contract/result.ts'
import type { CarriedCredential, WireRequest } from '../../../src/core/http/wire.ts'
import type { Way } from '../../../src/core/records/way.ts'
import { deadAddress, serve, serveRaw, serveTls } from './server.ts'

const credential = { type: 'Bearer', text: 'the-token', allowInsecure: false } as const
const send = async (url: string, options: SendOptions = {}, request: Partial<WireRequest> = {}) => {
  const engine = createRequestEngine()
  onTestFinished(() => engine.close())
  return engine.send({ method: 'GET', url, headers: [], ...request }, options)
}
const answerOf = async (...given: Parameters<typeof send>) => {
  const result = await send(...given)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
const codeOf = async (...given: Parameters<typeof send>) => {
  const result = await send(...given)
  return result.ok ? (result.value.problem?.code ?? 'ok') : result.error.code
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('what goes out and comes in', () => {
  it('puts the token in at sending, keeps header order and says what was sent without the token', async () => {
    let seen: { raw: string[]; headers: IncomingHttpHeaders } | undefined
    const url = await serve((request, response) => {
      seen = { raw: request.rawHeaders, headers: request.headers }
      response
        .writeHead(201, 'Made', [
          ['X-One', '1'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ])
        .end('done')
    })
    const answer = await answerOf(
      url,
      { credential },
      {
        method: 'POST',
        headers: [
          ['X-B', '2'],
          ['X-A', '1'],
          ['X-B', '3'],
        ],
        body: new TextEncoder().encode('hello'),
      },
    )
    expect(seen?.headers.authorization).toBe('Bearer the-token')
    expect(seen?.headers['content-length']).toBe('5')
    expect(seen?.raw.filter((_, index) => index % 2 === 0).filter((name) => name.startsWith('X-'))).toEqual([
      'X-B',
      'X-A',
      'X-B',
    ])
    expect(answer).toMatchObject({
      status: 201,
      statusText: 'Made',
      tokenSent: true,
      truncated: false,
      hops: [],
    })
    expect(answer.headers.filter(([name]) => name === 'Set-Cookie')).toHaveLength(2)
    expect(text(answer.body)).toBe('done')
    expect(JSON.stringify(answer.sentHeaders)).not.toContain('the-token')
    expect(answer.sentHeaders).toContainEqual(['Authorization', 'Bearer •••'])
    expect(answer.timing.total).toBeGreaterThanOrEqual(answer.timing.waiting)
  })

  it('puts a token that is carried in a cookie in the place of a kept one of that name', async () => {
    let got: string | undefined
    const url = await serve((request, response) => {
      got = request.headers.cookie
      response.end()
    })
    const cookies = { header: async () => 'session=old; theme=dark', take: async () => undefined }
    const carried = { ...credential, place: { cookie: 'session' } }
    await answerOf(url, { credential: carried, cookies })
    expect(got).toBe('theme=dark; session=the-token')
    await answerOf(url, { credential, cookies })
    expect(got).toBe('session=old; theme=dark')
  })

  it('sends no token in plain text to another computer', async () => {
    expect(await codeOf('http://api.example.invalid/', { credential })).toBe('http_token_insecure')
    const allowed = { ...credential, allowInsecure: true }
    expect(await codeOf('http://api.example.invalid/', { credential: allowed })).toBe('network_name')
  })

  it('nor where the name is of this computer and the way leads to another', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.end()
    })
    const { port } = new URL(url)
    const here = { protocol: 'http:', host: '127.0.0.1', port: Number(port) } as const
    const code = (way: Way, more: Partial<CarriedCredential> = {}) =>
      codeOf(`http://dev.localhost:${port}/`, {
        credential: { ...credential, ...more },
        findWay: async () => ok(way),
      })
    const away = { proxy: { ...here, host: 'proxy.invalid' } }
    for (const way of [{ address: 'away.invalid' }, away, { proxy: here, otherwise: away }])
      expect(await code(way), JSON.stringify(way)).toBe('http_token_insecure')
    expect(asked).toBe(0)
    for (const way of [{ address: '127.0.0.1' }, { proxy: here }, {}])
      expect(await code(way), JSON.stringify(way)).toBe('ok')
    expect(await code({ address: 'away.invalid' }, { allowInsecure: true })).toBe('network_name')
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['x-gzip, identity', gzipSync],
    ['gzip, br', (data: Buffer) => brotliCompressSync(gzipSync(data))],
  ])('takes off %s', async (coding, encode) => {
    const original = 'ünïcode '.repeat(5000)
    const encoded = encode(Buffer.from(original))
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(encoded),
    )
    const answer = await answerOf(url)
    expect(text(answer.body)).toBe(original)
    expect(answer.wireSize).toBe(encoded.byteLength)
    expect(answer.undecoded).toBeUndefined()
  })

  it('shows as received what it cannot decode', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'compress' }).end('raw'),
    )
    expect(await answerOf(url)).toMatchObject({ undecoded: 'compress' })
  })

  it('has no body after HEAD and 304', async () => {
    const url = await serve((request, response) => {
      response
        .writeHead(request.method === 'HEAD' ? 200 : 304, {
          'content-encoding': 'gzip',
          'content-length': '10',
        })
        .end()
    })
    expect((await answerOf(url, {}, { method: 'HEAD' })).body).toHaveLength(0)
    expect((await answerOf(url)).body).toHaveLength(0)
  })
})

describe('limits', () => {
  it('cuts a large body off and says so', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(300_000, 'x')))
    const answer = await answerOf(url, { limits: { bodyBytes: 100_000 } })
    expect(answer.truncated).toBe(true)
    expect(answer.body).toHaveLength(100_000)
    expect((await answerOf(url, { limits: { bodyBytes: 300_000 } })).truncated).toBe(false)
  })

  it('holds no more of a decompression bomb than the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000))
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const before = process.memoryUsage().rss
    const answer = await answerOf(url, { limits: { bodyBytes: 1_000_000 } })
    expect(answer).toMatchObject({ truncated: true })
    expect(answer.body).toHaveLength(1_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  it.each([
    ['beyond the limit', gzipSync(Buffer.alloc(5_000_000)), { truncated: true }],
    [
      'damaged',
      Buffer.from('\x1f\x8bthis is no gzip at all', 'latin1'),
      { problem: { code: 'http_encoding_broken' } },
    ],
  ])('does not wait for a server that stalls after a body %s', async (_name, bytes, expected) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).write(bytes)
    })
    const answer = await answerOf(url, { limits: { bodyBytes: 1000, total: 20_000 } })
    expect(answer).toMatchObject(expected)
    expect(answer.timing.total).toBeLessThan(5_000)
  })

  it('ends what takes too long, before and within the body', async () => {
    const silent = await serveRaw(() => undefined)
    expect(await codeOf(silent, { limits: { total: 200 } })).toBe('http_timeout')
    const drip = await serve((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const answer = await answerOf(drip, { limits: { total: 400 } })
    expect(answer).toMatchObject({ status: 200, problem: { code: 'http_timeout' } })
    expect(answer.body.length).toBeGreaterThan(0)
  })

  it('refuses hundreds of headers', async () => {
    const lines = Array.from({ length: 600 }, (_, index) => `h${index}: 1\r\n`).join('')
    const url = await serveRaw((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${lines}content-length: 0\r\n\r\n`)),
    )
    expect(await codeOf(url)).toBe('http_too_many_headers')
  })
})

describe('redirects', () => {
  it('carries the token within an origin and never beyond it', async () => {
    const seen: (string | undefined)[] = []
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization, request.headers.cookie)
      response.end('other')
    })
    const url = await serve((request, response) => {
      if (request.url === '/1') return void response.writeHead(307, { location: '/2' }).end()
      seen.push(request.headers.authorization)
      response.writeHead(302, { location: `${other}/3` }).end()
    })
    const answer = await answerOf(`${url}/1`, { credential }, { headers: [['Cookie', 'sid=1']] })
    expect(seen).toEqual(['Bearer the-token', undefined, undefined])
    expect(answer).toMatchObject({ url: `${other}/3`, tokenSent: false })
    expect(answer.hops).toEqual([
      { method: 'GET', url: `${url}/1`, status: 307, leftBehind: [] },
      { method: 'GET', url: `${url}/2`, status: 302, leftBehind: ['Authorization', 'Cookie'] },
    ])
  })

  it('does not get the token back by coming home', async () => {
    let home = ''
    const seen: (string | undefined)[] = []
    const other = await serve((_request, response) =>
      response.writeHead(302, { location: `${home}/end` }).end(),
    )
    home = await serve((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/end') return void response.end()
      response.writeHead(302, { location: other }).end()
    })
    await answerOf(`${home}/start`, { credential })
    expect(seen).toEqual(['Bearer the-token', undefined])
  })

  it.each([307, 308])('holds a body back from another origin until it is allowed: %i', async (status) => {
    const seen: string[] = []
    const other = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
      request.on('end', () => response.end('taken'))
    })
    const url = await serve((_request, response) =>
      response.writeHead(status, { location: `${other}/in` }).end('moved'),
    )
    const post = { method: 'POST', body: new TextEncoder().encode('client_secret=s3cret') }
    const held = await answerOf(url, { credential }, post)
    expect(held).toMatchObject({ status, url, hops: [], held: { to: `${other}/in`, downgrade: false } })
    expect(text(held.body)).toBe('moved')
    expect(seen).toEqual([])
    expect(await answerOf(url, { carryBodyTo: ['https://elsewhere.example'] }, post)).toHaveProperty('held')
    const sent = await answerOf(url, { credential, carryBodyTo: [other] }, post)
    expect(sent).toMatchObject({ status: 200, tokenSent: false, url: `${other}/in` })
    expect(sent.held).toBeUndefined()
    expect(seen).toEqual(['client_secret=s3cret'])
  })

  it('never carries a body from https to http, whatever is allowed', async () => {
    let reached = 0
    const plain = await serve((_request, response) => {
      reached += 1
      response.end()
    })
    const { url, trusted } = await serveTls((_request, response) =>
      response.writeHead(307, { location: plain }).end(),
    )
    const engine = createRequestEngine({ trusted })
    onTestFinished(() => engine.close())
    const post = { method: 'POST', url, headers: [], body: new TextEncoder().encode('x') }
    const result = await engine.send(post, { carryBodyTo: [new URL(plain).origin] })
    expect(result).toMatchObject({ ok: true, value: { status: 307, held: { downgrade: true } } })
    expect(reached).toBe(0)
  })

  it('stops after ten, and follows none where told so', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end())
    expect(await codeOf(url)).toBe('http_too_many_redirects')
    expect(await answerOf(url, { followRedirects: false })).toMatchObject({ status: 302, hops: [] })
  })
})

describe('failures', () => {
  it('says what happened', async () => {
    expect(await codeOf(await deadAddress())).toBe('network_refused')
    expect(await codeOf('https://does-not-exist.invalid/')).toBe('network_name')
    const plain = await serve((_request, response) => response.end())
    expect(await codeOf(plain.replace('http:', 'https:'))).toBe('network_tls')
  })

  it.each<[string, string, string]>([
    ['a cut within the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'network_cut'],
    [
      'a cut within chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n',
      'network_cut',
    ],
    [
      'a damaged gzip',
      'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8bha',
      'http_encoding_broken',
    ],
    [
      'half a gzip',
      `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 15\r\n\r\n${gzipSync('x'.repeat(999)).subarray(0, 15).toString('latin1')}`,
      'http_encoding_broken',
    ],
    ['no HTTP', 'hello\r\n\r\n', 'network_malformed'],
    ['nothing at all', '', 'network_cut'],
  ])('%s', async (_name, bytes, code) => {
    const url = await serveRaw((socket) =>
      socket.once('data', () => socket.end(Buffer.from(bytes, 'latin1'))),
    )
    expect(await codeOf(url)).toBe(code)
  })

  it('keeps the part that came', async () => {
    const url = await serveRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    )
    expect(text((await answerOf(url)).body)).toBe('half')
  })

  it('can be cancelled, before and within the body', async () => {
    const before = new AbortController()
    const silent = await serveRaw(() => before.abort())
    expect(await codeOf(silent, { signal: before.signal })).toBe('http_cancelled')
    const within = new AbortController()
    const url = await serve((_request, response) => {
      response.writeHead(200).write('part')
      response.on('close', () => undefined)
      within.abort()
    })
    expect(await codeOf(url, { signal: within.signal })).toBe('http_cancelled')
    expect(await codeOf(url, { signal: AbortSignal.abort() })).toBe('http_cancelled')
    // While the system, or a PAC file, does not say which way to go.
    const asking = new AbortController()
    const findWay = () => (asking.abort(), new Promise<never>(() => undefined))
    expect(await codeOf(url, { signal: asking.signal, findWay })).toBe('http_cancelled')
    const never = () => new Promise<never>(() => undefined)
    expect(await codeOf(url, { findWay: never, limits: { total: 50 } })).toBe('http_timeout')
  })
})

describe('a coding that is not what it says', () => {
  const coded = async (coding: string, body: Buffer) =>
    answerOf(
      await serve(
        (_request, response) => void response.writeHead(200, { 'content-encoding': coding }).end(body),
      ),
    )

  /** The same body a byte at a time. */
  const inPieces = async (coding: string, body: number[]) =>
    answerOf(
      await serve((_request, response) => {
        response.writeHead(200, { 'content-encoding': coding })
        for (const byte of body) response.write(Buffer.from([byte]))
        response.end()
      }),
    )

  it('is shown as received where the body is not compressed', async () => {
    const answer = await coded('gzip', Buffer.from('{"a":1}'))
    expect(text(answer.body)).toBe('{"a":1}')
    expect(answer.oddities).toEqual([expect.stringMatching(/is gzip, but the body is not compressed/)])
    expect(answer.problem).toBeUndefined()
  })

  it('is nothing to speak of where it is right', async () => {
    expect((await coded('gzip', gzipSync('{"a":1}'))).oddities).toBeUndefined()
  })

  it.each([
    ['gzip', 'two bytes', gzipSync('{"a":1}'), Buffer.from('\r\n'), /gzip data is followed by 2 bytes/],
    ['gzip', 'one byte', gzipSync('{"a":1}'), Buffer.from('x'), /followed by 1 byte of/],
    ['x-gzip', 'half a magic', gzipSync('{"a":1}'), Buffer.from([0x1f, 0]), /followed by 2 bytes/],
    ['gzip', 'another method', gzipSync('{"a":1}'), Buffer.from([0x1f, 0x8b, 7]), /followed by 3 bytes/],
    ['gzip', 'a page', gzipSync('{"a":1}'), Buffer.alloc(200_000, '<p>'), /over 64 KB/],
    ['gzip', 'zeros and a byte', gzipSync('{"a":1}'), Buffer.from([0, 0, 1]), /followed by 3 bytes/],
    ['deflate', 'two bytes', deflateSync('{"a":1}'), Buffer.from('\r\n'), /deflate data is followed by 2/],
    ['br', 'two bytes', brotliCompressSync('{"a":1}'), Buffer.from('\r\n'), /br data is followed by 2 bytes/],
  ])('loses nothing where %s is followed by %s', async (coding, _what, body, stray, said) => {
    for (const answer of [
      await coded(coding, Buffer.concat([body, stray])),
      await inPieces(coding, [...body, ...stray].slice(0, 400)),
    ]) {
      expect(text(answer.body)).toBe('{"a":1}')
      expect(answer.problem).toBeUndefined()
      expect(answer.oddities).toEqual([expect.stringMatching(/The body itself is complete/)])
    }
    expect((await coded(coding, Buffer.concat([body, stray]))).oddities?.join()).toMatch(said)
  })

  it('reads gzip members one after another, with every part that a header may have', async () => {
    const whole = gzipSync('b'.repeat(100_000))
    const flags = 2 + 4 + 8 + 16
    const named = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, 3, 0, 1, 0, 2]),
      Buffer.from('name\0a comment\0\xff\xff', 'latin1'),
      whole.subarray(10),
    ])
    const members = Buffer.concat([gzipSync('a'), gzipSync(''), named, gzipSync('c')])
    const expected = `a${'b'.repeat(100_000)}c`
    for (const answer of [
      await coded('gzip', members),
      await coded('gzip', Buffer.concat([members, Buffer.alloc(512)])),
      await coded('gzip, gzip', gzipSync(members)),
      await inPieces('gzip', [...members]),
    ]) {
      expect(text(answer.body) === expected).toBe(true)
      expect(answer.problem).toBeUndefined()
      expect(answer.oddities).toBeUndefined()
    }
  })

  it('takes very many small gzip members, and zeros behind them', async () => {
    const members = Buffer.concat(new Array<Buffer>(20_000).fill(gzipSync('x')))
    const answer = await coded('gzip', Buffer.concat([members, Buffer.alloc(7)]))
    expect(answer).toMatchObject({ body: { byteLength: 20_000 } })
    expect(answer.problem).toBeUndefined()
  })

  it.each([
    ['a wrong checksum', -8],
    ['a wrong length', -1],
  ])('keeps all that came before %s', async (_what, at) => {
    const body = gzipSync('{"a":1}')
    body.writeUInt8(body.readUInt8(body.length + at) ^ 1, body.length + at)
    const answer = await coded('gzip', body)
    expect(text(answer.body)).toBe('{"a":1}')
    expect(answer.problem?.code).toBe('http_encoding_broken')
  })

  it.each([1, 5, 12, 15, 20, 26])('is told when a second gzip member ends after %i bytes', async (length) => {
    const answer = await coded(
      'gzip',
      Buffer.concat([gzipSync('a'), gzipSync('{"a":1}').subarray(0, length)]),
    )
    expect(text(answer.body)).toMatch(/^a/)
    expect(answer.problem?.code).toBe('http_encoding_broken')
  })
})
