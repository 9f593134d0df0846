import type { Result } from '@contract/result'

/** A folder or a file of YAML in a collection. */
export interface DiskEntry {
  /** Within the collection, with `/` between the parts. */
  path: string
  isFolder: boolean
  /** Changes when the file does, by its time, its size and its number; that of a folder when another is in its place. */
  stamp: string
}

export interface DiskList {
  /** That of the collection’s own folder. */
  stamp: string
  entries: DiskEntry[]
  /** What was left out, and why. */
  notes: string[]
}

export interface DiskText {
  text: string
  /** Of the bytes: two that are equal have the same. */
  version: string
}

/** What was taken off the disk, to be put back, or is to be put elsewhere too. */
export interface RemovedPart {
  path: string
  /** Null for a folder. */
  bytes: Uint8Array | null
  mode: number
}

/** The folders of collections. Paths within one never lead out of it, links included. Codes: `collection_gone`,
 *  `collection_file_gone`, `collection_file_unreadable`, `collection_write_failed`. */
export interface CollectionDisk {
  /** A folder's own way to be named: links and relative parts taken out. */
  place(folder: string): Promise<Result<string>>
  /** Makes a folder for its owner alone, and those above it; does nothing where it is there. */
  makeRoot(folder: string): Promise<Result<null>>
  list(root: string): Promise<Result<DiskList>>
  read(root: string, path: string): Promise<Result<DiskText>>
  /** Whether a file is there, within the folder and behind no link. */
  holds(root: string, path: string): Promise<boolean>
  /** The names and values of `.env` beside it; none where there is no such file. */
  readDotenv(root: string): Promise<Result<ReadonlyMap<string, string>>>
  /** Writes all of a file or nothing. `expected`: what the file was read as, null where there must be none; where it
   *  is another by now, nothing is written, and what is there is answered. */
  write(
    root: string,
    path: string,
    text: string,
    expected: string | null,
  ): Promise<Result<{ written: true; version: string } | { written: false; now?: DiskText }>>
  makeFolder(root: string, path: string): Promise<Result<null>>
  /** Gives a file, or a folder with all that is in it, another place in the collection; where something is there
   *  already, nothing is done. */
  move(root: string, from: string, to: string): Promise<Result<{ moved: boolean }>>
  /** What a file is, or a folder with all that is in it, whatever that is. Code: `collection_copy_large`. */
  parts(root: string, path: string): Promise<Result<RemovedPart[]>>
  /** Puts such parts at a path, all of them or none; where something is there already, nothing is done. */
  put(root: string, path: string, parts: readonly RemovedPart[]): Promise<Result<{ put: boolean }>>
  /** Takes a file, or a folder with all that is in it, off the disk. `expected`: what it must be for that, to the byte.
   *  Code: `collection_changed`. */
  remove(root: string, path: string, expected?: readonly RemovedPart[]): Promise<Result<RemovedPart[]>>
  /** Puts it back; what is there by now is left alone, and told where it is another. Code: `collection_changed`. */
  restore(root: string, parts: readonly RemovedPart[]): Promise<Result<null>>
  /** Tells when something in these folders may have changed; `failed` where the system does not tell. Returns how to
   *  stop. */
  watch(root: string, folders: readonly string[], on: { changed: () => void; failed: () => void }): () => void
}
