import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import type { NetworkDraft } from '../../../src/core/contract/network/network.ts'
import { startProxy, type ProxyOptions, type RunningProxy } from '../../support/proxy.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import {
  connectPlayground,
  openWorkbench,
  type Workbench,
  type WorkbenchOptions,
} from '../../support/workbench.ts'

let bench: Workbench
let proxy: RunningProxy | undefined
afterEach(async () => {
  await bench.close()
  await proxy?.close()
  proxy = undefined
})
const nowhere = { issuer: '', apiBase: '', users: [] }
const begin = async (options: WorkbenchOptions = {}) => {
  bench = await openWorkbench({ playground: nowhere, ...options })
}
const startOne = async (options: ProxyOptions = {}) => (proxy = await startProxy(options))

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code
const send = async (url: string, accountId: string | null = null) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId },
    }),
  )
const edit = (sql: string): void => {
  const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
  db.exec(sql)
  db.close()
}
const user = { username: 'clerk', password: 'the-proxy-password-771' }
const byHand = (port: number, more: Partial<NetworkDraft['proxy']> = {}): NetworkDraft => ({
  proxy: { kind: 'by-hand', address: `127.0.0.1:${port}`, username: user.username, loopback: true, ...more },
  proxyPassword: user.password,
})

it('sign-in, refresh and requests go through a proxy, whose password is nowhere in the profile', async () => {
  bench = await openWorkbench()
  const { port, asked } = await startOne({ credentials: user })
  value(bench.app.network.save(byHand(port)))
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  value(await bench.app.accounts.refresh(accountId))
  const view = await send(`${bench.playground.apiBase}/profile`, accountId)
  expect(view.response?.status).toBe(200)
  const { issuer, apiBase } = bench.playground
  const paths = asked.map((line) => line.replace(issuer, 'ISSUER').replace(apiBase, 'API'))
  expect(paths.filter((line) => line === 'POST ISSUER/token')).toHaveLength(2)
  expect(paths).toContain('GET API/profile')
  const shown = JSON.stringify([view, bench.app.network.read(), value(bench.app.flows.list({ limit: 50 }))])
  expect(shown).not.toContain(user.password)
  await bench.restart()
  const pair = btoa(`${user.username}:${user.password}`)
  expect(await scanForSecrets(bench.folder, { password: user.password, pair })).toEqual([])
  expect((await send(`${apiBase}/health`)).error).toBeUndefined()
})

it('what a proxy’s page repeats of its password is nowhere to be read', async () => {
  await begin()
  const { port } = await startOne({ credentials: user, repeats: true })
  value(bench.app.network.save(byHand(port)))
  const view = await send('http://127.0.0.1:9/')
  expect(view.response?.status).toBe(502)
  expect(view.response?.headers).toContainEqual(['x-got', '•••'])
  const at = view.response?.headers.findIndex(([name]) => name === 'x-got') ?? -1
  const held = bench.app.responseHeaders.reveal({ id: view.id, header: at })
  const pair = btoa(`${user.username}:${user.password}`)
  for (const secret of [user.password, pair]) expect(JSON.stringify([view, held])).not.toContain(secret)
  expect(await scanForSecrets(bench.folder, { password: user.password, pair })).toEqual([])
})

