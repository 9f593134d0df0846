import type { FollowedFiles } from '@contract/collections.ts'
import { pathAfter } from '@contract/tables/item-kinds.ts'
import type { FileOfTab } from './file-of-tab.ts'
import type { Tab } from './tab.ts'

/** A tab, by what it is of: files and folders of a collection that were moved, or written for another reason than a
 *  draft. The same tab where nothing of it was. */
export function followedTab<Some extends Tab>(tab: Some, collectionId: string, files: FollowedFiles): Some {
  const { subject } = tab
  if (subject.kind === 'run') {
    if (subject.collectionId !== collectionId || files.moved.length === 0) return tab
    const paths = subject.paths?.map((path) => pathIn(path, files))
    const place = placeIn({ collectionId, path: subject.folder }, collectionId, files)
    const folder = { collectionId: place.collectionId, folder: place.path }
    return { ...tab, subject: { ...subject, ...folder, ...(paths && { paths }) } }
  }
  if (subject.kind !== 'request') return tab
  const { seed } = subject
  if (seed.from === 'file') {
    const request = followedFile(seed.request, collectionId, files)
    return request === seed.request
      ? tab
      : { ...tab, subject: { kind: 'request', seed: { ...seed, request } } }
  }
  if (seed.from !== 'kept' || !seed.file) return tab
  const file = followedFile(seed.file, collectionId, files)
  return file === seed.file ? tab : { ...tab, subject: { kind: 'request', seed: { ...seed, file } } }
}

/** Where a file is now, and its version of now; the same where it is as before. */
export function followedFile<File extends Pick<FileOfTab, 'collectionId' | 'path' | 'version'>>(
  file: File,
  collectionId: string,
  files: FollowedFiles,
): File {
  const into = files.moved.find((each) => each.into !== undefined)?.into ?? collectionId
  if (file.collectionId !== collectionId && file.collectionId !== into) return file
  const place = placeIn(file, collectionId, files)
  const version = files.rewritten
    .filter((each) => each.path === place.path)
    .reduce((now, each) => (each.was === now ? each.version : now), file.version)
  const isSame = place.path === file.path && place.collectionId === file.collectionId
  return isSame && version === file.version
    ? file
    : { ...file, collectionId: place.collectionId, path: place.path, version }
}

/** Where something of a collection is after all moves out of it. */
export function placeIn(
  place: { collectionId: string; path: string },
  collectionId: string,
  { moved }: Pick<FollowedFiles, 'moved'>,
): { collectionId: string; path: string } {
  return moved.reduce((now, each) => {
    const isMoved = now.path === each.from || now.path.startsWith(`${each.from}/`)
    if (now.collectionId !== collectionId || !isMoved) return now
    return { collectionId: each.into ?? collectionId, path: pathAfter(now.path, each) }
  }, place)
}

/** Where a path is after all moves. */
function pathIn(path: string, { moved }: Pick<FollowedFiles, 'moved'>): string {
  return moved.reduce((now, each) => pathAfter(now, each), path)
}
