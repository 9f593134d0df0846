import { readFileSync } from 'node:fs'
import { createServer as createSecureServer } from 'node:https'
import { request, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { fail, ok, type Result } from '../../../../src/core/contract/result.ts'
import type { Relay, Way } from '../../../../src/core/records/way.ts'
import { createOpenRelay } from '../../../../src/node/net/window/relay.ts'
import { startProxy } from '../../../support/proxy.ts'
import { serve, serveTls } from '../server.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../../support/certificates/${name}`, import.meta.url)).toString()
const trusted = file('server.crt')
const identity = { certificate: file('client.crt'), key: file('client.key') }

/** A server that lets no one in without a certificate. `late`: as in TLS 1.3, it refuses after the handshake. */
const serveMutual = async (rejectUnauthorized = true): Promise<string> => {
  const options = { cert: file('server.crt'), key: file('server.key'), ca: file('client.crt') }
  const server = createSecureServer(
    { ...options, requestCert: true, rejectUnauthorized },
    (asked, response) => {
      const { subject } = (asked.socket as TLSSocket).getPeerCertificate()
      response.end(`${asked.headers.host} ${(subject as { CN?: string } | undefined)?.CN ?? 'no one'}`)
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

const open = async (way: (url: string) => Way | Result<Way>, by: string = trusted): Promise<Relay> => {
  const openRelay = createOpenRelay(by, () => Date.now())
  const relay = await openRelay(async (url) => {
    const found = way(url)
    return 'ok' in found ? found : ok(found)
  })
  onTestFinished(() => relay.close())
  return relay
}

/** What a client is answered that asks the relay for a tunnel: the status line, and the way on. */
const tunnelTo = async ({ proxy }: Relay, url: string, password = proxy.credentials?.password) => {
  const socket: Socket = connect(proxy.port, proxy.host)
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  const { host } = new URL(url)
  const shown = Buffer.from(`gatehouse:${password ?? ''}`).toString('base64')
  socket.write(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\nproxy-authorization: Basic ${shown}\r\n\r\n`)
  const head = await new Promise<string>((done) => socket.once('data', (data) => done(data.toString())))
  return { socket, status: Number(head.split(' ')[1]), head }
}

/** What a browser gets that goes through the relay: the text, and the certificate that it was shown. */
const visit = async (relay: Relay, url: string): Promise<{ text: string; certificate: string }> => {
  const { socket, status } = await tunnelTo(relay, url)
  if (status !== 200) return { text: String(status), certificate: '' }
  const secure = connectTls({ socket, servername: new URL(url).hostname, rejectUnauthorized: false })
  secure.on('error', () => undefined)
  await new Promise((done) => secure.once('secureConnect', done))
  const shown = secure.getPeerX509Certificate()?.toString() ?? ''
  secure.write(`GET / HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: close\r\n\r\n`)
  let text = ''
  for await (const piece of secure) text += String(piece)
  return { text: text.split('\r\n\r\n')[1] ?? '', certificate: shown }
}

it('shows a client certificate to the servers that it is for, and to no other', async () => {
  const [mutual, other] = [await serveMutual(), await serveMutual(false)]
  const relay = await open((url) => (url === mutual ? { identity } : {}))
  const { host } = new URL(mutual)
  const there = await visit(relay, mutual)
  expect(there.text).toContain(`${host} gatehouse-test-client`)
  expect(relay.vouches(there.certificate)).toBe(true)
  const elsewhere = await visit(relay, other)
  expect(elsewhere.text).toContain('no one')
  // TLS went through to the server.
  expect(elsewhere.certificate.trim()).toBe(trusted.trim())
  expect(relay.vouches(elsewhere.certificate)).toBe(false)
  expect(relay.vouches('no certificate')).toBe(false)
  // Another relay has another one.
  expect((await open(() => ({ identity }))).vouches(there.certificate)).toBe(false)
})

it('goes to the address that a rule names', async () => {
  const { url, trusted: by } = await serveTls((asked, response) => response.end(asked.headers.host))
  const { port } = new URL(url)
  const relay = await open(() => ({ address: '127.0.0.1' }), by)
  const named = `https://login.gatehouse.test:${port}`
  const { text, certificate } = await visit(relay, named)
  expect(text).toContain(`login.gatehouse.test:${port}`)
  expect(certificate.trim()).toBe(by.trim())
})

it('says why a server was not reached where a certificate was to be shown, which it never does untrusted', async () => {
  const mutual = await serveMutual()
  const untrusting = await open(() => ({ identity }), file('client.crt'))
  expect((await visit(untrusting, mutual)).text).toMatch(/certificate/i)
  const unchecked = await open(() => ({ identity, unchecked: true }), file('client.crt'))
  expect((await visit(unchecked, mutual)).text).toContain('gatehouse-test-client')
  const wrong = { certificate: file('server.crt'), key: file('server.key') }
  expect((await visit(await open(() => ({ identity: wrong })), mutual)).text).toMatch(/certificate|closed/i)
})

it('lets no one in without its password', async () => {
  const relay = await open(() => ({}))
  const { status, head } = await tunnelTo(relay, await serveMutual(false), 'guessed')
  expect(status).toBe(407)
  expect(head).toMatch(/proxy-authenticate: Basic/i)
  const asked = request({ host: '127.0.0.1', port: relay.proxy.port, path: 'http://127.0.0.1:1/' }).end()
  const refused = await new Promise<number | undefined>((done) =>
    asked.once('response', ({ statusCode }) => done(statusCode)),
  )
  expect(refused).toBe(407)
})

it('goes through the proxy of the settings, and passes plain messages on', async () => {
  const proxy = await startProxy({ credentials: { username: 'u', password: 'p' } })
  onTestFinished(() => proxy.close())
  const credentials = { username: 'u', password: 'p' }
  const relay = await open(() => ({ proxy: { ...proxy.proxy, credentials } }))
  const secure = await serveMutual(false)
  expect((await visit(relay, secure)).text).toContain('no one')
  const plain = await serve((asked, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.end(`${asked.method} ${asked.url} ${asked.headers['proxy-authorization'] ?? 'nothing'}`)
  })
  const shown = Buffer.from(`gatehouse:${relay.proxy.credentials?.password ?? ''}`).toString('base64')
  const asked = request({
    host: '127.0.0.1',
    port: relay.proxy.port,
    method: 'POST',
    path: `${plain}/x?y=%2F`,
    headers: { 'proxy-authorization': `Basic ${shown}`, 'content-length': 2 },
  }).end('ab')
  const response = await new Promise<IncomingMessage>((done) => asked.once('response', done))
  let text = ''
  for await (const piece of response) text += String(piece)
  const cookies = response.headers['set-cookie']
  expect(text).toBe('POST /x?y=%2F nothing')
  expect(cookies).toEqual(['a=1', 'b=2'])
  expect(proxy.asked).toEqual([`CONNECT ${new URL(secure).host}`, `POST ${plain}/x?y=%2F`])
})

it('opens no tunnel where there is no way, and ends with its window', async () => {
  const url = await serveMutual(false)
  const nowhere = await open(() => fail('proxy_none_named', 'No PAC file is set.'))
  expect((await visit(nowhere, url)).text).toBe('502')
  const relay = await open(() => ({}))
  const { socket } = await tunnelTo(relay, url)
  const ended = new Promise((done) => socket.once('close', done))
  relay.close()
  await ended
  const again = connect(relay.proxy.port, relay.proxy.host)
  expect(await new Promise((done) => again.once('error', ({ message }) => done(message)))).toMatch(
    /ECONNREFUSED/,
  )
})
