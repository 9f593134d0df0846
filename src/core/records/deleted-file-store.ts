/** Files that were deleted out of a collection. In the table only on their way into the bin, and from there back into
 *  their folder. */
interface DeletedFiles {
  id: string
  userId: string
  collectionId: string
  /** See `documents/deleted-files.ts`; sealed at `deleted_files.parts`. */
  sealedParts?: Uint8Array
  /** In the place of it where the vault keeps nothing beyond its run: they were in the open on the disk. */
  openParts?: string
}

/** Keeps deleted files. Every write is durable when it returns. */
export interface DeletedFileStore {
  add(files: DeletedFiles): void
  list(userId: string): DeletedFiles[]
  remove(userId: string, id: string): void
}
