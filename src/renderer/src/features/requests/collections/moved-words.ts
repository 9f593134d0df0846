import type { FollowedFiles } from '@contract/collections.ts'
import type { Failure } from '@contract/result.ts'
import { folderOf } from '@contract/tables/item-kinds.ts'
import { mostPicked } from '@contract/words.ts'

/** What has another file name now, as its own was taken. */
export function renamed({ moved }: FollowedFiles): string[] {
  const [from, to] = [moved[0]?.from, moved[0]?.to].map((path = '') => path.slice(path.lastIndexOf('/') + 1))
  return moved.length === 1 && from !== to ? [`It is now “${to}” on disk.`] : []
}

/** Variables that another collection does not have. */
export function notKnown(names: readonly string[]): string[] {
  if (names.length === 0) return []
  const shown = names.slice(0, 5).map((name) => `{{${name}}}`)
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  return [`Not defined there: ${shown.join(', ')}${more}.`]
}

/** Places by the collections that they are in. */
export function byCollection(
  places: readonly { collectionId: string; path: string }[],
): { collectionId: string; paths: string[] }[] {
  const ids = [...new Set(places.map(({ collectionId }) => collectionId))]
  return ids.map((collectionId) => ({
    collectionId,
    paths: topmost(places.filter((each) => each.collectionId === collectionId).map(({ path }) => path)),
  }))
}

/** Those that do not come along with a folder among them. */
export function topmost(paths: readonly string[]): string[] {
  const all = new Set(paths)
  function comesAlong(path: string): boolean {
    const above = folderOf(path)
    return above !== '' && (all.has(above) || comesAlong(above))
  }
  return paths.filter((path) => !comesAlong(path))
}

/** Why these are not moved, copied or deleted at once. */
export function tooMany(paths: readonly string[]): Failure | null {
  if (paths.length <= mostPicked) return null
  return {
    code: 'collection_picked_many',
    message: `${paths.length.toLocaleString('en')} are more than are moved, copied or deleted at once (${mostPicked.toLocaleString('en')}).`,
    next: 'Select the folder that they are in, or fewer of them.',
  }
}
