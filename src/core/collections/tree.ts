import type { CollectionItem, FileFault } from '@contract/collections'
import { folderOf } from '@contract/tables/item-kinds'
import type { Pacer } from '../text/pacer.ts'
import { sortedInTurns } from '../text/sorted-in-turns.ts'
import type { Head } from './read-head.ts'

/** A folder or a file with what is known of it. */
export interface TreeEntry {
  path: string
  isFolder: boolean
  head: Partial<Head>
  fault?: FileFault
}

/** What is in each folder, by its path: first its folders, then its requests, each in the order that their files ask
 *  for, else by name. */
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
    const ranks = new Map(before.get(folder)?.map(({ path }, rank) => [path, rank]))
    const rankOf = ({ path }: TreeEntry): number => ranks.get(path) ?? ranks.size
    if (ranks.size > 0) list.sort((a, b) => rankOf(a) - rankOf(b))
    children.set(folder, await sortedInTurns(list, inOrder, pacer))
  }
  return children
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

function itemOf({ path, isFolder, head, fault }: TreeEntry): CollectionItem {
  return {
    path,
    kind: isFolder ? 'folder' : (head.kind ?? 'unknown'),
    name: head.name || nameOfPath(path),
    ...(head.method !== undefined && { method: head.method }),
    ...(head.tags && { tags: head.tags }),
    ...(fault && { fault }),
  }
}

function isSame(one: CollectionItem, other: CollectionItem): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.method === other.method &&
    JSON.stringify([one.tags, one.fault]) === JSON.stringify([other.tags, other.fault])
  )
}

const collator = new Intl.Collator('en', { numeric: true })

/** Which of two in a folder comes first. */
export function inOrder(a: TreeEntry, b: TreeEntry): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1
  const [one, other] = [a.head.seq ?? Infinity, b.head.seq ?? Infinity]
  if (one !== other) return one - other
  return collator.compare(a.head.name || a.path, b.head.name || b.path)
}
