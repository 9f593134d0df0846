import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionMove } from '../../../src/core/contract/collections.ts'
import { fail } from '../../../src/core/contract/result.ts'
import { createCollectionDisk } from '../../../src/node/collections/collection-disk.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const samples = join(import.meta.dirname, '../../samples/opencollection')
let bench: Workbench
let folder: string
let collectionId: string
/** Done before the file of a path is written. */
let meanwhile: Map<string, () => void>
/** Done before something is taken off the disk, or put there. */
let beforeRemove: ((path: string) => void) | undefined
let full: ((path: string) => boolean) | undefined

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'move-')), 'shop')
  cpSync(join(samples, 'runner'), folder, { recursive: true })
  meanwhile = new Map()
  beforeRemove = full = undefined
  const disk = createCollectionDisk()
  bench = await openWorkbench({
    overrides: {
      files: {
        chooseFolder: async () => folder,
        collections: {
          ...disk,
          write: (root, path, text, expected) => {
            const first = meanwhile.get(path)
            meanwhile.delete(path)
            first?.()
            return disk.write(root, path, text, expected)
          },
          put: async (root, path, parts) =>
            full?.(path) ? fail('collection_write_failed', 'The disk is full.') : disk.put(root, path, parts),
          remove: (root, path, expected) => {
            beforeRemove?.(path)
            return disk.remove(root, path, expected)
          },
        },
      },
    },
  })
  const opened = value(await bench.app.collections.open())
  collectionId = opened?.id ?? ''
})
afterEach(async () => {
  await bench.close()
  rmSync(join(folder, '..'), { recursive: true })
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const at = (path: string): string => join(folder, path)
const text = (path: string): string => readFileSync(at(path), 'utf8')
const move = (paths: string[], to: string, before: string | null = null) =>
  bench.app.moveItems({ collectionId, paths, folder: to, before })
const undo = async ({ undo: id }: CollectionMove) => bench.app.collectionItems.restore({ undo: id ?? '' })
const paths = async (): Promise<string[]> =>
  value(await bench.app.collections.list())[1]?.items.map(({ path }) => path) ?? []
/** Each file with what it says. */
const all = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.\w+$/.test(path))
      .map((path) => [path, text(path)]),
  )
const first = [
  'users',
  'users/create-user.yml',
  'get-users.yml',
  'https-request.yml',
  'grpc-request.yml',
  'wss-request.yml',
]

