import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLoopbackListener } from '../../../src/node/net/loopback-listener.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

type Options = Parameters<ReturnType<typeof createLoopbackListener>['listen']>[1]
const listen = async (options: Options) => {
  const got: string[] = []
  const listening = await createLoopbackListener().listen((url) => got.push(url), options)
  if (listening.ok) onTestFinished(listening.value.close)
  return { got, listening }
}

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const listening = await createLoopbackListener().listen(() => undefined)
  if (!listening.ok) throw new Error(listening.error.message)
  listening.value.close()
  return Number(new URL(listening.value.redirectUri).port)
}

const occupy = async (host: string): Promise<number> => {
  const server = createServer()
  await new Promise<void>((done) => server.listen({ host, port: 0 }, done))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('the loopback redirect that a connection asks for', () => {
  it('is at the fixed port', async () => {
    const port = await freePort()
    const { got, listening } = await listen({ port })
    expect(listening).toMatchObject({
      ok: true,
      value: { redirectUri: `http://127.0.0.1:${port}/oauth/callback` },
    })
    await fetch(`http://127.0.0.1:${port}/oauth/callback?code=a&state=b`)
    expect(got).toEqual([`http://127.0.0.1:${port}/oauth/callback?code=a&state=b`])
  })

  it('names the port that is taken, and what to do', async () => {
    const port = await occupy('127.0.0.1')
    const { listening } = await listen({ port })
    expect(listening).toMatchObject({ ok: false, error: { code: 'loopback_port_taken' } })
    if (listening.ok) return
    expect(listening.error.message).toContain(String(port))
    expect(listening.error.next).toMatch(/another port/)
  })

  it('can be had again after the sign-in that held it ended', async () => {
    const port = await freePort()
    const first = await listen({ port })
    expect((await listen({ port })).listening.ok).toBe(false)
    if (first.listening.ok) first.listening.value.close()
    expect((await listen({ port })).listening.ok).toBe(true)
  })

  it('is named localhost where nothing else is registered', async () => {
    const { got, listening } = await listen({ host: 'localhost' })
    const uri = listening.ok ? listening.value.redirectUri : ''
    expect(uri).toMatch(/^http:\/\/localhost:\d+\/oauth\/callback$/)
    await fetch(`${uri.replace('localhost', '127.0.0.1')}?code=a&state=b`)
    expect(got).toEqual([`${uri}?code=a&state=b`])
  })

  it.skipIf(!hasIpv6)('is at [::1]', async () => {
    const { got, listening } = await listen({ host: '[::1]' })
    const uri = listening.ok ? listening.value.redirectUri : ''
    expect(uri).toMatch(/^http:\/\/\[::1\]:\d+\/oauth\/callback$/)
    await fetch(`${uri}?code=a&state=b`)
    expect(got).toEqual([`${uri}?code=a&state=b`])
  })

  it.skipIf(!hasIpv6)('is refused as localhost where someone else holds its other address', async () => {
    const port = await occupy('::1')
    expect((await listen({ host: 'localhost', port })).listening).toMatchObject({
      ok: false,
      error: { code: 'loopback_port_taken' },
    })
    // The first address was given back.
    expect((await listen({ port })).listening.ok).toBe(true)
  })

  it.skipIf(hasIpv6)('says that there is no [::1]', async () => {
    const { listening } = await listen({ host: '[::1]' })
    expect(listening).toMatchObject({ ok: false, error: { code: 'loopback_unavailable' } })
    if (!listening.ok) expect(listening.error.message).toContain('IPv6')
  })
})
