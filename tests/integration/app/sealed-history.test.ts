import { randomBytes, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { createCopies } from '../../../src/node/sqlite/copies.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../support/workbench.ts'

const canary = 'canary-5be07c'
const password = 'correct horse battery'
let bench: Workbench
let server: Server
let origin: string

const begin = async (options: WorkbenchOptions = {}) => {
  bench = await openWorkbench({ playground: { issuer: '', apiBase: '', users: [] }, ...options })
}
beforeEach(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain')
    response.setHeader('X-Request-Note', `${canary} header`)
    const long = request.url?.startsWith('/long') === true
    response.end(`${canary} answer ${long ? 'x'.repeat(3_000_000) : ''}`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  await bench.close()
  server.closeAllConnections()
  server.close()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const send = async (path: string) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'POST',
        url: `${origin}${path}?note=${canary}`,
        query: [],
        headers: [{ name: 'X-Note', value: `${canary} sent`, enabled: true }],
        body: { kind: 'json', text: `{"note":"${canary}"}` },
        accountId: null,
      },
    }),
  )
const list = () => value(bench.app.history.list({ limit: 100 }))
const userId = () => value(bench.app.sessions.state()).user.id

/** Files of the profile that hold the canary, as it is or in an encoding of it. */
const leaks = (): string[] => {
  const spellings = [
    canary,
    encodeURIComponent(canary),
    Buffer.from(canary).toString('hex'),
    ...[0, 1, 2].map((skip) => Buffer.from(canary.slice(skip)).toString('base64url').slice(0, -2)),
  ]
  return readdirSync(bench.folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(bench.folder, name)
    if (!statSync(path).isFile()) return false
    const bytes = readFileSync(path)
    return spellings.some((each) => bytes.includes(each))
  })
}

/** History as versions before stored it, with copies of the database that hold it. */
const storePlain = async (count: number, bodySize: number) => {
  const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
  const view = (id: string, number: number) =>
    JSON.stringify({
      version: 1,
      id,
      at: number,
      method: 'GET',
      url: `https://api.example/${canary}`,
      sent: { headers: [['x-note', canary]], bodySize: 0 },
      response: {
        status: 200,
        statusText: 'OK',
        headers: [],
        contentType: 'text/plain',
        bodySize,
        truncated: false,
        firstText: `${canary} first`,
      },
    })
  const add = db.prepare(`
    INSERT INTO exchanges (id, user_id, at, method, url, account_name, status, body_size, view)
    VALUES (?, ?, ?, 'GET', ?, ?, 200, ?, ?)`)
  const addPiece = db.prepare('INSERT INTO exchange_body_pieces VALUES (?, ?, ?)')
  for (let number = 1; number <= count; number += 1) {
    const id = `plain-${number}`
    add.run(id, userId(), number, `https://api.example/${canary}`, canary, bodySize, view(id, number))
    addPiece.run(id, 0, Buffer.alloc(bodySize, `${canary} body `))
  }
  value(await createCopies(db, heavyWork).make(5))
  copyFileSync(join(bench.folder, 'backups', 'backup-5.db'), `${db.name}.before-format-530`)
  db.close()
}

it('leaves nothing that can be read in any file of the profile, over a whole session', async () => {
  await begin()
  await send('/short')
  await send('/long')
  await bench.app.settle()
  value(await bench.app.backups.make())
  expect(leaks()).toEqual([])
  const [last] = list()
  expect(value(bench.app.history.get({ id: last?.id ?? '' })).response?.firstText).toContain(
    `${canary} answer`,
  )
  value(bench.app.history.remove({ id: last?.id ?? '' }))
  value(bench.app.history.clear())
  value(await bench.app.backups.make())
  expect(leaks()).toEqual([])
  await bench.restart()
  expect(leaks()).toEqual([])
  expect(value(bench.app.bin.list()).map(({ kind }) => kind)).toEqual(['history', 'exchange'])
})

