import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { rememberingTls } from '../../../src/node/net/tls-facts.ts'
import type { TracedMessage } from '../../../src/core/oauth/wire/fetch.ts'

it('writes down by origin what secured a connection', async () => {
  // A shared key in the place of a certificate: a real TLS connection without any file.
  const psk = Buffer.from('a key that both sides know')
  const server = createServer(
    { pskCallback: () => psk, ciphers: 'PSK', maxVersion: 'TLSv1.2' },
    (_request, response) => void response.end('ok'),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const secured = new Map<string, TracedMessage['tls']>()
  const options = {
    pskCallback: () => ({ psk, identity: 'test' }),
    ciphers: 'PSK',
    maxVersion: 'TLSv1.2' as const,
  }
  const dispatcher = new Agent({
    connect: rememberingTls(buildConnector({ ...options, checkServerIdentity: () => undefined }), secured),
  })
  onTestFinished(async () => {
    await dispatcher.close()
    server.close()
  })
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { body } = await request(origin, { dispatcher })
  expect(await body.text()).toBe('ok')
  expect([...secured.keys()]).toEqual([origin])
  expect(secured.get(origin)).toEqual({ protocol: 'TLSv1.2', cipher: expect.stringContaining('PSK') })
})
