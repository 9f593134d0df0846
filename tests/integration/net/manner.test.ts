import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import * as zlib from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acceptedCodings } from '../../../src/node/net/decode-body.ts'
import type { HttpAnswer } from '../../../src/core/http/wire.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import { hasNginx, startNginx } from '../../support/nginx.ts'
import { startProxy } from '../../support/proxy.ts'
import { engines } from './proxy/engines.ts'
import { serve } from './server.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url)).toString()
const trusted = file('server.crt')
const identity = { certificate: file('client.crt'), key: file('client.key') }
const textOf = (sent: Result<HttpAnswer>) =>
  sent.ok ? new TextDecoder().decode(sent.value.body) : sent.error.code

/** An HTTP/2 server that also speaks HTTP/1.1, and knows who asks. */
const serveH2 = async (handle?: Parameters<typeof createSecureServer>[1]) => {
  const sessions = new Set<ServerHttp2Session>()
  const server: Http2SecureServer = createSecureServer(
    {
      allowHTTP1: true,
      cert: file('server.crt'),
      key: file('server.key'),
      ca: file('client.crt'),
      requestCert: true,
      rejectUnauthorized: false,
    },
    handle ??
      ((request, response) => {
        const socket = (request.stream?.session?.socket ?? request.socket) as TLSSocket
        const { subject } = socket.getPeerCertificate()
        response.setHeader('set-cookie', ['a=1', 'b=2'])
        response.end(`${request.httpVersion} ${(subject as { CN?: string } | undefined)?.CN ?? 'no one'}`)
      }),
  )
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  const sockets = new Set<Socket>()
  server.on('secureConnection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const session of sessions) session.destroy()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, sessions }
}

describe('HTTP/2', () => {
  it('is spoken when it is wanted, with a client certificate, directly and in a tunnel', async () => {
    const { url } = await serveH2()
    const proxy = await startProxy()
    onTestFinished(() => proxy.close())
    const plain = engines({}, trusted)
    expect(textOf(await plain.send(url))).toBe('1.1 no one')
    for (const way of [{}, { proxy: proxy.proxy }]) {
      const { send, fetch } = engines({ ...way, http2: true, identity }, trusted)
      expect(textOf(await send(url))).toBe('2.0 gatehouse-test-client')
      expect(await (await fetch(url)).text()).toBe('2.0 gatehouse-test-client')
    }
  })

  it('carries bodies and headers as they are, many at once', async () => {
    const { url } = await serveH2((request, response) => {
      response.setHeader('x-got', request.headers['x-one'] ?? '')
      request.pipe(response)
    })
    const { send } = engines({ http2: true }, trusted)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => send(url, [['X-One', String(turn)]], `body ${turn}`)),
    )
    expect(answers.map(textOf)).toEqual(Array.from({ length: 20 }, (_, turn) => `body ${turn}`))
    const got = answers.map(
      (answer) => answer.ok && answer.value.headers.find(([name]) => name === 'x-got')?.[1],
    )
    expect(got).toEqual(Array.from({ length: 20 }, (_, turn) => String(turn)))
  })

  it('keeps cookies apart, and falls back where the server does not speak it', async () => {
    const { url } = await serveH2()
    const answer = await engines({ http2: true }, trusted).send(url)
    expect(answer.ok && answer.value.headers.filter(([name]) => name === 'set-cookie')).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    const plain = await serve((request, response) => response.end(request.httpVersion))
    expect(textOf(await engines({ http2: true }).send(plain))).toBe('1.1')
  })

  it('ends clearly when the server says GOAWAY, and goes on afterwards', async () => {
    let first = true
    const { url } = await serveH2((request, response) => {
      if (first) request.stream.session?.goaway(11)
      if (first) request.stream.session?.destroy()
      else response.end('again')
      first = false
    })
    const { send } = engines({ http2: true }, trusted)
    const broken = await send(url)
    expect(broken).toMatchObject({ ok: false, error: { code: 'network_cut' } })
    expect(textOf(await send(url))).toBe('again')
  })

  it('has headers with the bytes of HTTP/1.1', async () => {
    const { url } = await serveH2((_request, response) => {
      response.setHeader('x-city', Buffer.from('Łódź').toString('latin1'))
      response.setHeader('x-old', 'caf\xe9')
      response.end()
    })
    for (const way of [{ http2: true as const }, {}]) {
      const sent = await engines(way, trusted).send(url)
      const headers = sent.ok ? sent.value.headers : []
      expect(headers).toContainEqual(['x-city', 'Łódź'])
      expect(headers).toContainEqual(['x-old', 'café'])
    }
  })

  it.skipIf(!hasNginx)('is spoken with nginx, which lets no one in without a certificate', async () => {
    const nginx = await startNginx()
    onTestFinished(() => nginx.close())
    const without = engines({ http2: true }, trusted)
    expect(await without.send(nginx.url)).toMatchObject({ ok: true, value: { status: 400 } })
    const { send, fetch } = engines({ http2: true, identity }, trusted)
    expect(textOf(await send(nginx.url))).toBe('HTTP/2.0 CN=gatehouse-test-client')
    expect(await (await fetch(nginx.url)).text()).toBe('HTTP/2.0 CN=gatehouse-test-client')
    expect(textOf(await engines({ identity }, trusted).send(nginx.url))).toMatch(/^HTTP\/1.1 /)
  })
})