describe('the way to an address', () => {
  const findProxy = async ({ url, pac }: { url: string; pac?: string }) => {
    if (pac === 'http://pac.example/broken') return ''
    return url.includes('direct') ? 'DIRECT' : `PROXY ${pac === undefined ? 'system' : 'pac'}.example:3128`
  }
  const way = async (url: string) => {
    const found = await bench.app.network.way({ url })
    return found.ok ? (found.value.proxy ?? 'direct') : found.error.code
  }
  const save = (proxy: NetworkDraft['proxy']) => codeOf(bench.app.network.save({ proxy }))

  it('is the system’s unless the user says otherwise; this computer is reached directly', async () => {
    await begin({ overrides: { net: { findProxy } } })
    expect(await way('https://api.example')).toBe('system.example:3128')
    expect(await way('api.example')).toBe('system.example:3128')
    expect(await way('https://direct.example')).toBe('direct')
    expect(await way('http://127.0.0.1:99')).toBe('direct')
    expect(await way('http://a.localhost:99')).toBe('direct')
    expect(await way('ftp://a')).toBe('network_address')
    expect(save({ kind: 'none' })).toBe('ok')
    expect(await way('https://api.example')).toBe('direct')
  })
  it('is what the PAC file says; nothing goes past one that is broken', async () => {
    await begin({ overrides: { net: { findProxy } } })
    expect(save({ kind: 'pac', pac: 'http://pac.example/pac' })).toBe('ok')
    expect(await way('https://api.example')).toBe('pac.example:3128')
    expect(await way('http://localhost')).toBe('direct')
    expect(save({ kind: 'pac', pac: 'http://pac.example/broken' })).toBe('ok')
    expect(await way('https://api.example')).toBe('proxy_none_named')
    expect((await send('https://api.example')).error?.code).toBe('proxy_none_named')
    expect(save({ kind: 'pac', pac: 'data:x' })).toBe('proxy_pac')
    expect(save({ kind: 'pac' })).toBe('proxy_pac')
    for (const pac of [
      'http://clerk:pass@pac.example/pac',
      'http://clerk@pac.example/pac',
      'http://pac.example/pac?a=1&token=2',
    ])
      expect(save({ kind: 'pac', pac }), pac).toBe('proxy_pac')
    expect(save({ kind: 'pac', pac: 'http://pac.example/pac?a=1' })).toBe('ok')
    expect(save({ kind: 'by-hand', address: 'p.example', username: 'clerk:pass' })).toBe('proxy_name')
  })
  it('is the proxy by hand but for what is excepted', async () => {
    await begin()
    expect(save({ kind: 'by-hand', address: 'quic://p' })).toBe('proxy_address')
    expect(save({ kind: 'by-hand', address: 'p.example', except: ['*.in.example'] })).toBe('ok')
    expect(await way('https://api.example')).toBe('p.example:80')
    expect(await way('https://a.in.example')).toBe('direct')
    expect(await way('http://127.0.0.1')).toBe('direct')
    expect(save({ kind: 'by-hand', address: 'p.example', loopback: true })).toBe('ok')
    expect(await way('http://127.0.0.1')).toBe('p.example:80')
  })
})

describe('settings that were changed outside', () => {
  it('hold for nothing until they are saved again', async () => {
    await begin()
    const { port, asked } = await startOne()
    value(bench.app.network.save(byHand(1)))
    edit(`UPDATE network_settings SET document = replace(document, '127.0.0.1:1"', '127.0.0.1:${port}"')`)
    expect((await send('http://127.0.0.1:9/')).error?.code).toBe('network_settings_changed_outside')
    const view = value(bench.app.network.read())
    expect(view).toMatchObject({
      settings: { proxy: { address: `127.0.0.1:${port}` } },
      hasProxyPassword: false,
      trouble: { code: 'network_settings_changed_outside' },
    })
    expect(asked).toEqual([])
    value(bench.app.network.save({ ...byHand(port), proxyPassword: '' }))
    expect((await send('http://127.0.0.1:9/')).response?.status).toBe(502)
  })
  it('nor do any whose proof was taken for one that was in memory', async () => {
    await begin()
    value(bench.app.network.save(byHand(1)))
    edit(`UPDATE network_settings SET sealed_secrets = x'0202${'00'.repeat(16)}'`)
    expect(value(bench.app.network.read()).trouble?.code).toBe('network_settings_changed_outside')
  })
  it('what is not JSON of ours is said, and kept', async () => {
    await begin()
    value(bench.app.network.save(byHand(1)))
    edit(`UPDATE network_settings SET document = '{"proxy":{"kind":"magic"}}'`)
    expect((await send('http://127.0.0.1:9/')).error?.code).toBe('document_unfit')
  })
})

