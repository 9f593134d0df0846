import { describe, expect, it } from 'vitest'
import type { CollectionView, FollowedFiles } from '../../../../src/core/contract/collections.ts'
import { ok } from '../../../../src/core/contract/result.ts'
import { createCollectionsStore } from '../../../../src/renderer/src/features/requests/collections/collections-store.ts'
import { lineDifference } from '../../../../src/renderer/src/features/requests/collections/line-difference.ts'
import { treeRows } from '../../../../src/renderer/src/features/requests/collections/tree-rows.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'

const shop: CollectionView = {
  id: 'k',
  name: 'Shop',
  folder: '/home/ann/shop',
  notes: [],
  items: [
    { path: 'users', kind: 'folder', name: 'Users' },
    { path: 'users/admin', kind: 'folder', name: 'Admin' },
    { path: 'users/admin/ban.yml', kind: 'http', name: 'Ban', method: 'POST' },
    { path: 'users/list.yml', kind: 'http', name: 'List', method: 'GET' },
    { path: 'users2.yml', kind: 'grpc', name: 'Call' },
  ],
}
const shown = (toggled: string[], search = ''): string[] =>
  treeRows([shop], new Set(toggled), search).map(
    ({ name, level, place, neighbours }) => `${level} ${name} ${place}/${neighbours}`,
  )

describe('the rows of the tree', () => {
  it('are those of open folders, each with its place among its neighbours', () => {
    expect(shown([])).toEqual(['1 Shop 1/1', '2 Users 1/2', '2 Call 2/2'])
    expect(shown(['k:users'])).toEqual([
      '1 Shop 1/1',
      '2 Users 1/2',
      '3 Admin 1/2',
      '3 List 2/2',
      '2 Call 2/2',
    ])
    expect(shown(['k:users', 'k:users/admin'])).toContain('4 Ban 1/1')
    // Open inside a closed one.
    expect(shown(['k:users/admin'])).toEqual(shown([]))
    expect(shown(['k:'])).toEqual(['1 Shop 1/1'])
  })

  it('are made once for each list, whatever is opened, and again where what is behind them changes', () => {
    const rows = (view: CollectionView, ...toggled: string[]) => treeRows([view], new Set(toggled), '')
    const call = (all: readonly { name: string }[]) => all.find(({ name }) => name === 'Call')
    const first = rows(shop)
    expect(call(rows(shop, 'k:users'))).toBe(call(first))
    expect(call(rows({ ...shop, items: [...shop.items] }))).not.toBe(call(first))
    // Another collection of the same items has rows of its own.
    expect(call(rows({ ...shop, id: 'other' }))).toMatchObject({ key: 'other:users2.yml' })
    const left = [{ id: 'l', name: 'Odd', reason: 'It has no address.' }]
    const behind = rows({ ...shop, own: { left } })
    expect(call(behind)).toMatchObject({ place: 2, neighbours: 3 })
    expect(call(rows(shop))).toMatchObject({ place: 2, neighbours: 2 })
  })

  it('are those with a tag of their own or of a folder above, and the words beside it', () => {
    const tagged: CollectionView = {
      ...shop,
      items: [
        { path: 'users', kind: 'folder', name: 'Users', tags: ['Admin'] },
        { path: 'users/list.yml', kind: 'http', name: 'List', tags: ['smoke'] },
        { path: 'users/make.yml', kind: 'http', name: 'Make' },
        { path: 'other.yml', kind: 'http', name: 'Other', tags: ['smoke'] },
      ],
    }
    const found = (search: string) => treeRows([tagged], new Set(), search).map(({ name }) => name)
    expect(found('tag:smoke')).toEqual(['Shop', 'Users', 'List', 'Other'])
    expect(found('tag:admin')).toEqual(['Shop', 'Users', 'List', 'Make'])
    expect(found('tag:sm tag:admin')).toEqual(['Shop', 'Users', 'List'])
    expect(found('oth tag:smoke')).toEqual(['Shop', 'Other'])
    expect(found('tag:none')).toEqual([])
  })

  it('are those that a search finds, with their folders open', () => {
    expect(shown([], 'post ban')).toEqual(['1 Shop 1/1', '2 Users 1/1', '3 Admin 1/1', '4 Ban 1/1'])
    expect(shown([], 'nothing')).toEqual([])
    expect(shown([], 'shop')).toEqual(['1 Shop 1/1'])
  })
})

