import type { CollectionItem, CollectionView, FileFault } from '@contract/collections.ts'
import { folderOf, itemKindTable, tagsByPath, type ItemKind } from '@contract/tables/item-kinds.ts'

/** One row of the tree: a collection, a folder or a file. */
export interface TreeRow {
  key: string
  collectionId: string
  /** Empty for the collection itself. */
  path: string
  /** `left`: a request that could not become a file. */
  kind: 'collection' | 'folder' | 'left' | ItemKind
  name: string
  method?: string
  tags?: string[]
  fault?: FileFault
  /** The profile’s own collection, which is never closed. */
  own?: true
  /** What names a request that could not become a file. */
  leftId?: string
  /** Why the folder as a whole, or a request that is left, cannot be read. */
  trouble?: string
  /** From 1 on. */
  level: number
  /** Among its neighbours, from 1 on. */
  place: number
  neighbours: number
  /** Of what has others below it. */
  expanded?: boolean
}

/** The key of a row: a collection's id, and the path of what is in it. */
export function keyOf(collectionId: string, path: string): string {
  return `${collectionId}:${path}`
}

/** The rows that are to be seen. `toggled` are those that are otherwise than at first, when collections are open and
 *  folders closed. A search shows what has all of its words, with the folders that it is in, all of them open. */
export function treeRows(
  collections: readonly CollectionView[],
  toggled: ReadonlySet<string>,
  search: string,
): TreeRow[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const rows: TreeRow[] = []
  for (const collection of collections) {
    const { id, name, own, fault, trouble, folder } = collection
    const found = words.length === 0 ? undefined : foundIn(collection, words)
    const left = leftRows(collection, words)
    if (found?.size === 0 && left.length === 0 && !hasAll(own ? name : `${name} ${folder}`, words)) continue
    const expanded = found !== undefined || !toggled.has(keyOf(id, ''))
    rows.push({
      key: keyOf(id, ''),
      collectionId: id,
      path: '',
      kind: 'collection',
      name,
      ...(own && { own: true as const }),
      ...(fault && { fault }),
      ...(trouble && { trouble: trouble.message }),
      level: 1,
      place: 0,
      neighbours: 0,
      expanded,
    })
    if (expanded) rows.push(...itemRows(collection, toggled, found), ...left)
  }
  return numbered(rows)
}

function itemRows(
  { id, items }: CollectionView,
  toggled: ReadonlySet<string>,
  found?: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = []
  /** The closed folder that what follows is in. */
  let closed: string | undefined
  for (const item of items) {
    if (closed !== undefined && item.path.startsWith(closed)) continue
    closed = undefined
    if (found && !found.has(item.path)) continue
    const isFolder = item.kind === 'folder'
    const expanded = isFolder ? found !== undefined || toggled.has(keyOf(id, item.path)) : undefined
    if (expanded === false) closed = `${item.path}/`
    rows.push({
      ...item,
      key: keyOf(id, item.path),
      collectionId: id,
      level: item.path.split('/').length + 1,
      place: 0,
      neighbours: 0,
      ...(expanded !== undefined && { expanded }),
    })
  }
  return rows
}

/** Requests that wait to become files and cannot, behind all that did. */
function leftRows({ id, own }: CollectionView, words: readonly string[]): TreeRow[] {
  return (own?.left ?? [])
    .filter(({ name }) => hasAll(name, words))
    .map((left) => ({
      key: keyOf(id, `left:${left.id}`),
      collectionId: id,
      path: `left:${left.id}`,
      kind: 'left',
      name: left.name,
      leftId: left.id,
      trouble: left.reason,
      level: 2,
      place: 0,
      neighbours: 0,
    }))
}

/** What has all words in its name or path, and all tags that are asked for (`tag:smoke`), with the folders above. */
function foundIn({ items }: CollectionView, words: readonly string[]): Set<string> {
  const found = new Set<string>()
  const tags = words.filter((word) => word.startsWith(tagSign)).map((word) => word.slice(tagSign.length))
  const texts = words.filter((word) => !word.startsWith(tagSign))
  const tagsOf = tags.length > 0 ? tagsByPath(items) : undefined
  for (const item of items) {
    const own = tagsOf?.get(item.path)?.map((tag) => tag.toLowerCase()) ?? []
    // One that is not yet typed to its end finds what begins like it.
    const hasTags = tags.every((tag) => own.some((each) => each.startsWith(tag)))
    if (hasTags && hasAll(textOf(item), texts)) addWithFolders(found, item.path)
  }
  return found
}

const tagSign = 'tag:'

function addWithFolders(found: Set<string>, path: string): void {
  for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) found.add(path.slice(0, at))
}

function textOf({ name, path, method = '' }: CollectionItem): string {
  return `${method} ${name} ${path}`
}

function hasAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}

/** Says of each row which it is among those of its folder. */
function numbered(rows: TreeRow[]): TreeRow[] {
  const counts = new Map<string, number>()
  const parents = rows.map(parentOf)
  for (const [index, row] of rows.entries()) {
    const parent = parents[index] ?? ''
    row.place = (counts.get(parent) ?? 0) + 1
    counts.set(parent, row.place)
  }
  for (const [index, row] of rows.entries()) row.neighbours = counts.get(parents[index] ?? '') ?? 1
  return rows
}

/** Whether it is a request that can be sent. */
export function isSent({ kind, fault }: Pick<TreeRow, 'kind' | 'fault'>): boolean {
  if (kind === 'collection' || kind === 'folder' || kind === 'left') return false
  return fault === undefined && itemKindTable[kind].runs
}

/** The key of the row that a row is below; empty for a collection. */
export function parentOf({
  collectionId,
  path,
  kind,
}: Pick<TreeRow, 'collectionId' | 'path' | 'kind'>): string {
  return kind === 'collection' ? '' : keyOf(collectionId, folderOf(path))
}