describe('the password of a proxy', () => {
  const has = () => value(bench.app.network.read()).hasProxyPassword
  it('stays when something else is saved, goes when it is emptied, and serves no other proxy', async () => {
    await begin()
    value(bench.app.network.save(byHand(1)))
    expect(has()).toBe(true)
    const { proxy } = byHand(1)
    value(bench.app.network.save({ proxy: { ...proxy, except: ['a.example'] } }))
    expect(has()).toBe(true)
    expect(codeOf(bench.app.network.save({ proxy: { ...proxy, address: 'evil.example:1' } }))).toBe(
      'proxy_password_again',
    )
    expect(codeOf(bench.app.network.save({ proxy: { ...proxy, username: 'other' } }))).toBe(
      'proxy_password_again',
    )
    value(bench.app.network.save({ proxy, proxyPassword: '' }))
    expect(has()).toBe(false)
  })
  it('is there again when the proxy is, and never goes to another in two steps', async () => {
    await begin()
    value(bench.app.network.save(byHand(1)))
    const { proxy } = byHand(1)
    const other = { ...proxy, address: 'evil.example:1' }
    value(bench.app.network.save({ proxy: { ...proxy, kind: 'none' } }))
    value(bench.app.network.save({ proxy }))
    expect(has()).toBe(true)
    value(bench.app.network.save({ proxy: { ...other, kind: 'none' } }))
    value(bench.app.network.save({ proxy: other }))
    expect(has()).toBe(false)
  })
  it('outlives a change of the vault’s key', async () => {
    await begin()
    value(bench.app.network.save(byHand(1)))
    expect(value(await bench.app.sessions.rotate({}))).toMatchObject({ left: 0 })
    expect(value(bench.app.network.read())).toMatchObject({ hasProxyPassword: true })
    await bench.restart()
    expect(value(bench.app.network.read())).toMatchObject({ hasProxyPassword: true })
  })
  it('is sealed by the first password of a vault that had no key', async () => {
    await begin({ keyring: 'none' })
    const { port } = await startOne({ credentials: user })
    value(bench.app.network.save(byHand(port)))
    const password = 'the password of the vault 1'
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    await bench.restart()
    const { id: userId } = value(bench.app.sessions.state()).user
    value(await bench.app.sessions.unlock({ userId, password }))
    expect(has()).toBe(true)
    expect((await send('http://127.0.0.1:9/')).response?.status).toBe(502)
  })
  it('ends with the program where there is no keyring; the other settings stay', async () => {
    await begin({ keyring: 'none' })
    value(bench.app.network.save(byHand(1)))
    expect(has()).toBe(true)
    await bench.restart()
    expect(value(bench.app.network.read())).toEqual({
      settings: { proxy: byHand(1).proxy },
      hasProxyPassword: false,
    })
  })
})

describe('settings of a vault that was memory only, once it lasts', () => {
  it('are taken as they are, without what was secret of them', async () => {
    await begin({ keyring: 'none' })
    const { port, asked } = await startOne()
    value(bench.app.network.save(byHand(port)))
    await bench.restart()
    const password = 'the password of the vault 1'
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    const expected = { settings: { proxy: byHand(port).proxy }, hasProxyPassword: false }
    expect(value(bench.app.network.read())).toEqual(expected)
    expect((await send('http://127.0.0.1:9/')).response?.status).toBe(502)
    await bench.restart()
    const { id: userId } = value(bench.app.sessions.state()).user
    value(await bench.app.sessions.unlock({ userId, password }))
    expect(value(bench.app.network.read())).toEqual(expected)
    expect((await send('http://127.0.0.1:9/')).response?.status).toBe(502)
    expect(asked).toHaveLength(2)
    edit(`UPDATE network_settings SET document = replace(document, '"loopback":true', '"loopback":false')`)
    expect(value(bench.app.network.read()).trouble?.code).toBe('network_settings_changed_outside')
  })
})

