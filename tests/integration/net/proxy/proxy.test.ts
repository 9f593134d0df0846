import { describe, expect, it, onTestFinished } from 'vitest'
import { startProxy, type ProxyOptions } from '../../../support/proxy.ts'
import { deadAddress, serve, serveTls } from '../server.ts'
import { engines } from './engines.ts'

const credentials = { username: 'clerk', password: 'pass:wörd' }
const open = async (options: ProxyOptions = {}) => {
  const proxy = await startProxy(options)
  onTestFinished(() => proxy.close())
  return proxy
}
const dead = async () => {
  const { port } = new URL(await deadAddress())
  return { protocol: 'http:', host: '127.0.0.1', port: Number(port) } as const
}

describe('through a proxy', () => {
  it('plain messages are handed over as they are, with every header in its place', async () => {
    let got: string[] = []
    const url = await serve((request, response) => {
      got = request.rawHeaders
      request.pipe(response)
    })
    const proxy = await open()
    const { send, fetch } = engines({ proxy: proxy.proxy })
    const answer = await send(
      `${url}/a?b=%2F`,
      [
        ['X-B', '1'],
        ['X-A', '2'],
        ['X-B', '3'],
      ],
      'hello',
    )
    expect(answer).toMatchObject({ ok: true, value: { status: 200, url: `${url}/a?b=%2F` } })
    expect(answer.ok && new TextDecoder().decode(answer.value.body)).toBe('hello')
    expect(got.filter((_, at) => /^x-/i.test(got[at - (at % 2)] ?? ''))).toEqual([
      'X-B',
      '1',
      'X-A',
      '2',
      'X-B',
      '3',
    ])
    expect(got[got.findIndex((item) => item.toLowerCase() === 'host') + 1]).toBe(new URL(url).host)
    expect((await fetch(`${url}/c`)).status).toBe(200)
    expect(proxy.asked).toEqual([`POST ${url}/a?b=%2F`, `GET ${url}/c`])
  })

  it('TLS ends at the server: the proxy sees no more than its name', async () => {
    const { url, trusted } = await serveTls((_request, response) => response.end('secret'))
    const proxy = await open()
    const { both, seen } = engines({ proxy: proxy.proxy }, trusted)
    expect(await both(`${url}/path`)).toEqual(['200', '200'])
    expect(proxy.asked).toEqual(Array.from({ length: 2 }, () => `CONNECT ${new URL(url).host}`))
    expect(seen[0]?.tls?.protocol).toMatch(/^TLS/)
  })

  it('a tunnel is used again', async () => {
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open()
    const { send } = engines({ proxy: proxy.proxy }, trusted)
    for (let turn = 0; turn < 5; turn += 1) await send(url)
    // undici opens a second connection while the first is being given back.
    expect(proxy.asked.length).toBeLessThanOrEqual(2)
  })

  it('the proxy itself may speak TLS, and its certificate counts', async () => {
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const plain = await serve((_request, response) => response.end('x'))
    const proxy = await open({ secure: true })
    expect(await engines({ proxy: proxy.proxy }, trusted).both(url)).toEqual(['200', '200'])
    expect(await engines({ proxy: proxy.proxy }, trusted).both(plain)).toEqual(['200', '200'])
    expect(await engines({ proxy: proxy.proxy }).both(url)).toEqual(['proxy_unreached', 'proxy_unreached'])
  })

  it('that speaks TLS is asked for, and proves, its own name, not the server’s', async () => {
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const plain = await serve((_request, response) => response.end('x'))
    // The certificate is for localhost and 127.0.0.1 alone: not for the name of the server.
    const proxy = await open({ secure: true, hosts: { 'api.localhost': '127.0.0.1' } })
    const { both } = engines({ proxy: { ...proxy.proxy, host: 'localhost' } }, trusted)
    expect(await both(plain.replace('127.0.0.1', 'api.localhost'))).toEqual(['200', '200'])
    // Through the tunnel it is the server that has to prove that name, and cannot.
    expect(await both(url.replace('127.0.0.1', 'api.localhost'))).toEqual(['network_tls', 'network_tls'])
    expect(proxy.names).toEqual(proxy.names.map(() => 'localhost'))
    expect(proxy.asked.some((line) => line.startsWith('CONNECT api.localhost:'))).toBe(true)
  })

  it('a name and a password are shown to the proxy and to no one else', async () => {
    const got: string[] = []
    const plain = await serve((request, response) => {
      got.push(...request.rawHeaders)
      response.end('x')
    })
    const { url, trusted } = await serveTls((request, response) => {
      got.push(...request.rawHeaders)
      response.end('x')
    })
    const proxy = await open({ credentials })
    const way = { proxy: { ...proxy.proxy, credentials } }
    const { both, send, seen } = engines(way, trusted)
    expect(await both(url)).toEqual(['200', '200'])
    expect(await both(plain)).toEqual(['200', '200'])
    const pair = Buffer.from('clerk:pass:wörd').toString('base64')
    expect(proxy.headers.every((headers) => headers.includes(`Basic ${pair}`))).toBe(true)
    expect(got.join('\n')).not.toMatch(/proxy-auth/i)
    const written = JSON.stringify([seen, await send(plain), await send(url)])
    expect(written).not.toContain(pair)
    expect(written).not.toContain(credentials.password)
    expect(written).not.toMatch(/proxy-authorization/i)
  })
})

