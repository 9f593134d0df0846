import { describe, expect, it, onTestFinished } from 'vitest'
import { hasTinyproxy, startTinyproxy } from '../../../support/tinyproxy.ts'
import { serve, serveTls } from '../server.ts'
import { engines } from './engines.ts'

const user = { username: 'clerk', password: 'proxypass771' }

describe.skipIf(!hasTinyproxy)('tinyproxy', () => {
  it('takes plain messages and tunnels', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const proxy = await startTinyproxy()
    onTestFinished(() => proxy.close())
    const { both } = engines({ proxy: proxy.proxy }, trusted)
    expect([await both(plain), await both(url)]).toEqual([
      ['200', '200'],
      ['200', '200'],
    ])
    expect(proxy.log()).toContain(`CONNECT ${new URL(url).host}`)
  })

  it('lets in who has the password, and the servers behind it do not see it', async () => {
    const got: string[] = []
    const plain = await serve((request, response) => {
      got.push(...request.rawHeaders)
      response.end('x')
    })
    const { url, trusted } = await serveTls((request, response) => {
      got.push(...request.rawHeaders)
      response.end('x')
    })
    const proxy = await startTinyproxy(user)
    onTestFinished(() => proxy.close())
    const without = engines({ proxy: proxy.proxy }, trusted)
    const asked = ['proxy_credentials', 'proxy_credentials']
    expect([await without.both(plain), await without.both(url)]).toEqual([asked, asked])
    const guessing = engines(
      { proxy: { ...proxy.proxy, credentials: { ...user, password: 'guessed' } } },
      trusted,
    )
    const refused = ['proxy_credentials_refused', 'proxy_credentials_refused']
    expect(await guessing.both(url)).toEqual(refused)
    const knowing = engines({ proxy: { ...proxy.proxy, credentials: user } }, trusted)
    expect([await knowing.both(plain), await knowing.both(url)]).toEqual([
      ['200', '200'],
      ['200', '200'],
    ])
    expect(got.join('\n')).not.toMatch(/proxy-auth/i)
  })
})