it('seals what an earlier version stored, at the first unlock, and takes it out of the copies', async () => {
  await begin()
  value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
  await storePlain(30, 60_000)
  expect(new Set(leaks().filter((name) => name.endsWith('.db') || name.endsWith('-530')))).toEqual(
    new Set(['backups/backup-5.db', 'gatehouse.db', 'gatehouse.db.before-format-530']),
  )
  await bench.restart()
  expect(bench.app.sessions.isLocked()).toBe(true)
  value(await bench.app.sessions.unlock({ userId: userId(), password }))
  await vi.waitFor(() => expect(leaks()).toEqual([]), { timeout: 10_000 })
  expect(list()).toHaveLength(30)
  const view = value(bench.app.history.get({ id: 'plain-7' }))
  expect([view.url, view.response?.firstText?.slice(0, canary.length)]).toEqual([
    `https://api.example/${canary}`,
    canary,
  ])
  expect(value(bench.app.history.body({ id: 'plain-7', offset: 59_000, length: 5_000 })).total).toBe(60_000)
  await bench.restart()
  expect(leaks()).toEqual([])
  expect(bench.damages).toEqual([])
})

it('is locked with the vault, also what was sent just before', async () => {
  await begin()
  value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
  await send('/short')
  const { id } = await send('/long')
  await bench.app.sessions.lock('by-hand')
  for (const ask of [
    () => list(),
    () => bench.app.history.get({ id }),
    () => bench.app.history.body({ id, offset: 0, length: 10 }),
    () => bench.app.bin.list(),
  ])
    expect(ask).toThrow('Gatehouse is locked')
  expect(leaks()).toEqual([])
  value(await bench.app.sessions.unlock({ userId: userId(), password }))
  expect(list()).toHaveLength(2)
  expect(value(bench.app.history.body({ id, offset: 0, length: 10 })).total).toBeGreaterThan(3_000_000)
})

it('goes with the program where no key outlives it', async () => {
  await begin({ keyring: 'none' })
  await send('/short')
  await send('/long')
  expect(list()).toHaveLength(2)
  expect(leaks()).toEqual([])
  await bench.restart()
  expect(list()).toEqual([])
  expect(leaks()).toEqual([])
})

it('is cleared, and comes back for an hour', async () => {
  await begin()
  await send('/short')
  const before = list()
  value(bench.app.history.clear())
  expect(list()).toEqual([])
  const [entry] = value(bench.app.bin.list())
  expect((entry?.goesAt ?? 0) - (entry?.deletedAt ?? 0)).toBe(60 * 60_000)
  await send('/short')
  value(bench.app.bin.restore({ id: entry?.id ?? '' }))
  expect(list().slice(1)).toEqual(before)
  value(bench.app.history.clear())
  bench.clock.forward(60 * 60_000 + 1)
  expect(value(bench.app.bin.list())).toEqual([])
  expect(bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' })).toMatchObject({
    ok: false,
    error: { code: 'bin_unknown' },
  })
})

it('takes no harm from a user who is deleted while a long answer waits to be written', async () => {
  await begin()
  const other = value(await bench.app.sessions.createUser({ username: 'other' }))
  const mine = userId()
  value(await bench.app.sessions.unlock({ userId: other.id }))
  await send('/long')
  value(await bench.app.sessions.removeUser({ id: other.id, username: 'other' }))
  expect(userId()).toBe(mine)
  for (const { then } of bench.timers.filter(({ milliseconds }) => milliseconds === 250)) then()
  expect(list()).toEqual([])
  const history = new SqliteDatabase(join(bench.folder, 'history.db'), { readonly: true })
  expect(history.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
  history.close()
})

it('says so where its file is gone or damaged, or the database is another one, and goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const keyringKey = randomBytes(32)
  const file = join(folder, 'history.db')
  const codesAfter = async (harm: () => void) => {
    await bench.close()
    harm()
    await begin({ folder, keyringKey })
    await send('/short')
    expect(list()).toHaveLength(1)
    return bench.damages.map(({ code }) => code)
  }
  await begin({ folder, keyringKey })
  await send('/short')
  expect(await codesAfter(() => rmSync(file))).toEqual(['history_missing'])
  expect(await codesAfter(() => writeFileSync(file, 'no database '.repeat(1_000)))).toEqual([
    'history_damaged',
  ])
  expect(await codesAfter(() => rmSync(join(folder, 'gatehouse.db')))).toContain('database_rolled_back')
  const both = () => ['gatehouse.db', 'gatehouse.db.generation'].forEach((name) => rmSync(join(folder, name)))
  expect(await codesAfter(both)).toEqual(['database_new'])
})
