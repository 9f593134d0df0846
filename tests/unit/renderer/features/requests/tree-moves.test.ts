import { describe, expect, it } from 'vitest'
import type { CollectionView } from '../../../../../src/core/contract/collections.ts'
import { dropAt, stepOf } from '../../../../../src/renderer/src/features/requests/collections/tree-moves.ts'
import {
  treeRows,
  type TreeRow,
} from '../../../../../src/renderer/src/features/requests/collections/tree-rows.ts'

const shop: CollectionView = {
  id: 'k',
  name: 'Shop',
  folder: '/shop',
  notes: [],
  items: [
    { path: 'a', kind: 'folder', name: 'A' },
    { path: 'a/in', kind: 'folder', name: 'In' },
    { path: 'a/in/deep.yml', kind: 'http', name: 'Deep' },
    { path: 'a/one.yml', kind: 'http', name: 'One' },
    { path: 'b', kind: 'folder', name: 'B' },
    { path: 'x.yml', kind: 'http', name: 'X' },
    { path: 'y.yml', kind: 'grpc', name: 'Y' },
    { path: 'z.yml', kind: 'http', name: 'Z' },
  ],
}
const other: CollectionView = { ...shop, id: 'o', name: 'Other' }
const all = [shop, other]
const rows = treeRows(all, new Set(['k:a', 'k:a/in']), '')
const at = (path: string, id = 'k'): TreeRow => {
  const row = rows.find((each) => each.path === path && each.collectionId === id)
  if (!row) throw new Error(path)
  return row
}
const drop = (moved: string[], over: string, part: number, id = 'k') => {
  const place = dropAt(
    moved.map((path) => at(path)),
    at(over, id),
    part,
    all,
  )
  return place && `${place.sign} ${place.key} → ${place.folder || '/'} ${place.before ?? 'end'}`
}

describe('where a row can be dropped', () => {
  it('is beside what is of its sort, and into folders', () => {
    expect(drop(['z.yml'], 'x.yml', 0.2)).toBe('above k:x.yml → / x.yml')
    expect(drop(['z.yml'], 'x.yml', 0.8)).toBe('below k:x.yml → / y.yml')
    expect(drop(['x.yml'], 'z.yml', 0.8)).toBe('below k:z.yml → / end')
    expect(drop(['x.yml'], 'a/one.yml', 0.2)).toBe('above k:a/one.yml → a a/one.yml')
    expect(drop(['x.yml'], 'b', 0.1)).toBe('into k:b → b end')
    expect(drop(['a/one.yml'], '', 0.5)).toBe('into k: → / end')
    expect(drop(['b'], 'a', 0.1)).toBe('above k:a → / a')
    expect(drop(['b'], 'a', 0.5)).toBe('into k:a → a end')
    // Below an open folder is what is in it.
    expect(drop(['b'], 'a', 0.9)).toBe('into k:a → a end')
    expect(drop(['a'], 'b', 0.9)).toBe('below k:b → / end')
    // A folder held over files goes into the folder that they are in.
    expect(drop(['b'], 'a/one.yml', 0.2)).toBe('into k:a → a end')
    expect(drop(['x.yml', 'b'], 'a/one.yml', 0.2)).toBe('into k:a → a end')
  })

  it('is nowhere that it is already, or in itself', () => {
    expect(drop(['x.yml'], 'x.yml', 0.2)).toBeUndefined()
    expect(drop(['x.yml'], 'y.yml', 0.2)).toBeUndefined()
    expect(drop(['y.yml'], 'x.yml', 0.8)).toBeUndefined()
    expect(drop(['x.yml'], '', 0.5)).toBeUndefined()
    expect(drop(['a'], 'a/in', 0.5)).toBeUndefined()
    expect(drop(['a'], 'a/one.yml', 0.5)).toBeUndefined()
    expect(drop([''], 'b', 0.5)).toBeUndefined()
  })
})

it('is in another collection all the same, where that has the same paths too', () => {
  const place = (over: string, part: number) => dropAt([at('x.yml')], at(over, 'o'), part, all)
  expect(place('b', 0.5)).toEqual({ ...{ folder: 'b', before: null, key: 'o:b', sign: 'into' }, into: 'o' })
  expect(place('x.yml', 0.2)).toMatchObject({ folder: '', before: 'x.yml', into: 'o' })
  expect(place('', 0.5)).toMatchObject({ folder: '', before: null, into: 'o' })
})

describe('a step among the neighbours', () => {
  const step = (moved: string[], by: -1 | 1) =>
    stepOf(
      moved.map((path) => at(path)),
      by,
      all,
    )
  it('goes before the one above, or behind the one below, folders and files apart', () => {
    expect(step(['z.yml'], -1)).toEqual({ folder: '', before: 'y.yml' })
    expect(step(['x.yml'], 1)).toEqual({ folder: '', before: 'z.yml' })
    expect(step(['y.yml'], 1)).toEqual({ folder: '', before: null })
    expect(step(['b'], -1)).toEqual({ folder: '', before: 'a' })
    expect(step(['x.yml', 'y.yml'], 1)).toEqual({ folder: '', before: null })
    expect(step(['y.yml', 'z.yml'], -1)).toEqual({ folder: '', before: 'x.yml' })
    expect(step(['x.yml', 'z.yml'], 1)).toBeUndefined()
    expect(step(['x.yml', 'z.yml'], -1)).toEqual(undefined)
  })
  it('ends at either end, and where rows are of several places', () => {
    expect(step(['x.yml'], -1)).toBeUndefined()
    expect(step(['z.yml'], 1)).toBeUndefined()
    expect(step(['x.yml', 'a/one.yml'], 1)).toBeUndefined()
    expect(step(['x.yml', 'b'], 1)).toBeUndefined()
    expect(step([''], 1)).toBeUndefined()
  })
})