it('what a proxy’s page repeats of what it was shown is in no flow', async () => {
  const proxy = await open({ credentials, repeats: true })
  const { fetch, seen } = engines({
    proxy: await dead(),
    otherwise: { proxy: { ...proxy.proxy, credentials } },
  })
  expect((await fetch('http://127.0.0.1:9/')).status).toBe(502)
  expect(seen[0]?.responseBody).toContain('who: •••')
  expect(seen[0]?.responseHeaders).toContainEqual(['x-got', '•••'])
  const written = JSON.stringify(seen)
  for (const secret of ['pass:wörd', Buffer.from('clerk:pass:wörd').toString('base64')])
    expect(written).not.toContain(secret)
})

describe('a proxy that is at fault is named as such', () => {
  const rows: [name: string, options: ProxyOptions, plain: string, secure: string][] = [
    ['asks for credentials', { credentials }, 'proxy_credentials', 'proxy_credentials'],
    ['refuses tunnels', { refuses: 403 }, '200', 'proxy_denied'],
    ['fails at tunnels', { refuses: 502 }, '200', 'proxy_denied'],
    ['dies at once', { dies: 'at-once' }, 'network_cut', 'proxy_cut'],
    ['dies in the tunnel', { dies: 'in-the-tunnel' }, '200', 'network_cut'],
  ]
  it.each(rows)('%s', async (_name, options, plainly, securely) => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open(options)
    const { both } = engines({ proxy: proxy.proxy }, trusted)
    expect(await both(plain)).toEqual([plainly, plainly])
    expect(await both(url)).toEqual([securely, securely])
  })

  it('takes a wrong password', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open({ credentials })
    const wrong = { username: 'clerk', password: 'guessed' }
    const { both, send } = engines({ proxy: { ...proxy.proxy, credentials: wrong } }, trusted)
    const twice = ['proxy_credentials_refused', 'proxy_credentials_refused']
    expect([await both(plain), await both(url)]).toEqual([twice, twice])
    expect(JSON.stringify(await send(url))).not.toContain('guessed')
  })

  it('is not there: no message goes past it', async () => {
    let reached = 0
    const plain = await serve((_request, response) => {
      reached += 1
      response.end()
    })
    const { both } = engines({ proxy: await dead() })
    expect(await both(plain)).toEqual(['proxy_unreached', 'proxy_unreached'])
    expect(await both('https://127.0.0.1:9')).toEqual(['proxy_unreached', 'proxy_unreached'])
    expect(reached).toBe(0)
  })

  it('is not there, and another way was named: that is gone', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open()
    const { both } = engines(
      { proxy: await dead(), otherwise: { proxy: await dead(), otherwise: { proxy: proxy.proxy } } },
      trusted,
    )
    expect([await both(plain), await both(url)]).toEqual([
      ['200', '200'],
      ['200', '200'],
    ])
    expect(proxy.asked).toHaveLength(4)
  })

  it('refuses, and another way was named: a refusal is an answer, and nothing goes round it', async () => {
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open({ refuses: 403 })
    const { both } = engines({ proxy: proxy.proxy, otherwise: {} }, trusted)
    expect(await both(url)).toEqual(['proxy_denied', 'proxy_denied'])
  })
})
