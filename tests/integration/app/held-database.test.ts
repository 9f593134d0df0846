import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import type { Fetch } from '../../../src/core/oauth/wire/fetch.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { openHistory } from '../../../src/node/sqlite/history/open-history.ts'
import { openUpdated } from '../../../src/node/sqlite/start/update.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

// Another program holds the database, as a viewer does in which someone has begun to change something.

let bench: Workbench | undefined
let other: Database | undefined
afterEach(async () => {
  letGo()
  await bench?.close()
  bench = undefined
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const hold = (folder: string, how = 'BEGIN IMMEDIATE') => {
  other = new SqliteDatabase(join(folder, 'gatehouse.db'))
  if (how === 'BEGIN EXCLUSIVE') other.pragma('locking_mode = EXCLUSIVE')
  other.exec(how)
}
const letGo = () => {
  other?.close()
  other = undefined
}

/** Holds the database from the moment in which a token endpoint answers, until someone has waited for it twice. */
const benchThatIsHeld = async (
  isHeldBy = (_url: string, body: string | undefined) => body?.includes('grant_type=') === true,
) => {
  let waits = 0
  let holds = 0
  const fetch: Fetch = async (url, options) => {
    const answer = await real(url, options)
    if (isHeldBy(url, options?.body?.toString())) {
      hold(opened.folder)
      holds += 1
      waits = 0
    }
    return answer
  }
  const wait = () => {
    waits += 1
    if (waits === 2) letGo()
    return Promise.resolve()
  }
  const opened = await openWorkbench({ overrides: { net: { fetch }, time: { wait } } })
  const real = createOauthFetch({ now: () => opened.clock.now() })
  bench = opened
  return { ...opened, app: opened.app, holds: () => holds }
}

it('stores what came of a sign-in and of a refresh when it is let go', async () => {
  const { app, clock, opened, holds } = await benchThatIsHeld()
  const connectionId = await connectPlayground(bench as Workbench)
  value(await app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const { accountId } = value(await app.signIn.receive(redirect))
  expect(holds()).toBe(1)
  const refresh = () => value(app.tokens.reveal({ accountId, kind: 'refresh' })).text
  const before = refresh()
  clock.forward(115_000)
  value(await app.accounts.refresh(accountId))
  expect(holds()).toBe(2)
  expect(refresh()).not.toBe(before)
  expect(value(await app.accounts.get(accountId))).toMatchObject({ refreshCount: 1 })
})

it('saves a connection when it is let go, and as one', async () => {
  const { app, holds } = await benchThatIsHeld((url) => url.includes('/.well-known/'))
  const draft = {
    name: 'Held',
    provider: { issuer: (bench as Workbench).playground.issuer },
    clientId: 'desk-app',
    clientAuthentication: 'client_secret_basic',
    clientSecret: 'a secret',
    scope: 'openid',
    redirectKind: 'custom-scheme',
    allowInsecure: false,
  } as const
  const made = value(await app.connections.save(draft))
  expect(holds()).toBe(1)
  expect(value(app.first.connections())).toMatchObject([{ id: made.id, hasClientSecret: true }])
})

it('keeps what came of a registration, its token too', async () => {
  const { app, folder, holds } = await benchThatIsHeld((_, body) => body?.includes('redirect_uris') === true)
  const { issuer } = (bench as Workbench).playground
  const { connection, notes } = value(
    await app.registerClient.register({
      name: 'Registered',
      issuer,
      allowInsecure: false,
      scope: 'openid',
      redirectKind: 'custom-scheme',
      clientAuthentication: 'none',
    }),
  )
  expect(holds()).toBe(1)
  expect(notes.join()).not.toContain('not kept')
  const stored = new SqliteDatabase(join(folder, 'gatehouse.db'), { readonly: true })
  expect(stored.prepare('SELECT id FROM registrations').pluck().all()).toEqual([connection.id])
  stored.close()
})

it('keeps the cookies that a server sets meanwhile', async () => {
  let waits = 0
  const wait = async (): Promise<void> => {
    waits += 1
    if (waits === 2) letGo()
  }
  const opened = (bench = await openWorkbench({ overrides: { time: { wait } } }))
  const server = createServer((_request, response) => {
    hold(opened.folder)
    response.setHeader('set-cookie', 'sid=once; Path=/').end('ok')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const view = value(
    await opened.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId: null },
    }),
  )
  expect(waits).toBe(2)
  expect(JSON.stringify(view)).not.toContain('Cookies were not used')
  const place = { accountId: null, domain: '127.0.0.1', path: '/', name: 'sid' }
  expect(value(await opened.app.cookies.reveal(place))).toEqual({ value: 'once' })
})

it('says so where the token of a registration could not be kept, and keeps the connection', async () => {
  const save = () => {
    throw Object.assign(new Error('held'), {
      failure: { code: 'database_locked', message: 'Another program is using it.' },
    })
  }
  bench = await openWorkbench({ overrides: { stores: { registrations: { save } as never } } })
  const { connection, notes } = value(
    await bench.app.registerClient.register({
      name: 'Registered',
      issuer: bench.playground.issuer,
      allowInsecure: false,
      scope: 'openid',
      redirectKind: 'custom-scheme',
      clientAuthentication: 'none',
    }),
  )
  expect(notes.at(-1)).toContain('was not kept: Another program is using it.')
  expect(value(bench.app.first.connections())).toMatchObject([{ id: connection.id }])
})

it('reads all the same, and refuses a change with its reason', async () => {
  const { app, folder } = (bench = await openWorkbench())
  hold(folder)
  expect(value(app.first.environments())).toHaveLength(1)
  expect(() => app.environments.create({ name: 'held' })).toThrow('Another program is using')
  letGo()
  value(app.environments.create({ name: 'free' }))
})

it('starts when it is let go, and gives others their turns until then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-held-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  value(await openUpdated(join(folder, 'gatehouse.db'), heavyWork)).close()
  hold(folder, 'BEGIN EXCLUSIVE')
  let turns = 0
  const opening = openUpdated(join(folder, 'gatehouse.db'), heavyWork)
  const turn = setInterval(() => {
    turns += 1
    if (turns === 3) letGo()
  }, 1)
  const db = value(await opening)
  clearInterval(turn)
  expect(turns).toBeGreaterThanOrEqual(3)
  const { db: history, trouble } = await openHistory(db, 1)
  expect(trouble).toBeUndefined()
  history.close()
  db.close()
})