describe('a move in a collection', () => {
  it('gives a request another folder and another place, and is taken back to the byte', async () => {
    expect(await paths()).toEqual(first)
    const before = all()
    const moved = value(await move(['get-users.yml'], 'users', 'users/create-user.yml'))
    expect(moved.moved).toEqual([{ from: 'get-users.yml', to: 'users/get-users.yml' }])
    expect((await paths()).slice(0, 3)).toEqual(['users', 'users/get-users.yml', 'users/create-user.yml'])
    expect(value(await undo(moved)).moved).toEqual([{ from: 'users/get-users.yml', to: 'get-users.yml' }])
    expect(all()).toEqual(before)
    expect(await paths()).toEqual(first)
    expect(await undo(moved)).toMatchObject({ error: { code: 'collection_undo_gone' } })
  })

  it('changes the order among its neighbours, of whatever kind they are, and nothing else of their files', async () => {
    const before = all()
    const moved = value(await move(['wss-request.yml'], '', 'https-request.yml'))
    expect(await paths()).toEqual([
      ...first.slice(0, 3),
      'wss-request.yml',
      'https-request.yml',
      'grpc-request.yml',
    ])
    const after = all()
    const lines = (some: Record<string, string>) =>
      Object.values(some).map((each) => each.split('\n').filter((line) => !line.includes('seq:')))
    expect(lines(after)).toEqual(lines(before))
    value(await undo(moved))
    expect(all()).toEqual(before)
    // Where it is already, nothing is written.
    expect(value(await move(['wss-request.yml'], ''))).toEqual({
      ...{ undo: null, unknown: [], moved: [], rewritten: [] },
    })
    expect(all()).toEqual(before)
  })

  it('takes a folder along with all that is in it, and gives one without a file its place', async () => {
    mkdirSync(at('plain/deep'), { recursive: true })
    writeFileSync(at('plain/deep/a.yml'), text('get-users.yml'))
    writeFileSync(at('plain/notes.txt'), 'kept')
    const before = all()
    const into = value(await move(['plain'], 'users'))
    expect(await paths()).toContain('users/plain/deep/a.yml')
    expect(text('users/plain/notes.txt')).toBe('kept')
    value(await undo(into))
    expect(all()).toEqual(before)
    const up = value(await move(['plain'], '', 'users'))
    expect((await paths())[0]).toBe('plain')
    expect(text('plain/folder.yml')).toBe('info:\n  name: plain\n  type: folder\n  seq: 1\n')
    value(await undo(up))
    expect(all()).toEqual(before)
  })

  it('moves several at once, what is in a picked folder with it, in their order', async () => {
    mkdirSync(at('target'))
    const before = all()
    const moved = value(
      await move(['wss-request.yml', 'users/create-user.yml', 'users', 'get-users.yml'], 'target'),
    )
    expect(await paths()).toEqual([
      'target',
      'target/users',
      'target/users/create-user.yml',
      'target/get-users.yml',
      'target/wss-request.yml',
      'https-request.yml',
      'grpc-request.yml',
    ])
    value(await undo(moved))
    expect(all()).toEqual(before)
  })

  it('never writes over what has the name already', async () => {
    writeFileSync(at('users/get-users.yml'), text('wss-request.yml'))
    mkdirSync(at('users/Users'))
    const before = all()
    const file = value(await move(['get-users.yml'], 'users'))
    expect(file.moved).toEqual([{ from: 'get-users.yml', to: 'users/get-users 2.yml' }])
    expect(text('users/get-users.yml')).toBe(text('wss-request.yml'))
    value(await undo(file))
    mkdirSync(at('other/users'), { recursive: true })
    const dir = value(await move(['other/users'], 'users'))
    expect(dir.moved).toEqual([{ from: 'other/users', to: 'users/users 2' }])
    value(await undo(dir))
    expect(all()).toEqual(before)
  })

  it('is refused where it cannot be', async () => {
    mkdirSync(at('users/deep'))
    const before = all()
    const refused = async (...input: Parameters<typeof move>) => {
      const answer = await move(...input)
      return answer.ok ? 'done' : answer.error.code
    }
    expect(await refused(['users'], 'users')).toBe('collection_move_inside')
    expect(await refused(['users'], 'users/deep')).toBe('collection_move_inside')
    expect(await refused(['gone.yml'], 'users')).toBe('collection_file_gone')
    expect(await refused(['get-users.yml'], 'gone')).toBe('collection_file_gone')
    expect(await refused(['get-users.yml'], 'users', 'gone.yml')).toBe('collection_changed')
    expect(await refused(['get-users.yml'], 'users', 'https-request.yml')).toBe('collection_changed')
    expect(await refused(['opencollection.yml'], 'users')).toBe('collection_file_gone')
    expect(await refused(['users/folder.yml'], '')).toBe('collection_file_gone')
    expect(await refused(['../shop'], '')).toBe('collection_file_gone')
    mkdirSync(at(Array.from({ length: 19 }, () => 'd').join('/')), { recursive: true })
    expect(await refused(['users'], Array.from({ length: 19 }, () => 'd').join('/'))).toBe(
      'collection_move_deep',
    )
    expect(all()).toEqual(before)
  })

  it('writes into what others changed meanwhile, keeps it, and keeps it when it is undone', async () => {
    const more = '# theirs\n'
    meanwhile.set('https-request.yml', () =>
      writeFileSync(at('https-request.yml'), text('https-request.yml') + more),
    )
    const before = all()
    const moved = value(await move(['wss-request.yml'], '', 'https-request.yml'))
    expect(text('https-request.yml')).toContain('seq: 3')
    expect(text('https-request.yml').endsWith(more)).toBe(true)
    writeFileSync(at('grpc-request.yml'), text('grpc-request.yml') + more)
    value(await undo(moved))
    expect(all()).toEqual({
      ...before,
      'https-request.yml': `${before['https-request.yml']}${more}`,
      'grpc-request.yml': `${before['grpc-request.yml']}${more}`,
    })
  })

  it('does all of it or nothing where a file cannot be written', async () => {
    // The place is in an alias’s anchor: changing it would change something else.
    const odd = text('https-request.yml').replace('seq: 1', 'seq: &a 1') + '\nextensions:\n  x: *a\n'
    writeFileSync(at('https-request.yml'), odd)
    const before = all()
    expect(await move(['users/create-user.yml'], '', 'https-request.yml')).toMatchObject({
      ok: false,
      error: { code: 'collection_edit' },
    })
    expect(all()).toEqual(before)
    expect(await paths()).toEqual(first)
  })

  it('leaves what is in the old place when it is undone, and can be undone once that is gone', async () => {
    const moved = value(await move(['get-users.yml'], 'users'))
    writeFileSync(at('get-users.yml'), 'another')
    expect(await undo(moved)).toMatchObject({ error: { code: 'collection_changed' } })
    expect([text('get-users.yml'), existsSync(at('users/get-users.yml'))]).toEqual(['another', true])
    rmSync(at('get-users.yml'))
    value(await undo(moved))
    expect(await paths()).toEqual(first)
  })

  it('keeps who a request calls as and its secrets, and a draft can be saved where the file is now', async () => {
    const place = { collectionId, path: 'get-users.yml' }
    const accountId = '11111111-2222-4333-8444-555555555555'
    const request = value(await bench.app.collections.read(place))
    const headers = [{ name: 'X-Api-Key', value: 'key-of-the-user', enabled: true }]
    const draft = { ...request.draft, headers, accountId }
    const saved = value(await bench.app.collections.save({ ...place, draft, version: request.version }))
    if (!('saved' in saved)) throw new Error('a conflict')
    const theirs = { collectionId, path: 'users/create-user.yml' }
    const { version: read } = value(await bench.app.collections.read(theirs))
    const other = { ...draft, accountId: '99999999-2222-4333-8444-555555555555' }
    value(await bench.app.collections.save({ ...theirs, draft: other, version: read }))
    const into = value(await move(['get-users.yml'], 'users', 'users/create-user.yml'))
    const deeper = value(
      await bench.app.collectionItems.createFolder({ collectionId, folder: '', name: 'Deeper' }),
    )
    value(await move(['users'], deeper.path))
    const path = 'Deeper/users/get-users.yml'
    const there = value(await bench.app.collections.read({ collectionId, path }))
    expect(there.draft).toMatchObject({ headers, accountId })
    // The version of the draft follows what the move wrote.
    const { version } = saved.saved
    const now = into.rewritten.find(({ was }) => was === version)?.version ?? version
    const again = await bench.app.collections.save({
      collectionId,
      path,
      draft: { ...draft, method: 'PUT' },
      version: now,
    })
    expect(again).toMatchObject({ ok: true, value: { saved: { draft: { method: 'PUT', headers } } } })
  })
})

