import type { CollectionView } from '@contract/collections.ts'

/** How many folders are offered. */
const offered = 200

/** The collections and their folders, as places for a new request. */
export function foldersOf(
  collections: readonly CollectionView[],
): { collectionId: string; path: string; label: string }[] {
  return collections
    .filter(({ trouble }) => trouble === undefined)
    .flatMap(({ id, name, items }) => [
      { collectionId: id, path: '', label: name },
      ...items
        .filter(({ kind }) => kind === 'folder')
        .map(({ path }) => ({ collectionId: id, path, label: `${name} / ${path.replaceAll('/', ' / ')}` })),
    ])
    .slice(0, offered)
}
