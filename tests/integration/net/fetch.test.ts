import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import type { Way } from '../../../src/core/records/way.ts'
import { createOauthFetch, type TracedMessage } from '../../../src/node/net/fetch.ts'
import { networkFailureOf, type FetchOptions } from '../../../src/core/oauth/wire/fetch.ts'
import { deadAddress, serve, serveRaw } from './server.ts'

const setUp = (limits = {}) => {
  const traced: TracedMessage[] = []
  const fetch = createOauthFetch({
    now: () => performance.now(),
    trace: (message) => traced.push(message),
    limits: { bytes: 1_048_576, pause: 5_000, total: 10_000, ...limits },
  })
  onTestFinished(() => fetch.close())
  return { fetch, traced }
}
const failureOf = async (asked: Promise<Response>) => {
  try {
    await asked
    return 'answered'
  } catch (thrown) {
    return networkFailureOf(thrown)?.code
  }
}

describe('createOauthFetch', () => {
  it('sends the message as it is told and gives the response back', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.setHeader('content-type', 'application/json')
        response.end(
          JSON.stringify({
            method: request.method,
            url: request.url,
            type: request.headers['content-type'],
            body: Buffer.concat(chunks).toString(),
          }),
        )
      })
    })
    const { fetch } = setUp()
    const response = await fetch(`${url}/token?x=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams({ grant_type: 'x', code: 'a b' }),
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      method: 'POST',
      url: '/token?x=1',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      body: 'grant_type=x&code=a+b',
    })
  })

  it('sends nothing in plain that the settings lead to another computer', async () => {
    let asked = 0
    const { port } = new URL(
      await serve((_request, response) => {
        asked += 1
        response.end()
      }),
    )
    const { fetch } = setUp()
    const here = { protocol: 'http:', host: '127.0.0.1', port: Number(port) } as const
    const code = (way: Way, options: FetchOptions = {}) =>
      failureOf(
        fetch(`http://dev.localhost:${port}/token`, {
          method: 'POST',
          body: 'code=x',
          findWay: async () => ok(way),
          ...options,
        }),
      )
    const away = { proxy: { ...here, host: 'proxy.invalid' } }
    for (const way of [{ address: 'away.invalid' }, away, { proxy: here, otherwise: away }])
      expect(await code(way), JSON.stringify(way)).toBe('network_led_away')
    expect(asked).toBe(0)
    for (const way of [{ address: '127.0.0.1' }, { proxy: here }, {}])
      expect(await code(way), JSON.stringify(way)).toBe('answered')
    expect(await code({ address: 'away.invalid' }, { allowInsecure: true })).toBe('network_name')
  })

  it('waits for no way longer than for the message', async () => {
    const { fetch } = setUp({ total: 50 })
    const findWay = () => new Promise<never>(() => undefined)
    expect(await failureOf(fetch('https://a.example/', { findWay }))).toBe('network_timeout')
    const stop = new AbortController()
    const asked = fetch('https://a.example/', { findWay, signal: stop.signal, limits: { total: 60_000 } })
    stop.abort()
    expect(await failureOf(asked)).toBe('network_aborted')
  })

  it('follows no redirect, and hands empty answers on', async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === '/204' ? 204 : 302, { location: '/elsewhere' }).end()
    })
    const { fetch, traced } = setUp()
    expect((await fetch(`${url}/302`)).headers.get('location')).toBe('/elsewhere')
    expect((await fetch(`${url}/204`)).status).toBe(204)
    expect(traced).toHaveLength(2)
  })

  it('traces each message without its secrets', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'sid=s3cret-cookie' })
      response.end(JSON.stringify({ access_token: 's3cret-access', expires_in: 60 }))
    })
    const { fetch, traced } = setUp()
    const response = await fetch(`${url}/token?code=s3cret-query`, {
      method: 'POST',
      headers: { authorization: 'Basic s3cret-basic', accept: 'application/json' },
      body: new URLSearchParams({ refresh_token: 's3cret-refresh', grant_type: 'refresh_token' }),
    })
    expect(await response.text()).toContain('s3cret-access')
    expect(traced).toHaveLength(1)
    expect(JSON.stringify(traced)).not.toContain('s3cret')
    expect(traced[0]).toMatchObject({
      method: 'POST',
      status: 200,
      requestBody: 'refresh_token=•••&grant_type=refresh_token',
    })
    expect(traced[0]?.waiting).toBeLessThanOrEqual(traced[0]?.total ?? 0)
  })

  it('takes content coding off', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
    })
    expect(await (await setUp().fetch(url)).text()).toBe('{"a":1}')
  })

  it('stops 50 MB at the limit, and a bomb too', async () => {
    let written = 0
    const url = await serve((request, response) => {
      if (request.url === '/bomb') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)))
        return
      }
      const chunk = Buffer.alloc(65_536, 'x')
      const more = () => {
        while (written < 50_000_000 && !response.destroyed) {
          written += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    const { fetch } = setUp()
    expect(await failureOf(fetch(url))).toBe('network_too_large')
    expect(written).toBeLessThan(20_000_000)
    expect(await failureOf(fetch(`${url}/bomb`))).toBe('network_too_large')
  })

  it('ends a slow drip', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await failureOf(setUp({ total: 300 }).fetch(url))).toBe('network_timeout')
  })

  it('ends silence before the headers', async () => {
    const url = await serveRaw(() => undefined)
    expect(await failureOf(setUp({ total: 300 }).fetch(url))).toBe('network_timeout')
  })

  it.each<[string, string, string]>([
    ['a cut within the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'network_cut'],
    ['a cut before the headers', '', 'network_cut'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'network_malformed'],
    ['an impossible status', 'HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n', 'network_malformed'],
    [
      'endless headers',
      `HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1000)}\r\n`.repeat(80)}\r\n`,
      'network_headers_too_large',
    ],
  ])('says what happened at %s', async (_name, bytes, code) => {
    const url = await serveRaw((socket) => socket.once('data', () => socket.end(bytes)))
    expect(await failureOf(setUp().fetch(url))).toBe(code)
  })

  it('says where nobody listens, and what speaks no TLS', async () => {
    const { fetch, traced } = setUp()
    expect(await failureOf(fetch(await deadAddress()))).toBe('network_refused')
    const plain = await serve((_request, response) => response.end())
    expect(await failureOf(fetch(plain.replace('http:', 'https:')))).toBe('network_tls')
    expect(await failureOf(fetch('https://does-not-exist.invalid/'))).toBe('network_name')
    expect(traced.map(({ failed }) => failed)).toEqual(['network_refused', 'network_tls', 'network_name'])
  })

  it('can be cancelled', async () => {
    const url = await serveRaw(() => controller.abort())
    const controller = new AbortController()
    expect(await failureOf(setUp().fetch(url, { signal: controller.signal }))).toBe('network_aborted')
  })
})
