import { describe, expect, it, onTestFinished } from 'vitest'
import type { Proxy } from '../../../../src/core/records/way.ts'
import { startSocksProxy, type SocksOptions } from '../../../support/socks-proxy.ts'
import { hasDante, startDante } from '../../../support/dante.ts'
import { deadAddress, serve, serveTls } from '../server.ts'
import { engines } from './engines.ts'

const user = { username: 'clerk', password: 'sockspass771' }
const open = async (options: SocksOptions = {}) => {
  const proxy = await startSocksProxy(options)
  onTestFinished(() => proxy.close())
  return proxy
}
const way = (port: number, credentials?: Proxy['credentials'], protocol: Proxy['protocol'] = 'socks5:') => ({
  proxy: { protocol, host: '127.0.0.1', port, ...(credentials && { credentials }) },
})
const ok = ['200', '200']

describe('a SOCKS proxy', () => {
  it.each(['socks5:', 'socks4:'] as const)('%s leads to servers with and without TLS', async (protocol) => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await open()
    const { both, send } = engines(way(proxy.port, undefined, protocol), trusted)
    expect([await both(plain), await both(url)]).toEqual([ok, ok])
    const version = protocol === 'socks5:' ? 5 : 4
    expect(new Set(proxy.asked)).toEqual(
      new Set([`${version} ${new URL(plain).host}`, `${version} ${new URL(url).host}`]),
    )
    const sent = await send(url)
    expect(sent.ok && sent.value.connection).toMatchObject({
      proxy: `${protocol}//127.0.0.1:${proxy.port}`,
      tls: { subject: '127.0.0.1' },
    })
  })

  it('finds servers by their names itself', async () => {
    const plain = await serve((request, response) => response.end(request.headers.host))
    const proxy = await open({ hosts: { 'api.gatehouse.test': '127.0.0.1' } })
    const { both } = engines(way(proxy.port))
    const { port } = new URL(plain)
    expect(await both(`http://api.gatehouse.test:${port}`)).toEqual(ok)
    expect(new Set(proxy.asked)).toEqual(new Set([`5 api.gatehouse.test:${port}`]))
    const older = engines(way(proxy.port, undefined, 'socks4:'))
    expect(await older.both(`http://api.gatehouse.test:${port}`)).toEqual(ok)
  })

  it('lets in who has the password, and is told apart from one that refuses or dies', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const guarded = await open({ credentials: user })
    const twice = (code: string) => [code, code]
    expect(await engines(way(guarded.port)).both(plain)).toEqual(twice('proxy_credentials'))
    const wrong = { ...user, password: 'guessed' }
    expect(await engines(way(guarded.port, wrong)).both(plain)).toEqual(twice('proxy_credentials_refused'))
    expect(await engines(way(guarded.port, user)).both(plain)).toEqual(ok)
    expect(guarded.shown.at(-1)).toBe('clerk:sockspass771')
    for (const replies of [1, 2, 3, 4, 5, 6, 7, 8])
      expect(await engines(way((await open({ replies })).port)).both(plain)).toEqual(twice('proxy_denied'))
    expect(await engines(way((await open({ replies: 1 })).port, undefined, 'socks4:')).both(plain)).toEqual(
      twice('proxy_denied'),
    )
    expect(await engines(way((await open({ dies: true })).port)).both(plain)).toEqual(twice('proxy_cut'))
    expect(await engines(way((await open({ babbles: true })).port)).both(plain)).toEqual(twice('proxy_cut'))
    const nowhere = Number(new URL(await deadAddress()).port)
    expect(await engines(way(nowhere)).both(plain)).toEqual(twice('proxy_unreached'))
  })

  it('says what its reply means, and never what it was shown', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { port } = await open({ replies: 2 })
    const sent = await engines(way(port)).send(plain)
    expect(sent).toMatchObject({
      ok: false,
      error: {
        message: `The proxy socks5://127.0.0.1:${port} refuses to connect to ${new URL(plain).host}: its rules do not allow it.`,
      },
    })
    const guarded = await open({ credentials: { ...user, password: 'other' } })
    expect(JSON.stringify(await engines(way(guarded.port, user)).send(plain))).not.toContain(user.password)
  })
})

describe.skipIf(!hasDante)('dante', () => {
  it('leads to servers with and without TLS', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const dante = await startDante()
    onTestFinished(() => dante.close())
    for (const protocol of ['socks5:', 'socks4:'] as const) {
      const { both } = engines(way(dante.port, undefined, protocol), trusted)
      expect([await both(plain), await both(url)]).toEqual([ok, ok])
    }
  })
})
