import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import type { Way } from '../../../src/core/records/way.ts'
import { readIdentity } from '../../../src/node/crypto/identity/read-identity.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { startProxy } from '../../support/proxy.ts'
import { engines } from './proxy/engines.ts'
import { serveTls } from './server.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url)).toString()
const pair = { certificate: file('client.crt'), key: file('client.key') }

/** A server that answers with the name in the client's certificate. */
const serveMutual = async () => {
  const server = createServer(
    {
      cert: file('server.crt'),
      key: file('server.key'),
      ca: file('client.crt'),
      requestCert: true,
      rejectUnauthorized: false,
    },
    ({ socket }, response) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate()
      response.end((subject as { CN?: string } | undefined)?.CN ?? 'no one')
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const trusted = file('server.crt')
/** PKCS#12 as openssl writes it. */
const pkcs12 = (passphrase: string): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-p12-'))
  try {
    const out = join(folder, 'client.p12')
    const path = (name: string) => new URL(`../../support/certificates/${name}`, import.meta.url).pathname
    execFileSync('openssl', [
      ...['pkcs12', '-export', '-in', path('client.crt'), '-inkey', path('client.key')],
      ...['-out', out, '-passout', `pass:${passphrase}`],
    ])
    return readFileSync(out)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const codeOf = (read: ReturnType<typeof readIdentity>) =>
  read.ok ? 'ok' : `${read.error.code}: ${read.error.message}`

describe('a client certificate for a server', () => {
  const identityOf = (read: ReturnType<typeof readIdentity>) => {
    if (!read.ok) throw new Error(read.error.message)
    return read.value.identity
  }
  const nameSeen = async (way: Way) => {
    const url = await serveMutual()
    const { send, fetch } = engines(way, trusted)
    const answer = await send(url)
    const sent = answer.ok ? new TextDecoder().decode(answer.value.body) : answer.error.code
    return [sent, await (await fetch(url)).text()]
  }

  it('is shown, as PEM and as PKCS#12, directly and through a proxy', async () => {
    const twice = ['gatehouse-test-client', 'gatehouse-test-client']
    const inPem = identityOf(readIdentity(pair))
    const inFile = identityOf(readIdentity({ bytes: pkcs12('open:me'), passphrase: 'open:me' }))
    expect(await nameSeen({ identity: inPem })).toEqual(twice)
    expect(await nameSeen({ identity: inFile })).toEqual(twice)
    expect(await nameSeen({})).toEqual(['no one', 'no one'])
    const proxy = await startProxy()
    onTestFinished(() => proxy.close())
    expect(await nameSeen({ identity: inFile, proxy: proxy.proxy })).toEqual(twice)
    expect(proxy.asked).toHaveLength(2)
  })

  it('steps back behind the one that a token is bound to', async () => {
    const url = await serveMutual()
    const engine = createRequestEngine({ trusted })
    onTestFinished(() => engine.close())
    const other = { certificate: file('server.crt'), key: file('server.key') }
    const sent = await engine.send(
      { method: 'GET', url, headers: [] },
      {
        findWay: async () => ok({ identity: other }),
        credential: { type: 'Bearer', text: 'a-token', allowInsecure: false, certificate: pair },
      },
    )
    expect(sent.ok && new TextDecoder().decode(sent.value.body)).toBe('gatehouse-test-client')
  })

  it('is read with what it says of itself', () => {
    const view = { subject: 'CN=gatehouse-test-client' }
    expect(readIdentity(pair)).toMatchObject({ ok: true, value: { view } })
    expect(readIdentity({ bytes: pkcs12('p'), passphrase: 'p' })).toMatchObject({ ok: true, value: { view } })
    const both = Buffer.from(`${pair.key}\n${pair.certificate}`)
    expect(readIdentity({ bytes: both, passphrase: '' })).toMatchObject({ ok: true, value: { view } })
  })

  it.each([
    ['the wrong passphrase', () => readIdentity({ bytes: pkcs12('p'), passphrase: 'x' }), /passphrase/],
    [
      'something else',
      () => readIdentity({ bytes: Buffer.from('PK zip'), passphrase: '' }),
      /not readable PEM or PKCS/,
    ],
    ['nothing', () => readIdentity({ bytes: Buffer.alloc(0), passphrase: '' }), /not readable PEM or PKCS/],
    [
      'a certificate alone',
      () => readIdentity({ bytes: Buffer.from(pair.certificate), passphrase: '' }),
      /key/,
    ],
    ['another key', () => readIdentity({ ...pair, key: file('server.key') }), /another certificate/],
  ])('is refused as %s', (_name, read, why) => {
    expect(codeOf(read())).toMatch(/^certificate_unfit/)
    expect(codeOf(read())).toMatch(why)
  })
})

describe('TLS without a check', () => {
  it('holds for the server it was asked for, and for no other', async () => {
    const one = await serveTls((_request, response) => response.end('x'))
    const other = await serveTls((_request, response) => response.end('x'))
    const engine = createRequestEngine()
    onTestFinished(() => engine.close())
    const findWay = async (url: string) => ok<Way>(url.startsWith(one.url) ? { unchecked: true } : {})
    const send = async (url: string) => {
      const sent = await engine.send({ method: 'GET', url, headers: [] }, { findWay })
      return sent.ok ? 'ok' : sent.error.code
    }
    expect([await send(other.url), await send(one.url), await send(other.url), await send(one.url)]).toEqual([
      'network_tls',
      'ok',
      'network_tls',
      'ok',
    ])
  })

  it('is told of each message that it held for', async () => {
    const { url } = await serveTls((_request, response) => response.end('x'))
    const { both, seen } = engines({ unchecked: true })
    expect(await both(url)).toEqual(['200', '200'])
    expect(seen[0]?.tls).toMatchObject({ unchecked: true, subject: '127.0.0.1' })
    const checked = engines({}, trusted)
    await checked.both(url)
    expect(checked.seen[0]?.tls).not.toHaveProperty('unchecked')
  })

  it('does not let a proxy with a false certificate in', async () => {
    const { url } = await serveTls((_request, response) => response.end('x'))
    const proxy = await startProxy({ secure: true })
    onTestFinished(() => proxy.close())
    expect(await engines({ unchecked: true, proxy: proxy.proxy }).both(url)).toEqual([
      'proxy_unreached',
      'proxy_unreached',
    ])
  })
})