describe('a move to another collection', () => {
  let other: { id: string; folder: string }
  const list = async () => value(await bench.app.collections.list())
  beforeEach(async () => {
    const [own] = await list()
    other = { id: own?.id ?? '', folder: own?.folder ?? '' }
  })
  const pathsOf = async (id: string): Promise<string[]> =>
    (await list()).find((each) => each.id === id)?.items.map(({ path }) => path) ?? []
  const into = (paths: string[], to = '', before: string | null = null) =>
    bench.app.moveItems({ collectionId, paths, folder: to, before, into: other.id })

  it('takes all that is in a folder along to the byte, several at once, and Undo brings it back', async () => {
    writeFileSync(at('users/notes.bin'), new Uint8Array([0, 255, 13, 10]))
    writeFileSync(join(other.folder, 'get-users.yml'), text('wss-request.yml'))
    const [before, there] = [all(), readdirSync(other.folder).sort()]
    const moved = value(await into(['users', 'grpc-request.yml', 'get-users.yml']))
    expect(moved.moved).toEqual([
      { from: 'users', to: 'users', into: other.id },
      { from: 'get-users.yml', to: 'get-users 2.yml', into: other.id },
      { from: 'grpc-request.yml', to: 'grpc-request.yml', into: other.id },
    ])
    expect(await paths()).toEqual(['https-request.yml', 'wss-request.yml'])
    expect(await pathsOf(other.id)).toEqual(
      expect.arrayContaining(['users/create-user.yml', 'get-users 2.yml']),
    )
    expect([...readFileSync(join(other.folder, 'users/notes.bin'))]).toEqual([0, 255, 13, 10])
    expect(readFileSync(join(other.folder, 'users/create-user.yml'), 'utf8')).toBe(
      before['users/create-user.yml'],
    )
    const back = value(await undo(moved))
    expect(back.moved.map(({ to, into: where }) => [to, where])).toEqual(
      ['grpc-request.yml', 'get-users.yml', 'users'].map((path) => [path, collectionId]),
    )
    expect(all()).toEqual(before)
    expect(await paths()).toEqual(first)
    expect(readdirSync(other.folder).sort()).toEqual(there)
  })

  it('keeps account and secret values in the profile, under another name too, and has them back when it is undone', async () => {
    const place = { collectionId, path: 'get-users.yml' }
    const accountId = '11111111-2222-4333-8444-555555555555'
    const request = value(await bench.app.collections.read(place))
    const headers = [{ name: 'X-Api-Key', value: 'key-of-the-user', enabled: true }]
    const draft = { ...request.draft, headers, accountId }
    value(await bench.app.collections.save({ ...place, draft, version: request.version }))
    const moved = value(await into(['get-users.yml']))
    const there = { collectionId: other.id, path: moved.moved[0]?.to ?? '' }
    expect(value(await bench.app.collections.read(there)).draft).toMatchObject({ headers, accountId })
    expect(readFileSync(join(other.folder, there.path), 'utf8')).not.toContain('key-of-the-user')
    value(await undo(moved))
    expect(value(await bench.app.collections.read(place)).draft).toMatchObject({ headers, accountId })
  })

  it('names variables that are not defined there', async () => {
    mkdirSync(at('environments'), { recursive: true })
    writeFileSync(at('environments/dev.yml'), 'name: dev\nvariables:\n  - name: host\n    value: a.example\n')
    value(await bench.app.collections.refresh({ id: collectionId }))
    value(bench.app.collectionDefaults.useEnvironment({ collectionId, path: 'environments/dev.yml' }))
    writeFileSync(
      at('get-users.yml'),
      'info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: "https://{{host}}/{{nowhere}}/{{$uuid}}"\n',
    )
    const moved = value(await into(['get-users.yml']))
    expect(moved.unknown).toEqual(['host'])
  })

  it('leaves both as they are where it cannot be done', async () => {
    const before = all()
    const there = readdirSync(other.folder).sort()
    const link = at('users/link.yml')
    symlinkSync(at('get-users.yml'), link)
    expect(await into(['get-users.yml', 'users'])).toMatchObject({ ok: false })
    rmSync(link)
    expect(await into(['users'], 'gone')).toMatchObject({ error: { code: 'collection_file_gone' } })
    const id = '99999999-2222-4333-8444-555555555555'
    expect(
      await bench.app.moveItems({ collectionId, paths: ['users'], folder: '', before: null, into: id }),
    ).toMatchObject({ error: { code: 'collection_unknown' } })
    expect(all()).toEqual(before)
    expect(readdirSync(other.folder).sort()).toEqual(there)
  })
})

