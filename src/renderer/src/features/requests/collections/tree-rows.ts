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
  method?: string | undefined
  tags?: string[] | undefined
  fault?: FileFault | undefined
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
  expanded?: boolean | undefined
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
  const words = wordsOf(search)
  const rows: TreeRow[] = []
  const shown = collections.flatMap((collection) => {
    const found = words.length === 0 ? undefined : foundIn(collection, words)
    const left = leftRows(collection, words)
    return isShown(collection, words, found, left) ? [{ collection, found, left }] : []
  })
  for (const [index, { collection, found, left }] of shown.entries()) {
    const { id, name, own, fault, trouble } = collection
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
      place: index + 1,
      neighbours: shown.length,
      expanded,
    })
    if (expanded) addItems(rows, { collection, toggled, left, ...(found && { found }) })
  }
  return rows
}

/** Whether a search finds anything at all. */
export function isAnyFound(collections: readonly CollectionView[], search: string): boolean {
  const words = wordsOf(search)
  return collections.some((collection) =>
    isShown(collection, words, foundIn(collection, words), leftRows(collection, words)),
  )
}

function wordsOf(search: string): string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

function isShown(
  { own, name, folder }: CollectionView,
  words: readonly string[],
  found: ReadonlySet<string> | undefined,
  left: readonly TreeRow[],
): boolean {
  return found?.size !== 0 || left.length > 0 || hasAll(own ? name : `${name} ${folder}`, words)
}

interface Shown {
  collection: CollectionView
  toggled: ReadonlySet<string>
  /** What a search found. */
  found?: ReadonlySet<string>
  left: readonly TreeRow[]
}

/** The rows below a collection: only what is in open folders is looked at. */
function addItems(rows: TreeRow[], { collection, toggled, found, left }: Shown): void {
  const { id, items } = collection
  const inside = insideOf(items)
  function visit(folder: string, level: number): void {
    const all = inside.get(folder) ?? []
    const last = folder === '' ? left : []
    const place = { collectionId: id, level, more: last.length }
    const some = found ? all.filter(({ path }) => found.has(path)) : all
    // What finds all of a folder, as the first letters do, needs no rows of its own.
    const here = some.length === all.length ? knownRows(all, place) : rowsOf(some, place)
    for (const row of here) {
      const isOpen = row.kind === 'folder' && (found !== undefined || toggled.has(row.key))
      rows.push(isOpen ? { ...row, expanded: true } : row)
      if (isOpen) visit(row.path, level + 1)
    }
    for (const [index, row] of last.entries())
      rows.push({ ...row, place: here.length + index + 1, neighbours: here.length + last.length })
  }
  visit('', 2)
}

/** Where rows are; `more`: how many come behind them. */
interface Level {
  collectionId: string
  level: number
  more: number
}

/** The rows of a folder, all folders among them closed. */
function rowsOf(items: readonly CollectionItem[], { collectionId, level, more }: Level): TreeRow[] {
  // All of one shape, member by member: there are thousands of them.
  return items.map((item, index) => ({
    key: keyOf(collectionId, item.path),
    collectionId,
    path: item.path,
    kind: item.kind,
    name: item.name,
    method: item.method,
    tags: item.tags,
    fault: item.fault,
    level,
    place: index + 1,
    neighbours: items.length + more,
    expanded: item.kind === 'folder' ? false : undefined,
  }))
}

/** Those of what is in a folder, made once for each list of it. */
const rowsOfLists = new WeakMap<readonly CollectionItem[], readonly TreeRow[]>()

function knownRows(items: readonly CollectionItem[], place: Level): readonly TreeRow[] {
  const known = rowsOfLists.get(items)
  const [first] = known ?? []
  if (known && first?.collectionId === place.collectionId && first.neighbours === items.length + place.more)
    return known
  const made = rowsOf(items, place)
  rowsOfLists.set(items, made)
  return made
}

/** What is in each folder of a list, looked up once for each list. */
const insides = new WeakMap<readonly CollectionItem[], ReadonlyMap<string, readonly CollectionItem[]>>()

/** What is in each folder, by its path, in order. */
export function insideOf(items: readonly CollectionItem[]): ReadonlyMap<string, readonly CollectionItem[]> {
  const known = insides.get(items)
  if (known) return known
  const inside = new Map<string, CollectionItem[]>()
  let [last, list]: [string | undefined, CollectionItem[]] = [undefined, []]
  for (const item of items) {
    const folder = folderOf(item.path)
    if (folder !== last) {
      list = inside.get(folder) ?? []
      inside.set(folder, list)
      last = folder
    }
    list.push(item)
  }
  insides.set(items, inside)
  return inside
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

/** What was found last in each list. */
const lastFound = new WeakMap<readonly CollectionItem[], { words: string; found: ReadonlySet<string> }>()

function foundIn({ items }: CollectionView, words: readonly string[]): ReadonlySet<string> {
  const asked = words.join(' ')
  const last = lastFound.get(items)
  if (last?.words === asked) return last.found
  const found = findIn(items, words)
  lastFound.set(items, { words: asked, found })
  return found
}

/** What has all words in its name or path, and all tags that are asked for (`tag:smoke`), with the folders above. */
function findIn(items: readonly CollectionItem[], words: readonly string[]): Set<string> {
  const found = new Set<string>()
  const tags = words.filter((word) => word.startsWith(tagSign)).map((word) => word.slice(tagSign.length))
  const others = words.filter((word) => !word.startsWith(tagSign))
  const tagsOf = tags.length > 0 ? lowerTags(items) : undefined
  function isFound(item: CollectionItem): boolean {
    const own = tagsOf?.get(item.path) ?? []
    // One that is not yet typed to its end finds what begins like it.
    if (!tags.every((tag) => own.some((each) => each.startsWith(tag)))) return false
    if (others.length === 0) return true
    const text = textOf(item)
    return others.every((word) => text.includes(word))
  }
  for (const [folder, list] of insideOf(items)) {
    const before = found.size
    for (const item of list) if (isFound(item)) found.add(item.path)
    if (found.size > before) addFolders(found, folder)
  }
  return found
}

const tagSign = 'tag:'

/** The tags of all in a list, as they are looked for; made once for each list. */
const tagsOfLists = new WeakMap<readonly CollectionItem[], ReadonlyMap<string, readonly string[]>>()

function lowerTags(items: readonly CollectionItem[]): ReadonlyMap<string, readonly string[]> {
  const known = tagsOfLists.get(items)
  if (known) return known
  const found = new Map<string, readonly string[]>()
  for (const [path, tags] of tagsByPath(items))
    if (tags.length > 0)
      found.set(
        path,
        tags.map((tag) => tag.toLowerCase()),
      )
  tagsOfLists.set(items, found)
  return found
}

/** A folder, and those that it is in. */
function addFolders(found: Set<string>, folder: string): void {
  for (let above = folder; above !== ''; above = folderOf(above)) found.add(above)
}

/** What a search looks into, made once for each item. */
const texts = new WeakMap<CollectionItem, string>()

function textOf(item: CollectionItem): string {
  const known = texts.get(item)
  if (known !== undefined) return known
  const { name, path, method = '' } = item
  const text = `${method} ${name} ${path}`.toLowerCase()
  texts.set(item, text)
  return text
}

function hasAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
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

/** Rows are told apart by where they are, which costs nothing; React has keys of its own. */
export function keysFor(_rows: readonly TreeRow[]): (index: number) => number {
  return (index) => index
}
