import type { CollectionView, LeftRequest, ListedCollection } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'
import type { FolderLooks } from '../../collections/look.ts'
import { nameOfPath } from '../../collections/tree.ts'
import type { CollectionDisk } from '../../records/collection-disk.ts'
import type { CollectionRecord, CollectionStore } from '../../records/collection-store.ts'
import { collectionDocument } from '../../records/documents/collection.ts'
import type { Time } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { OwnFolder } from './own/own-folder.ts'
import { createFolderReader, type FolderReader } from './folder-reader.ts'

interface Dependencies {
  session: CurrentSession
  time: Pick<Time, 'clock' | 'after'>
  newId: () => string
  disk: CollectionDisk
  looks: FolderLooks
  collections: CollectionStore
  own: Pick<OwnFolder, 'folderOf' | 'make'>
  /** Requests that could not be taken into it. */
  left: () => LeftRequest[]
  changed: () => void
  /** Nothing is held any more for the user of before. */
  forgotten: () => void
}

/** Items that are listed with their collection. */
const inAnswer = 200

export interface OpenFolder {
  id: string
  folder: string
  reader: FolderReader
}

/** The folders that the user has open: kept in the profile, read when they are first asked for. */
export function createOpenedFolders({
  session,
  time,
  newId,
  disk,
  looks,
  collections,
  own,
  left,
  changed,
  forgotten,
}: Dependencies) {
  let userId = ''
  const open = new Map<string, OpenFolder>()

  function forget(): void {
    for (const { reader } of open.values()) reader.close()
    open.clear()
    forgotten()
  }

  /** The profile's own is the first. */
  function records(): { record: CollectionRecord; folder: string; isOpen: boolean; isOwn: boolean }[] {
    const all = collections.list(session().user.id).flatMap((record) => {
      const read = collectionDocument.read(record.document)
      if (!read.ok) return []
      const isOwn = read.value.own === true
      return [
        {
          record,
          folder: isOwn ? own.folderOf(record.userId) : read.value.folder,
          isOpen: isOwn || read.value.open,
          isOwn,
        },
      ]
    })
    return all.sort((one, other) => Number(other.isOwn) - Number(one.isOwn))
  }

  /** The collection that the profile has of its own, whose folder no one chose. */
  function ownId(): string {
    const known = records().find(({ isOwn }) => isOwn)
    if (known) return known.record.id
    const id = newId()
    const document = collectionDocument.write({ folder: '', open: true, own: true })
    collections.save({ id, userId: session().user.id, openedAt: 0, document })
    return id
  }

  /** Those of the user of this moment. */
  function current(): OpenFolder[] {
    if (userId !== session().user.id) forget()
    userId = session().user.id
    ownId()
    for (const { record, folder, isOpen } of records()) {
      if (!isOpen || open.has(record.id)) continue
      open.set(record.id, {
        id: record.id,
        folder,
        reader: createFolderReader(folder, { disk, looks, time, changed }),
      })
    }
    return [...open.values()]
  }

  function store(id: string, folder: string, isOpen: boolean): void {
    const document = collectionDocument.write({ folder, open: isOpen })
    collections.save({ id, userId: session().user.id, openedAt: time.clock.now(), document })
  }

  /** All of them, as read by now; what was not read yet is read first. */
  async function list(): Promise<CollectionView[]> {
    const mine = current()
    const mineOwn = ownId()
    const made = await own.make(session().user.id)
    const isFresh = made.ok && made.value.fresh
    const first = mine.filter(({ id, reader }) => !reader.wasRead() || (isFresh && id === mineOwn))
    await Promise.all(first.map(({ reader }) => reader.refresh()))
    return mine.map(({ id, folder, reader }) => {
      const view = reader.view()
      const name = view.name || nameOfPath(folder.replaceAll('\\', '/'))
      return { ...view, id, folder, name, ...(id === mineOwn && { own: { left: left() } }) }
    })
  }

  return {
    forget,
    ownId,
    find(id: string): Result<OpenFolder> {
      const found = current().find((each) => each.id === id)
      return found
        ? ok(found)
        : fail('collection_unknown', 'This collection is no longer open.', 'Open its folder again.')
    },
    list,
    /** The same for the page, which asks for long lists in pieces. */
    async listed(): Promise<ListedCollection[]> {
      const views = await list()
      return views.map((view) => {
        if (view.items.length <= inAnswer) return view
        return { ...view, items: [], revision: open.get(view.id)?.reader.revision() ?? 0 }
      })
    },
    /** Opens a folder; one that was open before has what it had. */
    add(folder: string): string {
      const before = records().find((each) => each.folder === folder)
      const id = before?.record.id ?? newId()
      if (before?.isOpen !== true) store(id, folder, true)
      return id
    },
    /** Closes one; the profile's own stays. */
    remove(id: string): void {
      const found = records().find(({ record }) => record.id === id)
      if (found?.isOwn) return
      if (found) store(id, found.folder, false)
      open.get(id)?.reader.close()
      open.delete(id)
    },
  }
}
export type OpenedFolders = ReturnType<typeof createOpenedFolders>
