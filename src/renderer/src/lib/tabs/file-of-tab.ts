import type { CollectionRequest } from '@contract/collections.ts'
import type { Failure } from '@contract/result.ts'

/** The file of a collection that a request is from, and what of it was read. */
export interface FileOfTab extends Pick<
  CollectionRequest,
  'collectionId' | 'path' | 'version' | 'kept' | 'secrets'
> {
  /** It says something else by now, which the draft does not have; or it cannot be read. */
  outside?: { failure?: Failure }
}

/** A request of a collection in whose place another one is sent that is in no file: with what comes to it there. */
export type PlaceOfTab = Pick<FileOfTab, 'collectionId' | 'path'>

/** What names a file's tab. Without blanks: they part ids where an attribute names several. */
export function fileKey({ collectionId, path }: Pick<FileOfTab, 'collectionId' | 'path'>): string {
  return `file:${collectionId}:${encodeURIComponent(path)}`
}