describe('the rule for a server', () => {
  const file = (name: string) =>
    readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url)).toString()
  const pem = { kind: 'pem', certificate: file('client.crt'), key: file('client.key') } as const
  const serveSelfSigned = async () => {
    const server = createServer({ cert: file('server.crt'), key: file('server.key') }, (_request, response) =>
      response.end('{"issuer":"x"}'),
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const rules = () => value(bench.app.network.read()).settings.hosts ?? []

  it('switches the check off for it alone, and every exchange and flow says so, later too', async () => {
    await begin()
    const host = await serveSelfSigned()
    const other = await serveSelfSigned()
    expect((await send(`https://${host}/`)).error?.code).toBe('network_tls')
    value(await bench.app.network.saveHost({ host: `https://${host}/x`, unchecked: true }))
    const view = await send(`https://${host}/`)
    expect(view).toMatchObject({ status: 200, unchecked: true })
    expect(await send(`https://${other}/`)).toMatchObject({ errorCode: 'network_tls' })
    await bench.app.connections.discover({ issuer: `https://${host}`, allowInsecure: false })
    await bench.restart()
    const listed = value(bench.app.history.list({ limit: 9 }))
    expect(listed.map(({ unchecked }) => unchecked)).toEqual([undefined, true, undefined])
    expect(value(bench.app.history.get({ id: view.id }))).toMatchObject({ unchecked: true })
    const [flow] = value(bench.app.flows.list({ limit: 9 }))
    const { messages } = value(bench.app.flows.get(flow?.id ?? ''))
    expect(messages.filter(({ tls }) => tls?.unchecked)).not.toEqual([])
    expect(value(bench.app.network.rule({ url: `https://${host}` }))).toEqual({ unchecked: true })
    value(bench.app.network.removeHost({ host }))
    expect((await send(`https://${host}/`)).errorCode).toBe('network_tls')
  })

  it('says so even where the server gives no answer', async () => {
    await begin()
    value(await bench.app.network.saveHost({ host: '127.0.0.1:9', unchecked: true }))
    expect(await send('https://127.0.0.1:9/')).toMatchObject({
      errorCode: 'network_refused',
      unchecked: true,
    })
    expect(await send('http://127.0.0.1:9/')).not.toHaveProperty('unchecked')
  })

  it('keeps a client certificate through changes, and its key in the vault alone', async () => {
    await begin()
    value(await bench.app.network.saveHost({ host: 'a.example', unchecked: false, certificate: pem }))
    expect(rules()).toMatchObject([
      { host: 'a.example', certificate: { subject: 'CN=gatehouse-test-client' } },
    ])
    value(await bench.app.network.saveHost({ host: 'b.example', was: 'a.example', unchecked: false }))
    value(bench.app.network.save(byHand(1)))
    expect(rules()).toMatchObject([
      { host: 'b.example', certificate: { subject: 'CN=gatehouse-test-client' } },
    ])
    expect(value(await bench.app.network.way({ url: 'https://b.example' }))).toEqual({
      proxy: '127.0.0.1:1',
      certificate: 'CN=gatehouse-test-client',
    })
    expect(value(await bench.app.network.way({ url: 'http://b.example' }))).toEqual({ proxy: '127.0.0.1:1' })
    const key = pem.key.split('\n')[1] ?? ''
    expect(JSON.stringify(bench.app.network.read())).not.toContain(key)
    expect(await scanForSecrets(bench.folder, { key })).toEqual([])
    value(await bench.app.network.saveHost({ host: 'b.example', unchecked: false, certificate: null }))
    expect(rules()).toEqual([{ host: 'b.example' }])
  })

  it('comes back after its removal, with its key', async () => {
    await begin()
    value(await bench.app.network.saveHost({ host: 'a.example', unchecked: true, certificate: pem }))
    value(await bench.app.network.saveHost({ host: 'b.example', unchecked: true }))
    const remove = () => bench.app.network.removeHost({ host: 'a.example' })
    const restore = () => bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' })
    value(remove())
    expect(rules()).toEqual([{ host: 'b.example', unchecked: true }])
    // What was changed meanwhile stays changed.
    value(await bench.app.network.saveHost({ host: 'b.example', unchecked: false, address: '10.0.0.1' }))
    value(restore())
    expect(rules()).toMatchObject([
      { host: 'b.example', address: '10.0.0.1' },
      { host: 'a.example', unchecked: true, certificate: { subject: 'CN=gatehouse-test-client' } },
    ])
    expect(value(await bench.app.network.way({ url: 'https://a.example' }))).toEqual({
      unchecked: true,
      certificate: 'CN=gatehouse-test-client',
    })
    expect(codeOf(restore())).toBe('bin_unknown')
    value(remove())
    const key = pem.key.split('\n')[1] ?? ''
    expect(await scanForSecrets(bench.folder, { key })).toEqual([])
  })

  it('takes a chosen file, once', async () => {
    const bytes = Buffer.from(pem.certificate + pem.key)
    await begin({ overrides: { files: { chooseIdentity: async () => ok({ name: 'c.pem', bytes }) } } })
    const draft = { host: 'a', unchecked: false, certificate: { kind: 'file', passphrase: '' } } as const
    expect(codeOf(await bench.app.network.saveHost(draft))).toBe('certificate_unfit')
    expect(value(await bench.app.chooseIdentity())).toEqual({ name: 'c.pem' })
    value(await bench.app.network.saveHost(draft))
    expect(rules()).toMatchObject([{ certificate: { subject: 'CN=gatehouse-test-client' } }])
    expect(codeOf(await bench.app.network.saveHost(draft))).toBe('certificate_unfit')
  })

  it('is not put into the place of another, and not where no server is named', async () => {
    await begin()
    value(await bench.app.network.saveHost({ host: 'a', unchecked: true }))
    value(await bench.app.network.saveHost({ host: 'b', unchecked: false }))
    expect(codeOf(await bench.app.network.saveHost({ host: 'a', was: 'b', unchecked: false }))).toBe(
      'host_taken',
    )
    expect(codeOf(await bench.app.network.saveHost({ host: '<local>', unchecked: true }))).toBe('host_unfit')
    expect(rules()).toHaveLength(2)
  })

  it('is refused where there are as many as can be read again', async () => {
    await begin()
    for (let count = 0; count < 200; count += 1)
      value(await bench.app.network.saveHost({ host: `h${count}.example`, unchecked: false }))
    expect(codeOf(await bench.app.network.saveHost({ host: 'one.more', unchecked: false }))).toBe('host_many')
    value(await bench.app.network.saveHost({ host: 'h0.example', unchecked: true }))
    value(await bench.app.network.saveHost({ host: 'other.example', was: 'h1.example', unchecked: false }))
    expect(rules()).toHaveLength(200)
    expect(value(bench.app.network.read())).not.toHaveProperty('trouble')
  })

  it('is not believed from outside, and not taken along when the proxy is saved then', async () => {
    await begin()
    const host = await serveSelfSigned()
    value(bench.app.network.save({ proxy: { kind: 'none' } }))
    edit(`UPDATE network_settings SET document =
      json_set(document, '$.hosts', json('[{"host":"${host}","unchecked":true}]'))`)
    expect((await send(`https://${host}/`)).errorCode).toBe('network_settings_changed_outside')
    expect(rules()).toEqual([])
    expect(codeOf(await bench.app.network.saveHost({ host: 'x', unchecked: true }))).toBe(
      'network_settings_changed_outside',
    )
    value(bench.app.network.save({ proxy: { kind: 'none' } }))
    expect((await send(`https://${host}/`)).errorCode).toBe('network_tls')
  })
})

