import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionRequest, CollectionView } from '../../../src/core/contract/collections.ts'
import { addressRows } from '../../../src/core/contract/tables/addresses.ts'
import type { ChangedArea } from '../../../src/core/contract/app.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let folder: string
let chosen: string | undefined
let changes: ChangedArea[]
let waiting: (() => void)[]
const samples = join(import.meta.dirname, '../../samples/opencollection')

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'collection-')), 'shop')
  cpSync(join(samples, 'runner'), folder, { recursive: true })
  chosen = folder
  changes = []
  waiting = []
  bench = await openWorkbench({
    overrides: {
      files: { chooseFolder: async () => chosen },
      time: {
        after: (milliseconds, then) => {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
      },
      notices: {
        changed: (area) => {
          changes.push(area)
          if (area === 'collections') for (const then of waiting.splice(0)) then()
        },
      },
    },
  })
})
afterEach(async () => {
  await bench.close()
  rmSync(join(folder, '..'), { recursive: true })
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
async function open(): Promise<CollectionView> {
  value(await bench.app.collections.open())
  return only()
}
/** Those that were opened, beside the profile's own. */
async function opened(): Promise<CollectionView[]> {
  return value(await bench.app.collections.list()).filter((each) => !each.own)
}
async function only(): Promise<CollectionView> {
  const [view] = await opened()
  if (!view) throw new Error('no collection is open')
  return view
}
/** Resolves when the program says that collections are other than they were. */
const told = (): Promise<void> => new Promise((done) => waiting.push(done))
const at = (path: string): string => join(folder, path)
const text = (path: string): string => readFileSync(at(path), 'utf8')
async function read(path: string): Promise<CollectionRequest> {
  return value(await bench.app.collections.read({ collectionId: (await only()).id, path }))
}
async function save(request: CollectionRequest, part: object, over?: string | null) {
  const { collectionId, path, draft, version } = request
  return value(
    await bench.app.collections.save({
      collectionId,
      path,
      draft: { ...draft, ...part },
      version,
      over,
    }),
  )
}

describe('a collection', () => {
  it('is opened, listed as a tree, and open again after a restart', async () => {
    const { id, name, items } = await open()
    expect(name).toBe('client-certs-enabled-yml')
    expect(items).toEqual([
      { path: 'users', kind: 'folder', name: 'Users' },
      { path: 'users/create-user.yml', kind: 'http', name: 'Create User', method: 'POST' },
      { path: 'get-users.yml', kind: 'http', name: 'Get Users', method: 'GET' },
      { path: 'https-request.yml', kind: 'http', name: 'https-request', method: 'GET' },
      { path: 'grpc-request.yml', kind: 'grpc', name: 'grpc-request' },
      { path: 'wss-request.yml', kind: 'websocket', name: 'wss-request' },
    ])
    await bench.restart()
    expect(await only()).toMatchObject({ id, items })
    value(bench.app.collections.close({ id }))
    expect(await opened()).toEqual([])
    expect((await open()).id).toBe(id)
  })

  it('is refused where the folder is none, and says so where it is gone', async () => {
    rmSync(at('opencollection.yml'))
    expect(await bench.app.collections.open()).toMatchObject({
      ok: false,
      error: { code: 'collection_none' },
    })
    value(await bench.app.collections.create({ name: 'Shop: “live”' }))
    expect(text('opencollection.yml')).toBe('opencollection: 1.0.0\ninfo:\n  name: "Shop: “live”"\n')
    expect((await only()).name).toBe('Shop: “live”')
    rmSync(folder, { recursive: true })
    await bench.restart()
    expect((await only()).trouble).toMatchObject({ code: 'collection_gone' })
    mkdirSync(folder)
  })

  it('shows a broken file with its place, and the rest works', async () => {
    writeFileSync(at('get-users.yml'), 'info:\n  name: "x\n')
    writeFileSync(at('users/create-user.yml'), Buffer.from([0x69, 0xff]))
    const { id, items } = await open()
    expect(items.find(({ path }) => path === 'get-users.yml')?.fault).toEqual({
      line: 3,
      column: 1,
      reason: 'A character is missing: a quote, a bracket, a comma, a colon or a space.',
    })
    expect(items.find(({ path }) => path === 'users/create-user.yml')?.fault?.reason).toContain('not UTF-8')
    const place = { collectionId: id, path: 'get-users.yml' }
    expect(await bench.app.collections.read(place)).toMatchObject({ error: { code: 'collection_fault' } })
    const grpc = { collectionId: id, path: 'grpc-request.yml' }
    expect(await bench.app.collections.read(grpc)).toMatchObject({ error: { code: 'collection_kind' } })
    expect((await read('https-request.yml')).draft.url).toBe('https://localhost:9443/')
  })

  it('does not follow links, and no path leads out of it', async () => {
    writeFileSync(join(folder, '../outside.yml'), 'info:\n  name: outside\n  type: http\n')
    symlinkSync('../outside.yml', at('link.yml'))
    symlinkSync('..', at('up'))
    const { id, items, notes } = await open()
    expect(items.map(({ path }) => path).join()).not.toMatch(/link|up/)
    expect(notes).toEqual(['Not shown: 1 that is a link, which are not followed.'])
    for (const path of [
      '../outside.yml',
      'link.yml',
      'up/outside.yml',
      'users/../../outside.yml',
      '/etc/hosts',
      'a\\b',
    ])
      expect(await bench.app.collections.read({ collectionId: id, path }), path).toMatchObject({
        ok: false,
        error: { code: expect.stringMatching(/collection_file_(unreadable|gone)/) },
      })
  })

  it('shows what is changed elsewhere', async () => {
    await open()
    const change = told()
    writeFileSync(at('new.yml'), 'info:\n  name: Fresh\n  type: http\nhttp:\n  method: PUT\n  url: x\n')
    await change
    expect((await only()).items).toContainEqual({
      path: 'new.yml',
      kind: 'http',
      name: 'Fresh',
      method: 'PUT',
    })
    const more = told()
    mkdirSync(at('deep'))
    await more
    const inside = told()
    writeFileSync(at('deep/a.yml'), 'info:\n  name: Deep\n  type: http\n')
    await inside
    expect((await only()).items.map(({ name }) => name)).toContain('Deep')
  })

  it('is watched again once its folder is another, or comes back after it was gone', async () => {
    const named = (name: string): string => `info:\n  name: ${name}\n  type: http\n`
    /** Tells may come in several; what is shown in the end counts. */
    const shows = async (name: string): Promise<void> => {
      while (!(await only()).items.some((item) => item.name === name)) await told()
    }
    await open()
    // A clone over it, in one go.
    cpSync(folder, `${folder}-new`, { recursive: true })
    writeFileSync(`${folder}-new/one.yml`, named('One'))
    renameSync(folder, `${folder}-old`)
    renameSync(`${folder}-new`, folder)
    await shows('One')
    writeFileSync(at('two.yml'), named('Two'))
    await shows('Two')
    // A folder within it.
    mkdirSync(at('in'))
    writeFileSync(at('in/a.yml'), named('A'))
    await shows('A')
    renameSync(at('in'), at('.in'))
    mkdirSync(at('in'))
    writeFileSync(at('in/b.yml'), named('B'))
    await shows('B')
    writeFileSync(at('in/c.yml'), named('C'))
    await shows('C')
    // Away, and back.
    renameSync(folder, `${folder}-away`)
    while ((await only()).trouble === undefined) await told()
    renameSync(`${folder}-away`, folder)
    while ((await only()).trouble !== undefined) await told()
    writeFileSync(at('three.yml'), named('Three'))
    await shows('Three')
  })
})

describe('saving a request of a collection', () => {
  it('writes what differs, with the rights of before', async () => {
    await open()
    chmodSync(at('get-users.yml'), 0o640)
    const before = text('get-users.yml')
    const saved = await save(await read('get-users.yml'), { method: 'DELETE' })
    expect(saved).toMatchObject({ saved: { draft: { method: 'DELETE' } } })
    expect(text('get-users.yml')).toBe(before.replace('GET', 'DELETE'))
    expect(statSync(at('get-users.yml')).mode & 0o777).toBe(0o640)
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).not.toContain('.tmp')
  })

  it('never writes over what was changed elsewhere, unless that was seen', async () => {
    await open()
    const request = await read('get-users.yml')
    const theirs = text('get-users.yml').replace('/users', '/people')
    writeFileSync(at('get-users.yml'), theirs)
    const met = await save(request, { method: 'POST' })
    if (!('conflict' in met)) throw new Error('it was written')
    expect(met.conflict).toMatchObject({ theirs: { text: theirs } })
    expect(met.conflict.mine).toContain('method: POST\n  url: https://api.example.com/users')
    expect(text('get-users.yml')).toBe(theirs)
    writeFileSync(at('get-users.yml'), `${theirs}# and again\n`)
    const again = await save(request, { method: 'POST' }, met.conflict.theirs?.version)
    if (!('conflict' in again)) throw new Error('it was written over what nobody saw')
    const done = await save(request, { method: 'POST' }, again.conflict.theirs?.version)
    expect(done).toMatchObject({ saved: { draft: { method: 'POST', url: 'https://api.example.com/users' } } })
    // What is written is what was shown: what a draft does not have is of the file as it is now.
    expect(text('get-users.yml')).toBe(again.conflict.mine)
    expect(again.conflict.mine).toContain('# and again')
  })

  it('tells of a file that is gone, and makes it again when told to', async () => {
    await open()
    const request = await read('get-users.yml')
    const before = text('get-users.yml')
    rmSync(at('get-users.yml'))
    expect(await save(request, { method: 'POST' })).toEqual({
      conflict: { mine: before.replace('GET', 'POST') },
    })
    await save(request, { method: 'POST' }, null)
    expect(text('get-users.yml')).toBe(before.replace('GET', 'POST'))
  })

  it('keeps account and secret values in the profile', async () => {
    await open()
    const token = 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXRleHQ'
    const before = text('get-users.yml')
    const accountId = '11111111-2222-4333-8444-555555555555'
    const headers = [{ name: 'Authorization', value: token, enabled: true }]
    const saved = await save(await read('get-users.yml'), { headers, accountId })
    expect(saved).toMatchObject({ saved: { draft: { headers, accountId } } })
    expect(text('get-users.yml')).toBe(
      `${before.trimEnd()}\n  headers:\n    - name: Authorization\n      value: ""\n`,
    )
    await bench.restart()
    expect((await read('get-users.yml')).draft).toMatchObject({ headers, accountId })
    expect(await scanForSecrets(folder, { token })).toEqual([])
    expect(await scanForSecrets(bench.folder, { token })).toEqual([])
  })

  it('keeps secret values from another origin that the file has by now', async () => {
    await open()
    const headers = [{ name: 'X-Api-Key', value: 'key-of-the-user', enabled: true }]
    await save(await read('get-users.yml'), {
      headers,
      query: [{ name: 'token', value: 't', enabled: true }],
    })
    const mine = text('get-users.yml')
    writeFileSync(at('get-users.yml'), mine.replaceAll('api.example.com', 'evil.example'))
    const pulled = await read('get-users.yml')
    expect(pulled.secrets).toBe('withheld')
    expect(pulled.draft.headers).toEqual([{ ...headers[0], value: '' }])
    expect(JSON.stringify(pulled.draft)).not.toContain('key-of-the-user')
    // Another path of the same server has them.
    writeFileSync(at('get-users.yml'), mine.replaceAll('/users', '/people'))
    expect((await read('get-users.yml')).draft.headers).toEqual(headers)
  })

  it('leaves a secret in the file that a colleague put there', async () => {
    const shared =
      'info:\n  name: a\n  type: http\nhttp:\n  method: GET\n  url: https://a.example\n  headers:\n    - name: X-Api-Key\n      value: shared-by-the-team\n'
    writeFileSync(at('get-users.yml'), shared)
    await open()
    await save(await read('get-users.yml'), { method: 'PUT' })
    expect(text('get-users.yml')).toBe(shared.replace('GET', 'PUT'))
  })

  it('empties no row in the file whose secret was changed here', async () => {
    const shared =
      'info:\n  name: a\n  type: http\nhttp:\n  method: GET\n  url: https://a.example\n  params:\n    - name: api_key\n      value: shared-by-the-team\n      type: query\n'
    writeFileSync(at('get-users.yml'), shared)
    await open()
    const { collectionId, path, draft, version } = await read('get-users.yml')
    const changed = { ...draft, query: [{ name: 'api_key', value: 'key-of-the-user', enabled: true }] }
    expect(await bench.app.collections.save({ collectionId, path, version, draft: changed })).toMatchObject({
      error: { code: 'collection_edit', message: expect.stringContaining('parameter “api_key”') },
    })
    expect(text('get-users.yml')).toBe(shared)
  })
})

it.each([
  ['url', { url: 'https://ann:of-the-team@a.example/y' }, { url: 'https://{{t}}@a.example/x' }],
  [
    'body',
    { body: { kind: 'json', text: '{"password":"of-the-team","a":2}' } },
    { body: { kind: 'json', text: '{"password":"{{p}}","a":2}' } },
  ],
])(
  'takes no %s out of a file because something beside its secret was changed',
  async (_, changed, mended) => {
    const shared =
      'info:\n  name: a\n  type: http\nhttp:\n  method: POST\n  url: https://ann:of-the-team@a.example/x\n  body:\n    type: json\n    data: \'{"password":"of-the-team","a":1}\'\n'
    writeFileSync(at('get-users.yml'), shared)
    await open()
    const request = await read('get-users.yml')
    const { collectionId, path, draft, version } = request
    const answer = await bench.app.collections.save({
      collectionId,
      path,
      version,
      draft: { ...draft, ...changed } as typeof draft,
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'collection_edit' } })
    expect(text('get-users.yml')).toBe(shared)
    await save(request, mended)
    expect(text('get-users.yml')).toMatch(/\{\{[tp]\}\}/)
  },
)

