import { expect, it } from 'vitest'
import type { CollectionItem } from '../../../../../src/core/contract/collections.ts'
import { folderOf } from '../../../../../src/core/contract/tables/item-kinds.ts'
import { planMove } from '../../../../../src/core/app/collections/move-plan.ts'

const file = (path: string): CollectionItem => ({ path, kind: 'http', name: path })
const folder = (path: string): CollectionItem => ({ path, kind: 'folder', name: path })
const readerOf = (items: CollectionItem[]) => {
  const here = (place: string) =>
    items
      .filter(({ path }) => folderOf(path) === place)
      .map(({ path, kind }, at) => ({ path, isFolder: kind === 'folder', broken: false, seq: at + 1 }))
  return {
    view: () => ({ items, notes: [], name: '' }),
    hasFolder: () => true,
    namesIn: (place: string) => here(place).map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    inside: (place: string) => ({
      folders: here(place).filter(({ isFolder }) => isFolder),
      files: here(place).filter(({ isFolder }) => !isFolder),
    }),
  }
}
const move = { collectionId: 'k', folder: 'to', before: null }

it('plans names that none has, whatever their case, one after another', () => {
  const items = [folder('a'), file('a/X.yml'), folder('b'), file('b/x.yml'), folder('to'), file('to/x.yml')]
  const plan = planMove(readerOf(items), { ...move, paths: ['b/x.yml', 'a/X.yml'] })
  expect(plan.ok && plan.value.renames).toEqual([
    { from: 'a/X.yml', to: 'to/X 2.yml' },
    { from: 'b/x.yml', to: 'to/x 3.yml' },
  ])
})

it('plans a move of very many at once in moments, and none that would write very many', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `from/r${at}.yml`)
  const reader = readerOf([
    folder('from'),
    ...many.map(file),
    folder('to'),
    ...many.slice(0, 1_000).map((path) => file(path.replace('from', 'to'))),
  ])
  const began = performance.now()
  const plan = planMove(reader, { ...move, paths: many.slice(500, 2_500) })
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(plan.ok && plan.value.renames).toHaveLength(2_000)
  expect(
    planMove(reader, { ...move, folder: 'from', before: 'from/r0.yml', paths: ['from/r9999.yml'] }),
  ).toMatchObject({
    error: { code: 'collection_move_large' },
  })
})
