import type { FollowedFiles } from '@contract/collections.ts'

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
    paths: places.filter((each) => each.collectionId === collectionId).map(({ path }) => path),
  }))
}
