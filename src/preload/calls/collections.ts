import { z } from 'zod'
import type {
  CollectionCopy,
  CollectionMove,
  CollectionRequest,
  CollectionSave,
  FollowedFiles,
  ItemPiece,
  LastStatus,
  ListedCollection,
  SavedRequest,
} from '@contract/collections'
import { id, limits, name, nothing } from '@contract/limits'
import { requestDraft } from '@contract/requests'
import { mostPicked, tagLimits } from '@contract/words'
import { call } from './call.ts'

/** A request whose address is not entered yet can be saved too. */
const draft = requestDraft.extend({ url: z.string().trim().max(limits.url) })

const pathLimit = 4_096
/** Within a collection, with `/` between the parts. */
const path = z.string().min(1).max(pathLimit)
const place = z.object({ collectionId: id, path }).strict()
const picked = z.object({ collectionId: id, paths: z.array(path).min(1).max(mostPicked) }).strict()
const tags = z.array(z.string().trim().min(1).max(tagLimits.length)).max(tagLimits.count)
const version = z.string().max(64)
const revision = z.number().int().min(0)
const fresh = z.object({ collectionId: id, folder: z.string().max(pathLimit), name }).strict()

export const collectionCalls = {
  /** All that are open, as they are on the disk; one that was not read yet is read first. */
  'collections:list': call(nothing).returns<ListedCollection[]>(),
  /** Some of a list that is too long to be listed at once, by the number that it was listed with; `since`: the list that
   *  the page has, of which it has to be told the difference alone. Code: `collection_changed`, where either is no
   *  longer known. */
  'collections:items': call(
    z.object({ collectionId: id, revision, since: revision.nullable(), from: revision }).strict(),
  ).returns<ItemPiece>(),
  /** Of the requests that were sent and are in the history, from 300 on. */
  'collections:last-statuses': call(nothing).returns<LastStatus[]>(),
  /** Asks for a folder; null where none was chosen. Codes: `collection_none`, `collection_gone`. */
  'collections:open': call(nothing).returns<{ id: string } | null>(),
  /** Asks for a folder and makes a collection there. Codes: `collection_write_failed`. */
  'collections:create': call(z.object({ name }).strict()).returns<{ id: string } | null>(),
  /** Takes it off the list; nothing on the disk is touched. */
  'collections:close': call(z.object({ id }).strict()).returns<null>(),
  /** Reads it again, where the system does not tell of changes. */
  'collections:refresh': call(z.object({ id }).strict()).returns<null>(),
  /** Codes: `collection_fault`, `collection_kind`, `collection_file_gone`, `collection_file_unreadable`. */
  'collections:read': call(place).returns<CollectionRequest>(),
  /** Writes a draft into its file; answers a conflict, and writes nothing, where the file is another by now. `over`:
   *  what of it the user has seen since and writes over; null where it is gone. Codes: those of reading,
   *  `collection_edit`, `collection_write_failed`. */
  'collections:save': call(
    place.extend({ draft, version, over: version.nullable().optional() }).strict(),
  ).returns<CollectionSave>(),
  /** With a draft: a request that has it; `exchangeId`: what was sent with it before counts as sent with the request from
   *  now on. Codes: `collection_write_failed`. */
  'collections:create-request': call(
    fresh.extend({ draft: draft.optional(), exchangeId: id.optional() }).strict(),
  ).returns<CollectionRequest>(),
  'collections:create-folder': call(fresh).returns<{ path: string }>(),
  /** Writes the name into the file; files and folders keep theirs. An empty path is the collection itself.
   *  Codes: `collection_changed`. */
  'collections:rename': call(
    z.object({ collectionId: id, path: z.string().max(pathLimit), name }).strict(),
  ).returns<FollowedFiles>(),
  /** Writes the tags of a file or a folder. Codes: `collection_changed`, `collection_edit`, `collection_fault`. */
  'collections:set-tags': call(place.extend({ tags }).strict()).returns<FollowedFiles>(),
  /** Makes a copy of each file, and of each folder with all that is in it, beside it, under another name; all or none.
   *  Codes: `collection_copy_large`, `collection_changed`, `collection_fault`, `collection_edit`. */
  'collections:duplicate': call(picked).returns<CollectionCopy>(),
  /** Gives files and folders another place: in a folder, before what is there or behind all, of another collection
   *  too (`into`). Nothing is written over:
   *  what has the name of another gets a number. Codes: `collection_move_inside`, `collection_move_deep`,
   *  `collection_move_large`, `collection_changed`, `collection_file_gone`, `collection_fault`, `collection_edit`. */
  'collections:move': call(
    picked
      .extend({ folder: z.string().max(pathLimit), before: path.nullable(), into: id.optional() })
      .strict(),
  ).returns<CollectionMove>(),
  /** Moves them to the bin, all or none. Codes: `collection_remove_large`, `collection_write_failed`. */
  'collections:remove': call(picked).returns<null>(),
  /** Takes back a move, or the making of copies. Codes: `collection_undo_gone`, `collection_changed`, `collection_write_failed`. */
  'collections:restore': call(z.object({ undo: id }).strict()).returns<FollowedFiles>(),
  /** Moves a request that cannot become a file of the profile’s own collection to the bin. */
  'collections:remove-left': call(z.object({ id }).strict()).returns<null>(),
  /** The files of requests that an earlier version kept in the database, once they are there; without those that are not. */
  'collections:of-saved': call(z.object({ ids: z.array(id).max(500) }).strict()).returns<SavedRequest[]>(),
}
