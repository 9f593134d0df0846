import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { scanForSecrets } from '../../support/scan.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

// What a server says in an error can be a secret though nothing tells: the words of a flow are sealed.

const said = 'marked-words-of-an-error-4711'
const benches: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close()
})

const failedSignIn = async ({ odd, connect, signIn }: OddBench): Promise<void> => {
  odd.answers['/token'] = () => ({ status: 400, body: { error: 'invalid_grant', error_description: said } })
  expect((await signIn(await connect())).ok).toBe(false)
}
const open = async (): Promise<OddBench> => {
  const world = await openOddBench()
  benches.push(world)
  return world
}
const failed = (bench: Workbench) =>
  value(bench.app.flows.list({ limit: 50 })).find(({ kind }) => kind === 'sign-in')
const files = (bench: Workbench) => scanForSecrets(bench.folder, { said })
/** As an earlier version left them. */
const inPlain = (bench: Workbench): void => {
  const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
  const flow = JSON.stringify([
    { kind: 'browser', at: 1, url: `https://id.example/?x=${said}`, opened: true },
  ])
  db.prepare(
    `UPDATE flows SET steps = ?, failure = '{"code":"old","message":"${said}"}', sealed_steps = NULL, sealed_failure = NULL
     WHERE kind = 'sign-in'`,
  ).run(flow)
  db.close()
}

it('are shown, and are in no file', async () => {
  const world = await open()
  await failedSignIn(world)
  const { app } = world.bench
  const id = failed(world.bench)?.id ?? ''
  expect(JSON.stringify(value(app.flows.get(id)))).toContain(said)
  value(await app.backups.make())
  expect(await files(world.bench)).toEqual([])
})

it('open after a restart, a change of the key, a password and a stay in the bin', async () => {
  const world = await open()
  const { bench } = world
  await failedSignIn(world)
  const id = failed(bench)?.id ?? ''
  await bench.restart()
  value(await bench.app.sessions.rotate({}))
  value(await bench.app.sessions.guard({ guard: 'password', newPassword: 'words of a password' }))
  value(bench.app.flows.remove({ id }))
  expect(failed(bench)).toBeUndefined()
  const [entry] = value(bench.app.bin.list())
  value(bench.app.bin.restore({ id: entry?.id ?? '' }))
  expect(JSON.stringify(value(bench.app.flows.get(id)))).toContain(said)
  expect(await files(bench)).toEqual([])
})

it('of an earlier version are sealed once their user is in', async () => {
  const world = await open()
  const { bench } = world
  await failedSignIn(world)
  const id = failed(bench)?.id ?? ''
  inPlain(bench)
  expect(JSON.stringify(value(bench.app.flows.get(id)))).toContain(said)
  await bench.restart()
  await expect.poll(() => files(bench)).toEqual([])
  expect(value(bench.app.flows.get(id)).failure?.code).toBe('old')
  expect(JSON.stringify(value(bench.app.flows.get(id)))).toContain(said)
})

it('stay in memory where nothing protects the vault, and are gone after a restart', async () => {
  const bench = await openWorkbench({ keyring: 'none' })
  benches.push(bench)
  await bench.app.connections.discover({ issuer: 'http://127.0.0.1:9', allowInsecure: false })
  const [flow] = value(bench.app.flows.list({ limit: 10 }))
  expect(value(bench.app.flows.get(flow?.id ?? '')).id).toBe(flow?.id)
  await bench.restart()
  await expect.poll(() => value(bench.app.flows.list({ limit: 10 }))).toEqual([])
})