describe('a move to another collection that fails halfway', () => {
  it('leaves both, and what is kept in the profile, as they were', async () => {
    const [own] = value(await bench.app.collections.list())
    const into = (paths: string[]) =>
      bench.app.moveItems({ collectionId, paths, folder: '', before: null, into: own?.id ?? '' })
    const theirs = (): string[] =>
      readdirSync(own?.folder ?? '', { recursive: true, encoding: 'utf8' }).sort()
    const accountId = '11111111-2222-4333-8444-555555555555'
    const place = { collectionId, path: 'users/create-user.yml' }
    const request = value(await bench.app.collections.read(place))
    const draft = { ...request.draft, accountId }
    value(await bench.app.collections.save({ ...place, draft, version: request.version }))
    const [before, there] = [all(), theirs()]
    full = (path) => path === 'get-users.yml'
    expect(await into(['users', 'get-users.yml'])).toMatchObject({
      error: { code: 'collection_write_failed' },
    })
    expect([all(), theirs()]).toEqual([before, there])
    expect(value(await bench.app.collections.read(place)).draft).toMatchObject({ accountId })

    full = undefined
    beforeRemove = (path) => {
      beforeRemove = undefined
      writeFileSync(at(`${path}/create-user.yml`), 'of an editor')
    }
    expect(await into(['users'])).toMatchObject({ error: { code: 'collection_changed' } })
    expect(all()).toEqual({ ...before, 'users/create-user.yml': 'of an editor' })
    expect(theirs()).toEqual(there)
  })
})