it('limits, redirects and addresses without a scheme are as the settings say', async () => {
  await begin()
  const { createServer: createPlain } = await import('node:http')
  const server = createPlain((request, response) => {
    if (request.url === '/silent') return
    if (request.url === '/') response.writeHead(302, { location: '/there' }).end()
    else response.end('there')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await send(host)).toMatchObject({ status: 200, url: `http://${host}/` })
  value(bench.app.network.saveManner({ redirects: 0, totalSeconds: 1, family: 'ipv4', closes: true }))
  expect(await send(host)).toMatchObject({ status: 302 })
  expect(await send(`${host}/silent`)).toMatchObject({ errorCode: 'http_timeout' })
  value(
    await bench.app.network.saveHost({ host: 'api.gatehouse.test', unchecked: false, address: '127.0.0.1' }),
  )
  expect(await send(`http://api.gatehouse.test:${host.slice(10)}/x`)).toMatchObject({ status: 200 })
  expect(value(bench.app.network.rule({ url: 'api.gatehouse.test' }))).toEqual({ address: '127.0.0.1' })
  value(await bench.app.network.saveHost({ host: 'api.gatehouse.test', unchecked: false }))
  expect(value(bench.app.network.read()).settings).toMatchObject({
    hosts: [{ host: 'api.gatehouse.test' }],
    manner: { redirects: 0 },
  })
})

it('no connection outlives a lock: it holds what it was made with', async () => {
  await begin()
  const { createServer: createPlain } = await import('node:http')
  const ports: (number | undefined)[] = []
  const server = createPlain(({ socket }, response) => {
    ports.push(socket.remotePort)
    response.end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const discover = () => bench.app.connections.discover({ issuer: `http://${host}`, allowInsecure: true })
  await send(host)
  await bench.app.settle()
  await send(host)
  expect(new Set(ports).size).toBe(2)
  await discover()
  const before = new Set(ports)
  await bench.app.settle()
  const asked = ports.length
  await discover()
  expect(ports.length).toBeGreaterThan(asked)
  expect(ports.slice(asked).filter((port) => before.has(port))).toEqual([])
})
