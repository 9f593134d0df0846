import type { RequestDraft } from './requests.ts'
import type { Failure } from './result.ts'
import type { ItemKind } from './tables/item-kinds.ts'

/** Where a file is broken, and why; line and column count from 1. */
export interface FileFault {
  line: number
  column: number
  reason: string
}

/** A folder or a file of a collection. The list of them is in the order of the tree, a folder before its content. */
export interface CollectionItem {
  /** Within the collection, with `/` between the parts. */
  path: string
  kind: 'folder' | ItemKind
  name: string
  method?: string
  /** Of its own; what is in a folder has those of the folder as well. */
  tags?: string[]
  /** What it, or a folder above it, says of who calls, where Gatehouse does not send that: `NTLM` for instance. */
  unsentAuth?: string
  fault?: FileFault
}

/** A request that waits to become a file of the profile's own collection, and cannot. */
export interface LeftRequest {
  id: string
  name: string
  reason: string
}

/** A collection that is open: a folder on the disk. */
export interface CollectionView {
  id: string
  /** The one that the profile has of its own: it is always there. */
  own?: { left: LeftRequest[] }
  name: string
  folder: string
  /** Of opencollection.yml. */
  fault?: FileFault
  /** The folder cannot be read now. */
  trouble?: Failure
  /** Why not all of it is listed, or why changes made elsewhere are not noticed. */
  notes: string[]
  items: CollectionItem[]
}

/** A collection as it is listed: where it has too many items for one answer, it has none here, and the number of the
 *  list to be asked for in pieces. */
export interface ListedCollection extends CollectionView {
  revision?: number
}

/** Some of a list of items. */
export interface ItemPiece {
  /** JSON: an array of items, and of `[from, count]` for rows that are taken from the list that was known before. */
  text: string
  /** Where the next piece begins; null after the last. */
  next: number | null
}

/** The status of the last response to a request. */
export interface LastStatus {
  collectionId: string
  path: string
  status: number
}

/** A request of a collection, as its file has it. */
export interface CollectionRequest {
  collectionId: string
  path: string
  name: string
  draft: RequestDraft
  /** What of the file was read: a save refuses where it is another by then. */
  version: string
  /** What the file has beyond the draft: it is kept, and not sent. */
  kept: string[]
  /** How its secret values are kept, which are never in the file; absent where it has none. Withheld are those that
   *  were entered for another origin than the file has by now. */
  secrets?: 'vault' | 'memory' | 'unreadable' | 'withheld'
}

/** A file that was changed elsewhere since it was read: nothing was written. */
export interface FileConflict {
  /** As it is on the disk now; absent where it is gone. */
  theirs?: { text: string; version: string }
  /** As it would have been written: the draft in what is on the disk, or, where that is gone or broken, in the text that
   *  it comes from. */
  mine: string
}

export type CollectionSave = { saved: CollectionRequest } | { conflict: FileConflict }

/** What a change of the tree did to files that may be open. */
export interface FollowedFiles {
  /** Where files and folders, with all that is in them, are now; `into`: in which collection, where it is another. */
  moved: { from: string; to: string; into?: string }[]
  /** Files, by where they are now, that Gatehouse wrote something else into than a draft: which version became which. */
  rewritten: { path: string; was: string; version: string }[]
}

/** A move in the tree, and how it is undone; null where all of it was in its place already. */
export interface CollectionMove extends FollowedFiles {
  undo: string | null
  /** Variables that what was moved names, which are known where it was and not where it is now. */
  unknown: string[]
}

/** A request by what named it while a version kept it in the database. */
export interface SavedRequest {
  id: string
  request: CollectionRequest
}

/** Copies that were made, and how that is undone. */
export interface CollectionCopy {
  undo: string
  paths: string[]
}
