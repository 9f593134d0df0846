import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const opened: Workbench[] = []
afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close()
})
const open = async (): Promise<Workbench> => {
  const bench = await openWorkbench({ playground: { issuer: '', apiBase: '', users: [] } })
  opened.push(bench)
  return bench
}
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const password = 'a password of the file'
const file = (name: string) =>
  readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url)).toString()
const proxy = { kind: 'by-hand', address: 'proxy.example:3128', username: 'clerk' } as const
const sid = { accountId: null, domain: 'api.example', path: '/', name: 'sid' }

const filled = async (): Promise<Workbench> => {
  const bench = await open()
  const { network, cookies } = bench.app
  value(network.save({ proxy, proxyPassword: 'the-proxy-password-771' }))
  const certificate = { kind: 'pem', certificate: file('client.crt'), key: file('client.key') } as const
  value(await network.saveHost({ host: 'mtls.example', unchecked: true, certificate }))
  value(await network.saveHost({ host: 'unchecked.example', unchecked: true }))
  value(await network.saveHost({ host: 'here.example', unchecked: false, address: '127.0.0.1' }))
  value(await network.saveHost({ host: 'there.example', unchecked: false, address: '192.0.2.7' }))
  value(network.saveManner({ totalSeconds: 77 }))
  const cookie = { ...sid, below: false, secure: true, httpOnly: true }
  value(await cookies.save({ ...cookie, value: 'the-cookie-4711' }))
  value(await bench.app.vaultFile.export({ password }))
  return bench
}
const bring = async (from: Workbench, to: Workbench): Promise<void> => {
  to.exported = from.exported
  value(await to.app.vaultFile.choose())
  value(await to.app.vaultFile.import({ password }))
}

it('takes cookies and network settings along, sealed, but nothing that weakens TLS or leads names here', async () => {
  const from = await filled()
  const text = Buffer.from(from.exported?.bytes ?? []).toString('latin1')
  for (const secret of ['the-proxy-password-771', 'the-cookie-4711']) expect(text).not.toContain(secret)
  const to = await open()
  await bring(from, to)
  const { settings, hasProxyPassword, trouble } = value(to.app.network.read())
  expect({ trouble, hasProxyPassword }).toEqual({ trouble: undefined, hasProxyPassword: true })
  expect(settings).toMatchObject({ proxy, manner: { totalSeconds: 77 } })
  expect(settings.hosts).toMatchObject([
    { host: 'mtls.example', certificate: { subject: 'CN=gatehouse-test-client' } },
    { host: 'there.example', address: '192.0.2.7' },
  ])
  expect(JSON.stringify(settings)).not.toContain('unchecked')
  expect(value(await to.app.network.way({ url: 'https://mtls.example' }))).toMatchObject({
    certificate: 'CN=gatehouse-test-client',
  })
  expect(value(await to.app.cookies.reveal(sid))).toEqual({ value: 'the-cookie-4711' })
  await to.restart()
  expect(value(to.app.network.read())).toMatchObject({ hasProxyPassword: true })
})

it('leaves settings and cookies that are here as they are', async () => {
  const from = await filled()
  const to = await open()
  value(to.app.network.save({ proxy: { kind: 'none' } }))
  const cookie = { ...sid, below: false, secure: true, httpOnly: true }
  value(await to.app.cookies.save({ ...cookie, value: 'newer' }))
  await bring(from, to)
  expect(value(to.app.network.read()).settings).toMatchObject({ proxy: { kind: 'none' } })
  expect(value(await to.app.cookies.reveal(sid))).toEqual({ value: 'newer' })
})
