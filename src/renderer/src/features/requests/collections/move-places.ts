import type { CollectionView } from '@contract/collections.ts'
import { folderOf } from '@contract/tables/item-kinds.ts'
import type { TreeRow } from './tree-rows.ts'

/** A folder, or a collection’s top level, that rows can be moved to. */
export interface MovePlace {
  collectionId: string
  /** Empty at the top level. */
  path: string
  name: string
  /** What it is in, by names; empty for a collection, and at the top of the one that the rows are in. */
  above: string
  /** 0 for a collection. */
  level: number
  /** All of the rows are there already. */
  now: boolean
}

/** The places of all collections in the order of the tree, that of the rows first, without folders that are moved and
 *  what is in them. */
export function placesFor(
  moved: readonly Pick<TreeRow, 'collectionId' | 'path' | 'kind'>[],
  collections: readonly CollectionView[],
): MovePlace[] {
  const own = collections.find(({ id }) => id === moved[0]?.collectionId)
  if (!own) return []
  const here = folderOf(moved[0]?.path ?? '')
  const areHere = moved.every(({ path }) => folderOf(path) === here)
  const along = new Set(moved.filter(({ kind }) => kind === 'folder').map(({ path }) => path))
  const others = collections.filter(({ id, trouble }) => id !== own.id && trouble === undefined)
  return [own, ...others].flatMap((collection) => {
    const { id: collectionId, name, items } = collection
    const isOwn = collection === own
    const places = new Map<string, MovePlace>()
    const isNow = (path: string): boolean => isOwn && areHere && path === here
    places.set('', { collectionId, path: '', name, above: '', level: 0, now: isNow('') })
    for (const item of items) {
      if (item.kind !== 'folder' || (isOwn && along.has(item.path))) continue
      // What is moved, and what is in it, is no place; a folder comes before what is in it.
      const parent = places.get(folderOf(item.path))
      if (!parent) continue
      const above = parent.level === 0 && isOwn ? '' : labelOf(parent)
      places.set(item.path, {
        collectionId,
        path: item.path,
        name: item.name,
        above,
        level: parent.level + 1,
        now: isNow(item.path),
      })
    }
    return [...places.values()]
  })
}

/** A place by all of its names. */
export function labelOf({ name, above }: MovePlace): string {
  return above === '' ? name : `${above} / ${name}`
}

/** Those that have all words of a search in their names, first those that have the last word in their own. */
export function fittingPlaces(places: readonly MovePlace[], search: string): readonly MovePlace[] {
  const words = search
    .toLowerCase()
    .split(/[\s/]+/)
    .filter((word) => word !== '')
  const last = words.at(-1)
  if (last === undefined) return places
  const found = places.filter((place) => {
    const label = labelOf(place).toLowerCase()
    return words.every((word) => label.includes(word))
  })
  const isOwn = ({ name }: MovePlace): boolean => name.toLowerCase().includes(last)
  return [...found.filter(isOwn), ...found.filter((place) => !isOwn(place))]
}
