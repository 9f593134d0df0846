import { expect, it } from 'vitest'
import type { CollectionView } from '../../../../../src/core/contract/collections.ts'
import {
  fittingPlaces,
  labelOf,
  placesFor,
} from '../../../../../src/renderer/src/features/requests/collections/move-places.ts'

const shop: CollectionView = {
  id: 'k',
  name: 'Shop',
  folder: '/shop',
  notes: [],
  items: [
    { path: 'a', kind: 'folder', name: 'A' },
    { path: 'a/in', kind: 'folder', name: 'In' },
    { path: 'a/in/deep', kind: 'folder', name: 'Deep' },
    { path: 'a/one.yml', kind: 'http', name: 'One' },
    { path: 'b', kind: 'folder', name: 'B' },
    { path: 'x.yml', kind: 'http', name: 'X' },
  ],
}
const other: CollectionView = { ...shop, id: 'o', name: 'Other' }
const broken: CollectionView = { ...other, id: 'p', trouble: { code: 'collection_gone', message: 'Gone.' } }
const places = (paths: string[]) =>
  placesFor(
    paths.map((path) => ({ collectionId: 'k', path, kind: path.endsWith('.yml') ? 'http' : 'folder' })),
    [other, shop, broken],
  )
const seen = (paths: string[]) =>
  places(paths).map((place) => `${place.level} ${labelOf(place)}${place.now ? ' now' : ''}`)

it('are those of all collections in the order of the tree, those of its own first', () => {
  expect(seen(['x.yml'])).toEqual([
    ...['0 Shop now', '1 A', '2 A / In', '3 A / In / Deep', '1 B'],
    ...['0 Other', '1 Other / A', '2 Other / A / In', '3 Other / A / In / Deep', '1 Other / B'],
  ])
  expect(seen(['a/one.yml', 'a/in']).slice(0, 3)).toEqual(['0 Shop', '1 A now', '1 B'])
  // From several places: none is where all of them are.
  expect(seen(['a/one.yml', 'x.yml']).filter((each) => each.endsWith('now'))).toEqual([])
  expect(seen(['a', 'b']).slice(0, 2)).toEqual(['0 Shop now', '0 Other'])
})

it('are found by words of all their names, those that have the last one themselves first', () => {
  const found = (search: string) => fittingPlaces(places(['x.yml']), search).map(labelOf)
  expect(found(' in ')).toEqual(['A / In', 'Other / A / In', 'A / In / Deep', 'Other / A / In / Deep'])
  expect(found('OTHER/in')).toEqual(['Other / A / In', 'Other / A / In / Deep'])
  expect(found('nothing')).toEqual([])
  expect(found('')).toHaveLength(10)
})

it('are looked through in moments where there are very many', () => {
  const items = Array.from({ length: 20_000 }, (_, each) => ({
    ...{ path: `f${each}`, kind: 'folder' as const, name: `Folder ${each}` },
  }))
  const moved = items.slice(0, 5_000).map(({ path, kind }) => ({ collectionId: 'k', path, kind }))
  const began = performance.now()
  const all = placesFor(moved, [{ ...shop, items }])
  expect([all.length, fittingPlaces(all, 'folder 1999').length]).toEqual([15_001, 11])
  expect(performance.now() - began).toBeLessThan(1_000)
})
