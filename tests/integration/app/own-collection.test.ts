import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionView } from '../../../src/core/contract/collections.ts'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { fail, type Result } from '../../../src/core/contract/result.ts'
import { draftDocument } from '../../../src/core/records/documents/request-draft.ts'
import { createCollectionDisk } from '../../../src/node/collections/collection-disk.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
/** Where in the folder a write fails from now on. */
let failAt: ((path: string) => boolean) | undefined
const secret = 'a-secret-that-no-file-may-hold-4711'

beforeEach(async () => {
  failAt = undefined
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const draft: RequestDraft = {
  method: 'POST',
  url: 'http://127.0.0.1:1/orders?page=2',
  query: [{ name: 'size', value: '5', enabled: false }],
  headers: [
    { name: 'Accept', value: 'application/json', enabled: true },
    { name: 'Authorization', value: `Bearer ${secret}`, enabled: true },
  ],
  body: { kind: 'json', text: '{"a": 1}' },
  checks: [],
  accountId: null,
}
/** An account's identifier. */
const accountOf = (letter: string): string => `00000000-0000-4000-8000-00000000000${letter.toLowerCase()}`
const userId = (): string => bench.app.sessions.current().user.id
/** A request as earlier versions kept it. */
function before(id: string, name: string, part: Partial<RequestDraft> = {}): void {
  const { checks: _checks, ...rest } = { ...draft, ...part }
  bench.requests().save({ id, userId: userId(), name, draft: draftDocument.write(rest), updatedAt: 1 })
}
async function own(): Promise<CollectionView> {
  await bench.app.own.settle()
  const [first] = value(await bench.app.collections.list())
  if (!first) throw new Error('no collection')
  await bench.app.collections.refresh({ id: first.id })
  return value(await bench.app.collections.list())[0] ?? first
}
const folder = async (): Promise<string> => (await own()).folder
const names = async (): Promise<string[]> => (await own()).items.map(({ name }) => name)
const left = () => bench.requests().list(userId())
async function read(path: string) {
  return value(await bench.app.collections.read({ collectionId: (await own()).id, path }))
}

/** A disk on which a write fails where that is wanted, or ends the run by throwing. */
function withFault(at: (path: string) => boolean | undefined): ReturnType<typeof createCollectionDisk> {
  const disk = createCollectionDisk()
  return {
    ...disk,
    write: async (root, path, text, expected) =>
      at(path) === true
        ? fail('collection_write_failed', 'The disk is full.')
        : disk.write(root, path, text, expected),
  }
}

describe('the profile’s own collection', () => {
  it('is there from the start, is listed first, and stays', async () => {
    const view = await own()
    expect(view).toMatchObject({ name: 'My requests', own: { left: [] }, items: [] })
    expect(view.folder.startsWith(bench.folder)).toBe(true)
    if (process.platform !== 'win32') expect(statSync(view.folder).mode & 0o077).toBe(0)
    value(bench.app.collections.close({ id: view.id }))
    await bench.restart()
    expect((await own()).id).toBe(view.id)
  })

  it('is another for each user, and goes with its user', async () => {
    const first = await folder()
    value(
      await bench.app.collectionItems.createRequest({
        collectionId: (await own()).id,
        folder: '',
        name: 'Mine',
        draft,
      }),
    )
    const made = value(await bench.app.sessions.createUser({ username: 'second' }))
    value(await bench.app.sessions.unlock({ userId: made.id }))
    expect(await names()).toEqual([])
    const second = await folder()
    expect(second).not.toBe(first)
    value(await bench.app.sessions.removeUser({ id: made.id, username: 'second' }))
    expect(existsSync(second)).toBe(false)
    expect(await names()).toEqual(['Mine'])
  })
})

it('tells the files of requests that were in the database, by what named them there', async () => {
  const [one, two, none] = ['a', 'b', 'c'].map(accountOf) as [string, string, string]
  before(one, 'One', { method: 'PUT' })
  before(two, 'Two')
  // A run that begins with them, as after an update.
  await bench.restart()
  const found = value(await bench.app.ofSaved({ ids: [two, none, one] }))
  const collectionId = (await own()).id
  expect(found.map(({ id, request }) => [id, request.path])).toEqual([
    [two, 'Two.yml'],
    [one, 'One.yml'],
  ])
  expect(found[1]?.request).toMatchObject({
    collectionId,
    name: 'One',
    draft: { method: 'PUT', headers: draft.headers },
  })
  value(await bench.app.collectionItems.remove({ collectionId, paths: ['Two.yml'] }))
  expect(value(await bench.app.ofSaved({ ids: [two] }))).toEqual([])
})

it('knows the last response to a request, also from before it was saved', async () => {
  const server = createServer((_request, response) => response.writeHead(403).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/refused`
    const mine: RequestDraft = { ...draft, url, query: [], headers: [] }
    const { send } = bench.app.inScope
    const sent = value(await send({ sendId: randomUUID(), draft: mine }))
    const { id: collectionId } = await own()
    const saved = value(
      await bench.app.collectionItems.createRequest({
        ...{ collectionId, folder: '', name: 'Refused', draft: mine },
        exchangeId: sent.id,
      }),
    )
    const status = [{ collectionId, path: saved.path, status: 403 }]
    expect(value(bench.app.lastStatuses())).toEqual(status)
    expect(value(bench.app.history.get({ id: sent.id })).requestId).toBeDefined()
    bench.app.history.clear()
    expect(value(bench.app.lastStatuses())).toEqual([])
    value(await send({ sendId: randomUUID(), draft: saved.draft, file: { collectionId, path: saved.path } }))
    await bench.restart()
    expect(value(bench.app.lastStatuses())).toEqual(status)
  } finally {
    server.close()
  }
})

describe('requests of earlier versions', () => {
  it('become files, with their account and secret values in the vault', async () => {
    before('one', 'Orders', { accountId: accountOf('A') })
    const sort = { name: 'sort', value: 'up', enabled: true }
    before('two', 'Orders', { method: 'GET', body: { kind: 'none' }, query: [sort] })
    await bench.restart()
    expect((await own()).items).toEqual([
      { path: 'Orders 2.yml', kind: 'http', name: 'Orders', method: 'GET' },
      { path: 'Orders.yml', kind: 'http', name: 'Orders', method: 'POST' },
    ])
    expect(left()).toEqual([])
    const { draft: now, secrets } = await read('Orders.yml')
    const { checks: _checks, ...rest } = draft
    // Parameters are one thing with the address, as Bruno writes them; where those stand that are off is not told by it.
    const query = expect.arrayContaining([
      { name: 'page', value: '2', enabled: true },
      ...draft.query,
    ]) as unknown
    const url = 'http://127.0.0.1:1/orders'
    expect(now).toEqual({ ...rest, url, query, accountId: accountOf('A') })
    expect(secrets).toBe('vault')
    expect((await read('Orders 2.yml')).draft.query).toEqual([
      { name: 'page', value: '2', enabled: true },
      sort,
    ])
    const text = readFileSync(join(await folder(), 'Orders.yml'), 'utf8')
    expect(text).not.toContain(accountOf('A'))
    expect(await scanForSecrets(await folder(), { secret })).toEqual([])
    // Nothing comes twice.
    await bench.restart()
    expect(await names()).toHaveLength(2)
  })

  it('stay where they are when they cannot be read, are said, and can be deleted and restored', async () => {
    before('good', 'Good')
    bench.requests().save({ id: 'bad', userId: userId(), name: 'Bad', draft: '{"method":7}', updatedAt: 1 })
    await bench.restart()
    const view = await own()
    expect(view.items.map(({ name }) => name)).toEqual(['Good'])
    expect(view.own?.left).toMatchObject([{ id: 'bad', name: 'Bad' }])
    value(bench.app.own.removeLeft({ id: 'bad' }))
    expect((await own()).own?.left).toEqual([])
    const [entry] = value(bench.app.bin.list())
    expect(entry).toMatchObject({ kind: 'request', name: 'Bad' })
    value(bench.app.bin.restore({ id: entry?.id ?? '' }))
    expect((await own()).own?.left).toMatchObject([{ id: 'bad' }])
  })

  it('come out of the bin as files', async () => {
    before('old', 'Old')
    bench.app.bin.discard({ kind: 'request', name: 'Old' }, ['old'])
    await bench.restart()
    expect(await names()).toEqual([])
    const [entry] = value(bench.app.bin.list())
    value(bench.app.bin.restore({ id: entry?.id ?? '' }))
    expect(await names()).toEqual(['Old'])
    expect(left()).toEqual([])
  })

  it('are all there, once each, wherever a run ends', async () => {
    await bench.close()
    for (const end of ['write', 'remove', 'after'] as const) {
      let armed = false
      bench = await openWorkbench({
        overrides: {
          files: {
            collections: withFault((path) => {
              if (!armed || end !== 'write' || path !== 'B.yml') return false
              throw new Error('the run ends here')
            }),
          },
        },
      })
      await own()
      for (const name of ['A', 'B', 'C']) before(name, name, { accountId: accountOf(name) })
      // The same twice over, but for who calls.
      before('D', 'A', { accountId: accountOf('D') })
      armed = true
      await bench.app.own.takeIn().catch(() => undefined)
      armed = false
      if (end === 'remove') before('C', 'C', { accountId: accountOf('C') })
      await bench.restart()
      expect((await names()).sort()).toEqual(['A', 'A', 'B', 'C'])
      expect(left()).toEqual([])
      const accounts = await Promise.all(
        (await own()).items.map(async ({ path }) => (await read(path)).draft.accountId),
      )
      expect(accounts.sort()).toEqual(['A', 'B', 'C', 'D'].map(accountOf))
      if (end !== 'after') await bench.close()
    }
  })

  it('wait where the folder cannot be written, and nothing is lost', async () => {
    await bench.close()
    bench = await openWorkbench({
      overrides: { files: { collections: withFault((path) => failAt?.(path)) } },
    })
    await own()
    before('one', 'One')
    failAt = () => true
    await bench.app.own.takeIn()
    expect((await own()).own?.left).toMatchObject([{ id: 'one', reason: expect.stringContaining('full') }])
    failAt = undefined
    await bench.app.own.takeIn()
    expect(await names()).toEqual(['One'])
    expect((await own()).own?.left).toEqual([])
  })
})

describe('a copy of the database', () => {
  it('brings the files back as they were, and keeps those that were there', async () => {
    const collectionId = (await own()).id
    const { createRequest, createFolder } = bench.app.collectionItems
    value(await createFolder({ collectionId, folder: '', name: 'Sub' }))
    value(await createRequest({ collectionId, folder: 'Sub', name: 'First', draft }))
    const { name } = value(await bench.app.backups.make())
    value(await createRequest({ collectionId, folder: '', name: 'Second', draft }))
    rmSync(join(await folder(), 'Sub'), { recursive: true })
    bench.clock.forward(1_000)
    const kept = value(await bench.app.backups.restore({ name })).kept
    expect(await names()).toEqual(['Sub', 'First'])
    expect((await read('Sub/First.yml')).draft.headers[1]?.value).toBe(`Bearer ${secret}`)
    // What the restore replaced is a copy as well.
    bench.clock.forward(1_000)
    value(await bench.app.backups.restore({ name: kept?.split(/[\\/]/).at(-1) ?? '' }))
    expect(await names()).toEqual(['Second'])
    expect(readdirSync(bench.folder).filter((each) => each.startsWith('collections.before-'))).toHaveLength(1)
  })

  it('is made again from what was noted when the folder is gone', async () => {
    const collectionId = (await own()).id
    value(await bench.app.collectionItems.createRequest({ collectionId, folder: '', name: 'Kept', draft }))
    await bench.app.own.noteFiles()
    const place = await folder()
    await bench.restart()
    rmSync(place, { recursive: true })
    expect(await names()).toEqual(['Kept'])
  })
})

describe('an export', () => {
  const password = 'a password of the file'
  it('has the files with their secrets, and an import writes over none', async () => {
    const collectionId = (await own()).id
    const { createRequest, createFolder } = bench.app.collectionItems
    value(await createFolder({ collectionId, folder: '', name: 'Sub' }))
    value(await createRequest({ collectionId, folder: 'Sub', name: 'First', draft }))
    value(await bench.app.vaultFile.export({ password }))
    const { exported } = bench
    await bench.close()
    bench = await openWorkbench()
    bench.exported = exported
    const place = await folder()
    mkdirSync(join(place, 'Sub'))
    writeFileSync(join(place, 'Sub', 'First.yml'), 'info:\n  name: Another\n  type: http\n')
    value(await bench.app.vaultFile.choose())
    expect(value(await bench.app.vaultFile.import({ password }))).toMatchObject({ requests: 1 })
    expect((await names()).sort()).toEqual(['Another', 'First', 'Sub'])
    expect((await read('Sub/First 2.yml')).draft.headers[1]?.value).toBe(`Bearer ${secret}`)
    value(await bench.app.vaultFile.choose())
    value(await bench.app.vaultFile.import({ password }))
    expect(await names()).toHaveLength(3)
  })

  it('has the secret values of its folders and environments, in the encrypted file alone', async () => {
    const collectionId = (await own()).id
    const { createFolder } = bench.app.collectionItems
    const secrets = { pin: 'vault-0nly-pin', password: 'f0lder-passw0rd', key: 'envir0nment-key' }
    value(await createFolder({ collectionId, folder: '', name: 'Sub' }))
    const place = { collectionId, path: 'Sub' }
    const { headers, version } = value(await bench.app.collectionDefaults.read(place))
    value(
      await bench.app.collectionDefaults.save({
        ...place,
        headers,
        variables: [{ name: 'pin', value: secrets.pin, enabled: true, secret: true }],
        auth: { kind: 'basic', username: 'ann', password: secrets.password },
        version,
      }),
    )
    const { enterSecret, allowName } = bench.app.collectionDefaults
    value(enterSecret({ collectionId, file: 'environments/dev.yml', name: 'key', value: secrets.key }))
    value(enterSecret({ collectionId, file: 'opencollection.yml', name: 'both', value: 'the-exp0rted-one' }))
    value(allowName({ collectionId, name: 'PATH' }))
    const scanned = async () =>
      scanForSecrets(bench.folder, { ...secrets, both: 'the-exp0rted-one', own: 'the-0wn-one' })
    const before = await folder()
    mkdirSync(join(before, 'environments'), { recursive: true })
    const environment = 'variables:\n  - secret: true\n    name: key\n'
    writeFileSync(join(before, 'environments', 'dev.yml'), `name: dev\n${environment}`)
    value(await bench.app.vaultFile.export({ password }))
    const { exported } = bench
    writeFileSync(join(bench.folder, 'exported.age'), exported?.bytes ?? '')
    expect(await scanned()).toEqual([])
    await bench.close()
    bench = await openWorkbench()
    bench.exported = exported
    const here = { collectionId: (await own()).id }
    mkdirSync(join(await folder(), 'environments'))
    // Another file of the name: the one of the export comes beside it, and its secret with it.
    writeFileSync(join(await folder(), 'environments', 'dev.yml'), `name: other\n${environment}`)
    const entered = { ...here, file: 'opencollection.yml', name: 'both', value: 'the-0wn-one' }
    value(bench.app.collectionDefaults.enterSecret(entered))
    value(await bench.app.vaultFile.choose())
    value(await bench.app.vaultFile.import({ password }))
    const { read: readDefaults, useEnvironment } = bench.app.collectionDefaults
    expect(value(await readDefaults({ ...here, path: 'Sub' })).variables).toEqual([
      { name: 'pin', value: '', enabled: true, secret: true, entered: true },
    ])
    value(useEnvironment({ ...here, path: 'environments/dev 2.yml' }))
    const seen: unknown[] = []
    const server = createServer((request, response) => {
      seen.push([request.headers['x-all'], request.headers.authorization])
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const asks = { ...draft, url, query: [], auth: { kind: 'inherit' as const } }
    const shown = [{ name: 'X-All', value: '{{pin}} {{key}}', enabled: true }]
    const made = { ...here, folder: 'Sub', name: 'Asks', draft: { ...asks, headers: shown } }
    value(await bench.app.collectionItems.createRequest(made))
    const file = { ...here, path: 'Sub/Asks.yml' }
    const { draft: mine } = value(await bench.app.collections.read(file))
    value(await bench.app.inScope.send({ sendId: randomUUID(), draft: mine, file }))
    server.close()
    const basic = Buffer.from(`ann:${secrets.password}`).toString('base64')
    expect(seen).toEqual([[`${secrets.pin} ${secrets.key}`, `Basic ${basic}`]])
    // What is allowed on one computer is not on another.
    const names = ['process.env.PATH']
    const asked = { ...file, names, files: [], own: [] }
    expect(value(await bench.app.collectionScopes.missing(asked)).environment).toEqual(['PATH'])
    expect(await scanned()).toEqual([])
  })
})
