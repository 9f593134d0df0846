import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CookieView } from '@contract/network/cookies'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

// Cookies, rules of servers and passwords for proxies: parts of a sealed document, which go through the bin like all else.
let bench: Workbench
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codeOf = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const cookie = (name: string, text: string) => ({
  accountId: null,
  name,
  value: text,
  domain: 'api.example',
  path: '/',
  below: false,
  secure: false,
  httpOnly: false,
})
const place = (name: string) => ({ accountId: null, name, domain: 'api.example', path: '/' })
const cookies = async (): Promise<CookieView[]> =>
  value(await bench.app.cookies.list()).jars.flatMap((jar) => jar.cookies)
const names = async () => (await cookies()).map(({ name }) => name).sort()
const textOf = async (name: string) => value(await bench.app.cookies.reveal(place(name))).value
const restoreNewest = () => value(bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' }))
const back = (): Promise<void> => bench.app.cookies.takeBack()

describe('a cookie', () => {
  it('goes into the bin and comes back with its value', async () => {
    value(await bench.app.cookies.save(cookie('sid', 'marked-cookie-1')))
    value(await bench.app.cookies.save(cookie('other', 'marked-cookie-2')))
    value(await bench.app.cookies.remove(place('sid')))
    expect(await names()).toEqual(['other'])
    expect(value(bench.app.bin.list())).toMatchObject([
      { kind: 'cookie', name: 'sid', detail: 'api.example' },
    ])
    restoreNewest()
    await back()
    expect(await names()).toEqual(['other', 'sid'])
    expect(await textOf('sid')).toBe('marked-cookie-1')
    expect(value(bench.app.bin.list())).toEqual([])
  })

  it('stays as it is where a newer one came meanwhile', async () => {
    value(await bench.app.cookies.save(cookie('sid', 'old')))
    value(await bench.app.cookies.remove(place('sid')))
    value(await bench.app.cookies.save(cookie('sid', 'new')))
    restoreNewest()
    await back()
    expect(await textOf('sid')).toBe('new')
    expect(await names()).toEqual(['sid'])
  })

  it('comes back with all the others where all were removed', async () => {
    for (const name of ['a', 'b', 'c']) value(await bench.app.cookies.save(cookie(name, `value-${name}`)))
    value(await bench.app.cookies.clear({ accountId: null }))
    expect(await names()).toEqual([])
    expect(value(bench.app.bin.list())).toMatchObject([{ kind: 'cookie', name: '3 cookies' }])
    value(await bench.app.cookies.save(cookie('d', 'value-d')))
    restoreNewest()
    await back()
    expect(await names()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('comes back into the environment that it is of', async () => {
    value(await bench.app.cookies.save(cookie('sid', 'here')))
    value(await bench.app.cookies.remove(place('sid')))
    const first = value(bench.app.first.environments()).find(({ current }) => current)
    const staging = value(bench.app.environments.create({ name: 'staging' }))
    value(bench.app.environments.use({ id: staging.id }))
    restoreNewest()
    await back()
    expect(await names()).toEqual([])
    value(bench.app.environments.use({ id: first?.id ?? '' }))
    expect(await textOf('sid')).toBe('here')
  })

  it('is gone from the bin after an hour', async () => {
    value(await bench.app.cookies.save(cookie('sid', 'x')))
    value(await bench.app.cookies.remove(place('sid')))
    const [entry] = value(bench.app.bin.list())
    expect((entry?.goesAt ?? 0) - (entry?.deletedAt ?? 0)).toBe(60 * 60 * 1000)
  })

  it('puts nothing into the bin where there was none', async () => {
    value(await bench.app.cookies.save(cookie('sid', 'x')))
    value(await bench.app.cookies.remove(place('unknown')))
    expect(bench.deleted).toEqual([])
  })
})

describe('the rule of a server', () => {
  const rule = (host: string, address: string) =>
    bench.app.network.saveHost({ host, address, unchecked: false })
  const rules = () => value(bench.app.network.read()).settings.hosts ?? []

  it('goes into the bin and comes back', async () => {
    value(await rule('api.example', '10.0.0.1'))
    value(await rule('other.example', '10.0.0.2'))
    value(bench.app.network.removeHost({ host: 'api.example' }))
    expect(rules().map(({ host }) => host)).toEqual(['other.example'])
    expect(value(bench.app.bin.list())).toMatchObject([
      { kind: 'server', name: 'api.example', detail: '10.0.0.1' },
    ])
    restoreNewest()
    expect(rules()).toMatchObject([
      { host: 'other.example', address: '10.0.0.2' },
      { host: 'api.example', address: '10.0.0.1' },
    ])
    expect(value(bench.app.bin.list())).toEqual([])
  })

  it('changes places with one that was made for the same server meanwhile', async () => {
    value(await rule('api.example', '10.0.0.1'))
    value(bench.app.network.removeHost({ host: 'api.example' }))
    value(await rule('api.example', '10.0.0.9'))
    restoreNewest()
    expect(rules()).toMatchObject([{ host: 'api.example', address: '10.0.0.1' }])
    expect(value(bench.app.bin.list())).toMatchObject([{ kind: 'server', detail: '10.0.0.9' }])
  })

  it('says when it is no longer in the bin', async () => {
    value(await rule('api.example', '10.0.0.1'))
    value(bench.app.network.removeHost({ host: 'api.example' }))
    value(bench.app.bin.empty())
    expect(codeOf(bench.app.bin.restore({ id: bench.deleted[0]?.id ?? '' }))).toBe('bin_unknown')
  })
})

describe('the password for a proxy', () => {
  const save = (password: string, username = 'ann') =>
    bench.app.network.saveLogin({ proxy: 'http://proxy.example:3128', username, password })
  const proxy = 'http://proxy.example:3128'
  const logins = () => value(bench.app.network.read()).settings.logins ?? []
  /** What requests would show the proxy. */
  const sealed = () => scanForSecrets(bench.folder, { first: 'marked-proxy-1', second: 'marked-proxy-2' })

  it('goes into the bin and comes back, sealed all the while', async () => {
    value(save('marked-proxy-1'))
    expect(logins()).toMatchObject([{ username: 'ann' }])
    const kept = logins()[0]?.proxy ?? ''
    value(bench.app.network.removeLogin({ proxy: kept }))
    expect(logins()).toEqual([])
    const [entry] = value(bench.app.bin.list())
    expect(entry).toMatchObject({ kind: 'login', name: kept, detail: 'ann' })
    expect((entry?.goesAt ?? 0) - (entry?.deletedAt ?? 0)).toBe(60 * 60 * 1000)
    expect(await sealed()).toEqual([])
    restoreNewest()
    expect(logins()).toEqual([{ proxy: kept, username: 'ann' }])
    expect(value(bench.app.bin.list())).toEqual([])
    expect(await sealed()).toEqual([])
  })

  it('changes places with one that was entered for the same proxy meanwhile', () => {
    value(save('marked-proxy-1'))
    value(bench.app.network.removeLogin({ proxy: logins()[0]?.proxy ?? '' }))
    value(save('marked-proxy-2', 'bob'))
    restoreNewest()
    expect(logins()).toMatchObject([{ username: 'ann' }])
    expect(value(bench.app.bin.list())).toMatchObject([{ kind: 'login', detail: 'bob' }])
  })

  it('puts nothing into the bin where there was none', () => {
    value(bench.app.network.removeLogin({ proxy }))
    expect(bench.deleted).toEqual([])
  })
})

describe('what was in memory only', () => {
  it('is said to be gone once the program has ended', async () => {
    await bench.close()
    bench = await openWorkbench({ keyring: 'none' })
    value(await bench.app.cookies.save(cookie('sid', 'marked-cookie-1')))
    value(await bench.app.cookies.remove(place('sid')))
    value(await bench.app.network.saveHost({ host: 'api.example', unchecked: true }))
    value(bench.app.network.removeHost({ host: 'api.example' }))
    value(bench.app.network.saveLogin({ proxy: 'http://p.example:1', username: 'ann', password: 'marked' }))
    const [login] = value(bench.app.network.read()).settings.logins ?? []
    value(bench.app.network.removeLogin({ proxy: login?.proxy ?? '' }))
    await bench.restart()
    for (const { id } of value(bench.app.bin.list()))
      expect(codeOf(bench.app.bin.restore({ id }))).toBe('bin_lost')
    expect(value(bench.app.bin.list())).toEqual([])
    expect(value(bench.app.network.read()).settings.hosts).toEqual([])
  })
})
