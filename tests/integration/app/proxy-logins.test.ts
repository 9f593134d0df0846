import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import { startProxy } from '../../support/proxy.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const user = { username: 'clerk', password: 'the-system-proxy-password-771' }

it('asks for the password of a proxy that the system chose, and shows it to that one alone', async () => {
  const got: string[] = []
  const api = createServer((request, response) => {
    got.push(...request.rawHeaders)
    response.end('x')
  })
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
  const hosts = { 'api.gatehouse.test': '127.0.0.1' }
  const proxy = await startProxy({ credentials: user, hosts })
  const other = await startProxy({ hosts })
  onTestFinished(async () => {
    await Promise.all([proxy.close(), other.close()])
    api.close()
  })
  let chosen = proxy.port
  bench = await openWorkbench({
    playground: { issuer: '', apiBase: '', users: [] },
    overrides: { net: { findProxy: () => Promise.resolve(`PROXY 127.0.0.1:${chosen}`) } },
  })
  const url = `http://api.gatehouse.test:${(api.address() as AddressInfo).port}/`
  const send = async () =>
    value(
      await bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId: null },
      }),
    )
  const name = `127.0.0.1:${proxy.port}`
  expect(await send()).toMatchObject({
    errorCode: 'proxy_credentials',
    remedies: [{ kind: 'proxy-login', label: 'Enter name and password', proxy: name }],
  })
  value(bench.app.network.saveLogin({ proxy: name, ...user, password: 'mistyped' }))
  expect(await send()).toMatchObject({
    errorCode: 'proxy_credentials_refused',
    remedies: [{ kind: 'proxy-login', proxy: name }],
  })
  const view = value(bench.app.network.saveLogin({ proxy: ` http://${name}`, ...user }))
  expect(view.settings.logins).toEqual([{ proxy: name, username: 'clerk' }])
  const sent = await send()
  expect(sent).toMatchObject({ status: 200, connection: { proxy: name } })
  expect(got.join('\n')).not.toMatch(/proxy-auth/i)
  chosen = other.port
  expect(await send()).toMatchObject({ status: 200, connection: { proxy: `127.0.0.1:${other.port}` } })
  expect(other.headers.flat().join('\n')).not.toMatch(/proxy-auth/i)
  await bench.restart()
  chosen = proxy.port
  expect(await send()).toMatchObject({ status: 200 })
  const shown = JSON.stringify([sent, bench.app.network.read(), value(bench.app.history.list({ limit: 9 }))])
  expect(shown).not.toContain(user.password)
  const pair = btoa(`${user.username}:${user.password}`)
  expect(await scanForSecrets(bench.folder, { password: user.password, pair })).toEqual([])
  value(bench.app.network.removeLogin({ proxy: name }))
  expect(await send()).toMatchObject({ errorCode: 'proxy_credentials' })
})

it('says nothing of it where the proxy was set by hand: its password is beside it', async () => {
  bench = await openWorkbench({ playground: { issuer: '', apiBase: '', users: [] } })
  const proxy = await startProxy({ credentials: user })
  onTestFinished(() => proxy.close())
  value(
    bench.app.network.save({
      proxy: { kind: 'by-hand', address: `127.0.0.1:${proxy.port}`, loopback: true },
    }),
  )
  const draft = {
    method: 'GET',
    url: 'http://127.0.0.1:9/',
    query: [],
    headers: [],
    body: { kind: 'none' },
  } as const
  const view = value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { ...draft, query: [], headers: [], accountId: null },
    }),
  )
  expect(view.errorCode).toBe('proxy_credentials')
  expect(view.remedies).toBeUndefined()
})
