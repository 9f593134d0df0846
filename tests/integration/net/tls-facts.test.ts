import { createServer } from 'node:https'
import { Socket, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { TLSSocket } from 'node:tls'
import { Agent, buildConnector, request } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { softeningHeads } from '../../../src/node/net/soften-heads.ts'
import { rememberingTls } from '../../../src/node/net/tls-facts.ts'
import type { TracedMessage } from '../../../src/core/oauth/wire/fetch.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

/** Asks a TLS server at an address, under a name, and gives what was written down. */
const secure = async (address: string, name: string) => {
  // A shared key in the place of a certificate: a real TLS connection without any file.
  const psk = Buffer.from('a key that both sides know')
  const server = createServer(
    { pskCallback: () => psk, ciphers: 'PSK', maxVersion: 'TLSv1.2' },
    (_request, response) => void response.end('ok'),
  )
  await new Promise<void>((done) => server.listen(0, address, done))
  const secured = new Map<string, TracedMessage['tls']>()
  const connect = buildConnector({
    pskCallback: () => ({ psk, identity: 'test' }),
    ciphers: 'PSK',
    maxVersion: 'TLSv1.2' as const,
    checkServerIdentity: () => undefined,
  })
  const dispatcher = new Agent({ connect: softeningHeads(rememberingTls(connect, secured)) })
  onTestFinished(async () => {
    await dispatcher.close()
    server.close()
  })
  const origin = `https://${name}:${(server.address() as AddressInfo).port}`
  const { body } = await request(origin, { dispatcher })
  expect(await body.text()).toBe('ok')
  return { origin, secured }
}

describe('what secured a connection is written down by the origin that was asked for', () => {
  it.each(['127.0.0.1', 'api.localhost'])('%s', async (name) => {
    const { origin, secured } = await secure('127.0.0.1', name)
    expect([...secured.keys()]).toEqual([origin])
    expect(secured.get(origin)).toEqual({ protocol: 'TLSv1.2', cipher: expect.stringContaining('PSK') })
  })

  it.skipIf(!hasIpv6)('[::1]', async () => {
    const { origin, secured } = await secure('::1', '[::1]')
    expect([...secured.keys()]).toEqual([origin])
  })

  it.each([
    [{ host: '[2001:db8::1]', hostname: '2001:db8::1', port: '' }, ['https://[2001:db8::1]']],
    [{ host: 'api.localhost:8443', hostname: '127.0.0.1', port: '8443' }, ['https://api.localhost:8443']],
    [{ hostname: '2001:db8::1', port: '' }, []],
  ])('%j: %j, and nothing is thrown', (options, origins) => {
    const secured = new Map<string, TracedMessage['tls']>()
    const socket = Object.assign(new TLSSocket(new Socket()), { getCipher: () => ({ name: 'X' }) })
    let came: unknown
    const connect = rememberingTls((_options, callback) => callback(null, socket), secured)
    connect({ ...options, protocol: 'https:' }, (_error, got) => (came = got))
    expect([came, [...secured.keys()]]).toEqual([socket, origins])
  })
})
