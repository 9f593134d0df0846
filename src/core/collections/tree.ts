import type { CollectionItem, FileFault } from '@contract/collections'
import { folderOf } from '@contract/tables/item-kinds'
import type { Head } from './read-head.ts'

/** A folder or a file with what is known of it. */
export interface TreeEntry {
  path: string
  isFolder: boolean
  head: Partial<Head>
  fault?: FileFault
}

/** The entries as the list of a tree: below each folder first its folders, then its requests, each in the order that
 *  their files ask for, else by name. */
export function treeOf(entries: readonly TreeEntry[]): CollectionItem[] {
  const children = new Map<string, TreeEntry[]>()
  for (const entry of entries) {
    const parent = folderOf(entry.path)
    const list = children.get(parent)
    if (list) list.push(entry)
    else children.set(parent, [entry])
  }
  const items: CollectionItem[] = []
  function visit(folder: string): void {
    for (const entry of (children.get(folder) ?? []).toSorted(inOrder)) {
      items.push(itemOf(entry))
      if (entry.isFolder) visit(entry.path)
    }
  }
  visit('')
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

const collator = new Intl.Collator('en', { numeric: true })

/** Which of two in a folder comes first. */
export function inOrder(a: TreeEntry, b: TreeEntry): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1
  const [one, other] = [a.head.seq ?? Infinity, b.head.seq ?? Infinity]
  if (one !== other) return one - other
  return collator.compare(a.head.name || a.path, b.head.name || b.path)
}