it('changes a parameter beside a secret one of the file', async () => {
  const shared =
    'info:\n  name: a\n  type: http\nhttp:\n  method: POST\n  url: https://a.example/x?token=of-the-team\n'
  writeFileSync(at('get-users.yml'), shared)
  await open()
  await save(await read('get-users.yml'), addressRows('https://a.example/x?token=of-the-team&page=2'))
  expect(text('get-users.yml')).toBe(shared.replace('of-the-team', 'of-the-team&page=2'))
})

describe('what is in a collection', () => {
  it('is made, renamed, deleted and put back', async () => {
    const { id } = await open()
    const { collectionItems } = bench.app
    const made = value(
      await collectionItems.createFolder({ collectionId: id, folder: '', name: 'Con: a/b?' }),
    )
    expect(made).toEqual({ path: 'Con- a-b-' })
    const draft = {
      method: 'POST',
      url: 'https://a.example',
      query: [],
      headers: [],
      accountId: null,
      body: { kind: 'json' as const, text: '{}' },
    }
    const item = { collectionId: id, folder: made.path, name: 'New one' }
    const one = value(await collectionItems.createRequest({ ...item, draft }))
    const two = value(await collectionItems.createRequest(item))
    expect([one.path, two.path]).toEqual(['Con- a-b-/New one.yml', 'Con- a-b-/New one 2.yml'])
    expect(one.draft).toEqual(draft)
    const url = 'https://x.example/cb?api_key=abc123def456'
    const unnamed = {
      collectionId: id,
      folder: '',
      name: '/cb?api_key=abc123def456',
      draft: { ...draft, url },
    }
    expect(value(await collectionItems.createRequest(unnamed))).toMatchObject({
      name: '/cb',
      path: '-cb.yml',
    })
    expect(await scanForSecrets(folder, { key: 'abc123def456' })).toEqual([])
    value(await collectionItems.rename({ collectionId: id, path: two.path, name: 'Second' }))
    value(await collectionItems.rename({ collectionId: id, path: 'users', name: 'People' }))
    value(await collectionItems.rename({ collectionId: id, path: '', name: 'Shop' }))
    expect(text('users/folder.yml')).toBe('info:\n  name: People\n  seq: 1\n')
    const grpc = value(await bench.app.duplicateItems({ collectionId: id, paths: ['grpc-request.yml'] }))
    expect(grpc.paths).toEqual(['grpc-request (copy).yml'])
    expect(text('grpc-request (copy).yml')).toBe(
      text('grpc-request.yml').replace('grpc-request', 'grpc-request (copy)').replace('seq: 2', 'seq: 2.5'),
    )
    const view = await only()
    expect(view.name).toBe('Shop')
    expect(view.items.map(({ name }) => name)).toContain('Second')
    const before = text(one.path)
    value(await collectionItems.remove({ collectionId: id, paths: [made.path] }))
    expect(existsSync(at(made.path))).toBe(false)
    const entry = bench.deleted.at(-1)
    expect(entry).toMatchObject({ kind: 'file', name: 'Con: a/b?' })
    value(await bench.app.sessions.rotate({}))
    await bench.restart()
    await only()
    const back = () => value(bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' }))
    back()
    await expect.poll(async () => (await only()).items).toEqual(view.items)
    expect(text(one.path)).toBe(before)
    expect(await only()).toEqual(view)
    expect(value(bench.app.bin.list())).toEqual([])
    // Where the name is taken by then, it gets another.
    value(await bench.app.collectionItems.remove({ collectionId: id, paths: ['get-users.yml'] }))
    writeFileSync(at('get-users.yml'), 'info:\n  name: Other\n  type: http\n')
    await bench.app.collections.refresh({ id })
    back()
    await expect.poll(() => existsSync(at('get-users 2.yml'))).toBe(true)
    expect(text('get-users.yml')).toContain('Other')
  })
})
