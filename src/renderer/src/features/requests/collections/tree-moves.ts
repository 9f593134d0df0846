import type { CollectionView } from '@contract/collections.ts'
import { folderOf } from '@contract/tables/item-kinds.ts'
import { insideOf, type TreeRow } from './tree-rows.ts'

/** Where rows would come to: in a folder, before what is there or behind all; `into`: of another collection. */
export interface TreePlace {
  into?: string
  folder: string
  before: string | null
}

/** A place under the pointer, and where its sign is drawn: on a line beside a row, or around the folder’s row. */
export interface TreeDrop extends TreePlace {
  key: string
  sign: 'above' | 'below' | 'into'
}

type Known = Pick<TreeRow, 'collectionId' | 'path' | 'kind'>

/** Rows that can be moved together: of one collection, none of them a collection itself. */
export function isMovable(rows: readonly Known[]): boolean {
  const [first] = rows
  return (
    first !== undefined &&
    rows.every(
      ({ path, kind, collectionId }) => path !== '' && kind !== 'left' && collectionId === first.collectionId,
    )
  )
}

/** Where the rows come to that are held over a row; `part` is how far down it, from 0 to 1. Folders come before files:
 *  beside what is of the other sort there is no place, and the folder takes them. Nothing where they cannot go. */
export function dropAt(
  moved: readonly Known[],
  over: TreeRow,
  part: number,
  collections: readonly CollectionView[],
): TreeDrop | undefined {
  if (!isMovable(moved) || over.trouble !== undefined || over.kind === 'left') return undefined
  const from = moved[0]?.collectionId
  if (from !== over.collectionId) {
    const place = dropAt(asFrom(moved, over.collectionId), over, part, collections)
    return place && { ...place, into: over.collectionId }
  }
  const isFolders = moved.every(({ kind }) => kind === 'folder')
  const isFiles = moved.every(({ kind }) => kind !== 'folder')
  const sameSort = over.kind === 'folder' ? isFolders : over.kind !== 'collection' && isFiles
  const edge = over.kind === 'folder' ? 0.25 : 0.5
  const isAbove = sameSort && part < edge
  // Below an open folder is what is in it.
  const isBelow = sameSort && part >= 1 - edge && over.expanded !== true
  const parent = folderOf(over.path)
  if (isAbove && canHold(parent, moved))
    return beside(over, moved, collections, { before: over.path, sign: 'above' })
  if (isBelow && canHold(parent, moved)) {
    const held = new Set(moved.map(({ path }) => path))
    const others = siblings(collections, over).filter((path) => !held.has(path))
    const next = others[others.indexOf(over.path) + 1] ?? null
    return beside(over, moved, collections, { before: next, sign: 'below' })
  }
  const folder = over.kind === 'folder' || over.kind === 'collection' ? over.path : parent
  const key = `${over.collectionId}:${folder}`
  const isThere = moved.every(({ path }) => folderOf(path) === folder)
  return canHold(folder, moved) && !isThere ? { folder, before: null, key, sign: 'into' } : undefined
}

/** The same, as if it came from elsewhere in that collection: no path of it is one of these. */
function asFrom(moved: readonly Known[], collectionId: string): Known[] {
  return moved.map(({ kind, path }) => ({ kind, collectionId, path: `\0/${path}` }))
}

function beside(
  over: TreeRow,
  moved: readonly Known[],
  collections: readonly CollectionView[],
  { before, sign }: { before: string | null; sign: 'above' | 'below' },
): TreeDrop | undefined {
  const folder = folderOf(over.path)
  const drop = { folder, before, key: over.key, sign }
  if (moved.some(({ path }) => path === over.path)) return undefined
  // One that would be where it is has nowhere to go.
  const all = siblings(collections, over)
  const [only, more] = moved
  const at = only && more === undefined ? all.indexOf(only.path) : -1
  return at >= 0 && (all[at + 1] ?? null) === before ? undefined : drop
}

/** One step up or down among the neighbours; nothing where there is none, or where the rows are not of one folder and
 *  sort. */
export function stepOf(
  moved: readonly Known[],
  by: -1 | 1,
  collections: readonly CollectionView[],
): TreePlace | undefined {
  const [first] = moved
  if (!first || !isMovable(moved)) return undefined
  const all = siblings(collections, first)
  const held = new Set(moved.map(({ path }) => path))
  const mine = all.filter((path) => held.has(path))
  if (mine.length !== moved.length) return undefined
  const others = all.filter((path) => !held.has(path))
  const edge = by < 0 ? mine[0] : mine.at(-1)
  const at = all.slice(0, all.indexOf(edge ?? '')).filter((path) => !held.has(path)).length
  if (by < 0 ? at === 0 : at === others.length) return undefined
  return { folder: folderOf(first.path), before: others[by < 0 ? at - 1 : at + 1] ?? null }
}

/** What is beside a row in its folder and of its sort, itself among them, in order. */
function siblings(collections: readonly CollectionView[], { collectionId, path, kind }: Known): string[] {
  const folder = folderOf(path)
  const items = collections.find(({ id }) => id === collectionId)?.items ?? []
  const inside = insideOf(items).get(folder) ?? []
  return inside.filter((item) => (item.kind === 'folder') === (kind === 'folder')).map((item) => item.path)
}

/** A folder takes neither itself nor one that it is in. */
function canHold(folder: string, moved: readonly Known[]): boolean {
  return !moved.some(({ path, kind }) => kind === 'folder' && `${folder}/`.startsWith(`${path}/`))
}

/** Rows as they are named in a sentence. */
export function namesOf(rows: readonly Pick<TreeRow, 'name'>[]): string {
  const [first] = rows
  return rows.length === 1 && first ? `“${first.name}”` : `${rows.length} items`
}

/** What a folder, or a collection, is called. */
export function folderName(
  collections: readonly CollectionView[],
  collectionId: string | undefined,
  folder: string,
): string {
  const collection = collections.find(({ id }) => id === collectionId)
  return collection?.items.find(({ path }) => path === folder)?.name ?? collection?.name ?? ''
}

/** What is picked of one collection can be run together. */
export function canRun(rows: readonly TreeRow[]): boolean {
  return rows.length === 1 || isMovable(rows)
}

export function canDuplicate(rows: readonly TreeRow[]): boolean {
  return rows.every((row) => row.path !== '' && row.kind !== 'left' && !isBroken(row))
}

export function isBroken(row: TreeRow | undefined): boolean {
  return row?.fault !== undefined || row?.trouble !== undefined
}
