import { describe, expect, it, onTestFinished } from 'vitest'
import { hasSquid, startSquid } from '../../../support/squid.ts'
import { serve, serveTls } from '../server.ts'
import { engines } from './engines.ts'

const user = { username: 'clerk', password: 'squidpass771' }

describe.skipIf(!hasSquid)('squid', () => {
  it('takes plain messages and tunnels', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const squid = await startSquid()
    onTestFinished(() => squid.close())
    const { both, send } = engines({ proxy: squid.proxy }, trusted)
    expect([await both(plain), await both(url)]).toEqual([
      ['200', '200'],
      ['200', '200'],
    ])
    const sent = await send(url)
    expect(sent.ok && sent.value.connection).toMatchObject({
      proxy: `127.0.0.1:${squid.proxy.port}`,
      tls: { subject: '127.0.0.1' },
    })
  })

  it('lets in who has the password, and the servers behind it do not see it', async () => {
    const got: string[] = []
    const plain = await serve((request, response) => {
      got.push(...request.rawHeaders)
      response.end('x')
    })
    const { url, trusted } = await serveTls((_request, response) => response.end('x'))
    const { proxy, close } = await startSquid(user)
    onTestFinished(close)
    const twice = (code: string) => [code, code]
    const without = engines({ proxy }, trusted)
    expect(await without.both(plain)).toEqual(twice('proxy_credentials'))
    expect(await without.both(url)).toEqual(twice('proxy_credentials'))
    const guessed = { ...user, password: 'guessed' }
    const guessing = engines({ proxy: { ...proxy, credentials: guessed } }, trusted)
    expect(await guessing.both(url)).toEqual(twice('proxy_credentials_refused'))
    const knowing = engines({ proxy: { ...proxy, credentials: user } }, trusted)
    expect(await knowing.both(plain)).toEqual(twice('200'))
    expect(await knowing.both(url)).toEqual(twice('200'))
    expect(got.join('\n')).not.toMatch(/proxy-auth/i)
  })
})
