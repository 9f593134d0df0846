import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

const serverAt = async (host: string): Promise<{ port: number; hosts: string[] }> => {
  const hosts: string[] = []
  const server = createServer((request, response) => {
    hosts.push(request.headers.host ?? '')
    response.end('{}')
  })
  await new Promise<void>((done) => server.listen({ host, port: 0 }, done))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, hosts }
}

it.each(['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])])(
  'names under localhost are this computer: %s',
  async (host) => {
    const { port, hosts } = await serverAt(host)
    const engine = createRequestEngine()
    const fetch = createOauthFetch({ now: () => 0 })
    const url = `http://tenant-1.auth.localhost:${port}/`
    expect(await engine.send({ method: 'GET', url, headers: [] })).toMatchObject({ value: { status: 200 } })
    expect((await fetch(url)).status).toBe(200)
    expect(hosts).toEqual([`tenant-1.auth.localhost:${port}`, `tenant-1.auth.localhost:${port}`])
    await engine.close()
    await fetch.close()
  },
)

it.runIf(hasIpv6)('localhost is IPv6 too, unless the user wants IPv4 alone', async () => {
  const { port, hosts } = await serverAt('::1')
  const engine = createRequestEngine()
  const asked = { method: 'GET', url: `http://localhost:${port}/`, headers: [] }
  expect(await engine.send(asked)).toMatchObject({ value: { status: 200 } })
  expect(hosts).toEqual([`localhost:${port}`])
  expect(await engine.send(asked, { findWay: async () => ok({ family: 4 }) })).toMatchObject({
    error: { code: 'network_refused' },
  })
  await engine.close()
})

it('no other name is, whatever it ends with', async () => {
  const { port, hosts } = await serverAt('127.0.0.1')
  const engine = createRequestEngine()
  const url = `http://notlocalhost.invalid:${port}/`
  expect(await engine.send({ method: 'GET', url, headers: [] })).toMatchObject({
    error: { code: 'network_name' },
  })
  expect(hosts).toEqual([])
  await engine.close()
})