describe('the store of collections', () => {
  it('reads the list again when it changed, once for all changes that come meanwhile', async () => {
    let reads = 0
    const fake = createFakeBridge({
      'collections:list': async () => {
        reads += 1
        return ok(reads === 1 ? [] : [shop])
      },
    })
    const store = createCollectionsStore(fake.bridge, { offerUndo: () => undefined, follow: () => undefined })
    const first = store.getState().load()
    for (let count = 0; count < 5; count += 1) fake.push('changed', { area: 'collections' })
    await first
    expect(reads).toBe(2)
    expect(store.getState().collections).toEqual([shop])
  })
})

describe('a move', () => {
  it('is followed by open folders and files, there and back, and says what is named otherwise', async () => {
    const moved = [{ from: 'users', to: 'old/users 2' }]
    const followed: FollowedFiles[] = []
    const offers: { says: string; undo: () => Promise<unknown> }[] = []
    const fake = createFakeBridge({
      'collections:list': async () => ok([shop]),
      'collections:move': async () => ok({ undo: 'u', unknown: [], moved, rewritten: [] }),
      'collections:restore': async () => ok({ moved: [{ from: 'old/users 2', to: 'users' }], rewritten: [] }),
    })
    const store = createCollectionsStore(fake.bridge, {
      offerUndo: (says, undo) => offers.push({ says, undo }),
      follow: (_id, files) => followed.push(files),
    })
    store.getState().toggle('k:users/admin', true)
    const move = { collectionId: 'k', paths: ['users'], folder: 'old', before: null }
    expect(await store.getState().move(move, '“Users” moved.')).toEqual({ moved, rewritten: [] })
    expect([...store.getState().toggled]).toEqual(['k:old/users 2/admin', 'k:old'])
    expect(offers[0]?.says).toBe('“Users” moved. It is now “users 2” on disk.')
    await offers[0]?.undo()
    expect([...store.getState().toggled]).toEqual(['k:users/admin', 'k:old'])
    expect(followed.map((files) => files.moved[0]?.to)).toEqual(['old/users 2', 'users'])
  })
})

describe('copies', () => {
  it('of several collections are shown, and one undo takes all of them away', async () => {
    const undone: string[] = []
    let isBusy = true
    const offers: { says: string; undo: () => Promise<unknown> }[] = []
    const busy = { code: 'collection_changed', message: 'Busy.' } as const
    const fake = createFakeBridge({
      'collections:list': async () => ok([shop]),
      'collections:duplicate': async ({ collectionId, paths }) =>
        ok({ undo: `undo ${collectionId}`, paths: paths.map((path) => `${path} (copy)`) }),
      'collections:restore': async ({ undo }) => {
        if (undo === 'undo o' && isBusy) return { ok: false, error: busy }
        undone.push(undo)
        return ok({ moved: [], rewritten: [] })
      },
    })
    const store = createCollectionsStore(fake.bridge, {
      offerUndo: (says, undo) => offers.push({ says, undo }),
      follow: () => undefined,
    })
    const rows = [
      { collectionId: 'k', path: 'users/admin', name: 'Admin' },
      { collectionId: 'o', path: 'x', name: 'X' },
    ]
    expect(await store.getState().duplicate(rows)).toEqual([
      { collectionId: 'k', path: 'users/admin (copy)' },
      { collectionId: 'o', path: 'x (copy)' },
    ])
    expect([...store.getState().toggled]).toEqual(['k:users'])
    expect(offers.map(({ says }) => says)).toEqual(['2 items duplicated.'])
    expect(await offers[0]?.undo()).toEqual(busy)
    isBusy = false
    expect(await offers[0]?.undo()).toBe(null)
    expect(undone).toEqual(['undo k', 'undo o'])
  })
})

describe('two versions of a file', () => {
  it('are beside each other line by line', () => {
    expect(lineDifference('a\nb\nc\nd', 'a\nx\nc\ne\nd')).toEqual([
      { left: 'a', right: 'a', same: true },
      { left: 'b', right: 'x', same: false },
      { left: 'c', right: 'c', same: true },
      { right: 'e', same: false },
      { left: 'd', right: 'd', same: true },
    ])
    expect(lineDifference('a', 'a')).toEqual([{ left: 'a', right: 'a', same: true }])
    const long = Array.from({ length: 3_000 }, (_, index) => `l${index}`)
    expect(lineDifference(long.join('\n'), long.toReversed().join('\n'))).toHaveLength(3_000)
  })
})