describe('tags', () => {
  it('are written into a file or a folder, listed, and a draft goes on from what was written', async () => {
    const { collectionItems } = bench.app
    const before = text('get-users.yml')
    const written = value(
      await collectionItems.setTags({ collectionId, path: 'get-users.yml', tags: ['smoke', 'a b'] }),
    )
    expect(text('get-users.yml')).toBe(
      before.replace('seq: 1\n', 'seq: 1\n  tags:\n    - smoke\n    - a b\n'),
    )
    const request = value(await bench.app.collections.read({ collectionId, path: 'get-users.yml' }))
    expect(written.rewritten).toMatchObject([{ path: 'get-users.yml', version: request.version }])
    value(await collectionItems.setTags({ collectionId, path: 'users', tags: ['people'] }))
    const [, view] = value(await bench.app.collections.list())
    expect(view?.items.flatMap(({ path, tags }) => (tags ? [`${path} ${tags.join()}`] : []))).toEqual([
      'users people',
      'get-users.yml smoke,a b',
    ])
    value(await collectionItems.setTags({ collectionId, path: 'get-users.yml', tags: [] }))
    expect(text('get-users.yml')).toBe(before)
  })
})

describe('several at once', () => {
  it('are deleted and come back, or stay where one cannot be deleted', async () => {
    const before = all()
    const { collectionItems } = bench.app
    value(
      await collectionItems.remove({
        collectionId,
        paths: ['users/create-user.yml', 'users', 'get-users.yml'],
      }),
    )
    expect(await paths()).toEqual(['https-request.yml', 'grpc-request.yml', 'wss-request.yml'])
    value(bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' }))
    await bench.app.own.settle()
    expect(all()).toEqual(before)
    expect(await collectionItems.remove({ collectionId, paths: ['users', 'gone.yml'] })).toMatchObject({
      error: { code: 'collection_file_gone' },
    })
    expect(all()).toEqual(before)
  })
})

describe('copies', () => {
  const copy = (paths: string[]) => bench.app.duplicateItems({ collectionId, paths })
  const takeBack = ({ undo: id }: { undo: string }) => bench.app.collectionItems.restore({ undo: id })

  it('are made beside themselves, several at once, to the byte but for the name, and Undo takes them away', async () => {
    writeFileSync(at('users/notes.bin'), new Uint8Array([0, 255, 13, 10]))
    mkdirSync(at('users/Deep'))
    writeFileSync(at('users/Deep/broken.yml'), 'info: [')
    mkdirSync(at('Plain'))
    const before = all()
    // What is in a folder that is copied too is copied with it alone.
    const made = value(await copy(['get-users.yml', 'users', 'users/create-user.yml', 'Plain']))
    expect(made.paths).toEqual(['Get Users (copy).yml', 'Users (copy)', 'Plain (copy)'])
    expect(await paths()).toEqual(expect.arrayContaining([...made.paths, 'Users (copy)/create-user.yml']))
    const copies = Object.fromEntries(
      Object.entries(before)
        .filter(([path]) => path.startsWith('users/'))
        .map(([path, says]) => [`Users (copy)${path.slice(5)}`, says]),
    )
    expect(all()).toEqual({
      ...{ ...before, ...copies },
      'Get Users (copy).yml': before['get-users.yml']?.replace('name: Get Users', 'name: Get Users (copy)'),
      'Users (copy)/folder.yml': before['users/folder.yml']?.replace('name: Users', 'name: Users (copy)'),
    })
    expect([...readFileSync(at('Users (copy)/notes.bin'))]).toEqual([0, 255, 13, 10])
    const again = value(await copy(['users', 'Users (copy)']))
    expect(again.paths).toEqual(['Users (copy 2)', 'Users (copy 3)'])
    expect(text('Users (copy 3)/folder.yml')).toContain('name: Users (copy 3)\n')
    value(await takeBack(again))
    value(await takeBack(made))
    expect(all()).toEqual(before)
    expect(await takeBack(made)).toMatchObject({ error: { code: 'collection_undo_gone' } })
  })

  it('call as the same account with the same secret values, which no file has', async () => {
    const place = { collectionId, path: 'users/create-user.yml' }
    const accountId = '11111111-2222-4333-8444-555555555555'
    const request = value(await bench.app.collections.read(place))
    const headers = [{ name: 'X-Api-Key', value: 'key-of-the-user', enabled: true }]
    const draft = { ...request.draft, headers, accountId }
    value(await bench.app.collections.save({ ...place, draft, version: request.version }))
    const [folderCopy] = value(await copy(['users'])).paths
    const [fileCopy] = value(await copy(['users/create-user.yml'])).paths
    for (const path of [`${folderCopy ?? ''}/create-user.yml`, fileCopy ?? '', place.path]) {
      const read = value(await bench.app.collections.read({ collectionId, path }))
      expect(read.draft, path).toMatchObject({ headers, accountId })
      expect(text(path)).not.toContain('key-of-the-user')
    }
  })

  it('are all made or none, and one that was changed since stays where they are undone', async () => {
    writeFileSync(at('odd.yml'), 'info: &a [')
    const before = all()
    value(await bench.app.collections.refresh({ id: collectionId }))
    expect(await copy(['users', 'odd.yml'])).toMatchObject({ error: { code: 'collection_fault' } })
    expect(await copy(['users', 'gone.yml'])).toMatchObject({ error: { code: 'collection_file_gone' } })
    expect(await copy(['opencollection.yml'])).toMatchObject({ error: { code: 'collection_file_gone' } })
    full = (path) => path === 'Get Users (copy).yml'
    expect(await copy(['users', 'get-users.yml'])).toMatchObject({
      error: { code: 'collection_write_failed' },
    })
    symlinkSync(at('get-users.yml'), at('users/link.yml'))
    expect(await copy(['users'])).toMatchObject({ ok: false })
    rmSync(at('users/link.yml'))
    expect(all()).toEqual(before)
    full = undefined
    const made = value(await copy(['users', 'get-users.yml']))
    writeFileSync(at('Users (copy)/create-user.yml'), 'mine')
    expect(await takeBack(made)).toMatchObject({ error: { code: 'collection_changed' } })
    expect(text('Users (copy)/create-user.yml')).toBe('mine')
    rmSync(at('Users (copy)'), { recursive: true })
    value(await takeBack(made))
    expect(all()).toEqual(before)
  })
})