describe('where a server is', () => {
  it('can be said for its name, and the name still counts', async () => {
    const plain = await serve((request, response) => response.end(request.headers.host))
    const { port } = new URL(plain)
    const { send, fetch } = engines({ address: '127.0.0.1' }, trusted)
    expect(textOf(await send(`http://api.gatehouse.test:${port}/`))).toBe(`api.gatehouse.test:${port}`)
    expect((await fetch(`http://api.gatehouse.test:${port}/`)).status).toBe(200)
    const { url } = await serveH2()
    const at = new URL(url).port
    expect(textOf(await send(`https://localhost:${at}/`))).toBe('1.1 no one')
    expect(await send(`https://api.gatehouse.test:${at}/`)).toMatchObject({ error: { code: 'network_tls' } })
  })

  it('is looked for with both kinds of addresses, or with one', async () => {
    const server = createServer((_request, response) => response.end('six'))
    const isThere = await new Promise((done) => {
      server.once('error', () => done(false)).listen(0, '::1', () => done(true))
    })
    if (isThere !== true) return
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    expect(textOf(await engines({ address: '::1' }).send(`http://a.test:${port}/`))).toBe('six')
    expect(textOf(await engines({ address: '[::1]', family: 6 }).send(`http://a.test:${port}/`))).toBe('six')
    const four = await engines({ family: 4 }).send(`http://localhost:${port}/`)
    expect(textOf(four)).toBe('network_refused')
  })
})

describe('how long is waited', () => {
  const silent = () => serve(() => undefined)
  it('is what is asked for, of requests and sign-in', async () => {
    const url = await silent()
    const { send, fetch } = engines({})
    expect(await send(url, [], undefined, { limits: { pause: 60 } })).toMatchObject({
      error: { code: 'network_timeout' },
    })
    expect(await send(url, [], undefined, { limits: { total: 60 } })).toMatchObject({
      error: { code: 'http_timeout' },
    })
    await expect(fetch(url, { limits: { pause: 60 } })).rejects.toMatchObject({
      failure: { code: 'network_timeout' },
    })
    await expect(fetch(url, { limits: { total: 60 } })).rejects.toMatchObject({
      failure: { code: 'network_timeout' },
    })
  })
})

describe('connections', () => {
  it.each([
    [true, 3],
    [undefined, 1],
  ] as const)('that are closed (%s) are %i for three messages', async (closes, count) => {
    const sockets = new Set<Socket>()
    const url = await serve((request, response) => {
      sockets.add(request.socket)
      response.end('x')
    })
    const { fetch } = engines(closes === undefined ? {} : { closes })
    for (let turn = 0; turn < 3; turn += 1) {
      await (await fetch(url)).text()
      await new Promise((turned) => setImmediate(turned))
    }
    expect(sockets.size).toBe(count)
  })
})

describe('redirects', () => {
  it('are shown as they are where none is to be followed', async () => {
    const url = await serve((request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/b' }).end() : response.end('b'),
    )
    const { send } = engines({})
    expect(await send(url)).toMatchObject({ ok: true, value: { status: 200 } })
    const shown = await send(url, [], undefined, { limits: { redirects: 0 } })
    expect(shown).toMatchObject({ ok: true, value: { status: 302, hops: [] } })
  })
})

const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer }
describe.skipIf(zstdCompressSync === undefined)('zstd', () => {
  it('is asked for and taken off; what is damaged is told', async () => {
    const whole = zstdCompressSync?.('compressed '.repeat(2_000)) ?? Buffer.alloc(0)
    let accepted: unknown
    const url = await serve((request, response) => {
      accepted = request.headers['accept-encoding']
      response.setHeader('content-encoding', 'zstd')
      response.end(request.url === '/' ? whole : whole.subarray(0, 20).fill(7, 8))
    })
    const { send } = engines({})
    expect(textOf(await send(url))).toBe('compressed '.repeat(2_000))
    expect(accepted).toBe(acceptedCodings)
    expect(acceptedCodings).toContain('zstd')
    expect(await send(`${url}/broken`)).toMatchObject({
      value: { problem: { code: 'http_encoding_broken' } },
    })
  })
})
