import type { Result } from '@contract/result'

/** A file of a user's own collection, as it was noted last. */
export interface OwnFile {
  /** Within the collection, with `/` between the parts. */
  path: string
  text: string
  /** Of the bytes: two that are equal have the same. */
  version: string
}

/** What the files of the profile's own collections say, noted in the database so that each copy of it has them. */
export interface OwnFileStore {
  list(userId: string): OwnFile[]
  /** The version of each file by its path. */
  versions(userId: string): Map<string, string>
  /** Notes these, and forgets those at once. */
  change(userId: string, noted: readonly OwnFile[], gone: readonly string[]): void
}

/** Where the collections lie that the profile has of its own, one for each user. */
export interface OwnFolders {
  folderOf: (userId: string) => string
  /** Deletes a user's for good. Code: `collection_write_failed`. */
  remove: (userId: string) => Promise<Result<null>>
}
