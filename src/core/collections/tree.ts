import type { CollectionItem, FileFault } from '@contract/collections'
import { folderOf } from '@contract/tables/item-kinds'
import type { Pacer } from '../text/pacer.ts'
import { sortedInTurns } from '../text/sorted-in-turns.ts'
import { arrangedFolders, fileOrder, folderNameOrder } from './info/order.ts'
import type { Head } from './read-head.ts'

/** A folder or a file with what is known of it. */
export interface TreeEntry {
  path: string
  isFolder: boolean
  head: Partial<Head>
  unsentAuth?: string
  fault?: FileFault
}

/** What is in each folder, by its path: first its folders, then its requests, each in the order that their files ask
 *  for, as Bruno reads it (`info/order.ts`). */
export type Arranged = ReadonlyMap<string, readonly TreeEntry[]>

/** Arranges entries, in turns with whoever else has something to do; quick where they are in nearly the order of
 *  before. */
export async function arrange(
  entries: readonly TreeEntry[],
  before: Arranged,
  pacer: Pacer,
): Promise<Arranged> {
  const children = new Map<string, TreeEntry[]>()
  for (const entry of entries) {
    const parent = folderOf(entry.path)
    const list = children.get(parent)
    if (list) list.push(entry)
    else children.set(parent, [entry])
    if (pacer.isDue()) await pacer.turn()
  }
  for (const [folder, list] of children) {
    const sorted = await sortedInTurns(asBefore(list, before.get(folder) ?? []).map(placedOf), inOrder, pacer)
    const firstFile = sorted.findIndex(({ entry }) => !entry.isFolder)
    const folders = firstFile < 0 ? sorted.length : firstFile
    children.set(
      folder,
      [...arrangedFolders(sorted.slice(0, folders)), ...sorted.slice(folders)].map(({ entry }) => entry),
    )
  }
  return children
}

/** The same list with those that were there before first, in the order that they had. */
function asBefore(list: readonly TreeEntry[], before: readonly TreeEntry[]): readonly TreeEntry[] {
  if (before.length === 0) return list
  const ranks = new Map(before.map(({ path }, rank) => [path, rank]))
  const [known, fresh]: [TreeEntry[], TreeEntry[]] = [[], []]
  for (const entry of list) {
    const rank = ranks.get(entry.path)
    if (rank === undefined) fresh.push(entry)
    else known[rank] = entry
  }
  // Places of what is gone are empty.
  return [...Object.values(known), ...fresh]
}

/** The list of the tree: below each folder what is in it. Of `before` what has stayed the same is taken, as the same
 *  objects. */
export async function treeOf(
  arranged: Arranged,
  before: readonly CollectionItem[],
  pacer: Pacer,
): Promise<CollectionItem[]> {
  const known = new Map(before.map((item) => [item.path, item]))
  const items: CollectionItem[] = []
  async function visit(folder: string): Promise<void> {
    for (const entry of arranged.get(folder) ?? []) {
      const item = itemOf(entry)
      const old = known.get(item.path)
      items.push(old && isSame(old, item) ? old : item)
      if (entry.isFolder) await visit(entry.path)
      else if (pacer.isDue()) await pacer.turn()
    }
  }
  await visit('')
  return items
}

/** What a path is called where its file does not say. */
export function nameOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '')
}

function itemOf({ path, isFolder, head, unsentAuth, fault }: TreeEntry): CollectionItem {
  return {
    path,
    kind: isFolder ? 'folder' : (head.kind ?? 'unknown'),
    name: head.name || nameOfPath(path),
    ...(head.method !== undefined && { method: head.method }),
    ...(head.tags && { tags: head.tags }),
    ...(unsentAuth !== undefined && { unsentAuth }),
    ...(fault && { fault }),
  }
}

function isSame(one: CollectionItem, other: CollectionItem): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.method === other.method &&
    one.unsentAuth === other.unsentAuth &&
    JSON.stringify([one.tags, one.fault]) === JSON.stringify([other.tags, other.fault])
  )
}

/** An entry with what it is put in order by. */
interface PlacedEntry {
  entry: TreeEntry
  path: string
  seq?: number
}

function placedOf(entry: TreeEntry): PlacedEntry {
  const { path, fault, head } = entry
  // What cannot be read comes last.
  const seq = head.seq ?? (fault && !entry.isFolder ? Infinity : undefined)
  return { entry, path, ...(seq !== undefined && { seq }) }
}

/** Which of two in a folder comes first, folders by their names alone. */
function inOrder(a: PlacedEntry, b: PlacedEntry): number {
  if (a.entry.isFolder !== b.entry.isFolder) return a.entry.isFolder ? -1 : 1
  return a.entry.isFolder ? folderNameOrder(a, b) : fileOrder(a, b)
}
