import { ok, type Result } from '@contract/result'
import { fileNameFor } from '../../collections/file-name.ts'
import { nameOfPath } from '../../collections/tree.ts'
import type { CollectionDisk, RemovedPart } from '../../records/collection-disk.ts'
import type { DeletedFileStore } from '../../records/deleted-file-store.ts'
import { deletedFilesDocument } from '../../records/documents/deleted-files.ts'
import { base64url, fromBase64url } from '../../oauth/wire/encoding.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import type { Bin } from '../bin/bin.ts'
import { createPacer } from '../../text/pacer.ts'
import type { Time } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  deleted: DeletedFileStore
  bin: Pick<Bin, 'discard'>
  folders: OpenedFolders
  disk: CollectionDisk
  time: Pick<Time, 'clock' | 'after'>
}

/** What is deleted out of a collection goes to the bin as it was, sealed where the vault lasts: a file may hold what is not for everyone. */
export function createDeletedFiles({ session, newId, deleted, bin, folders, disk, time }: Dependencies) {
  /** Each step is one piece: there may be thousands of files. */
  const pause = (): Promise<void> => createPacer(time.clock, time.after).turn()

  /** Another name where the one of before is taken by now. */
  function freePath({ reader }: OpenFolder, path: string): string {
    const above = path.slice(0, path.lastIndexOf('/') + 1)
    const taken = reader.namesIn(above.slice(0, -1))
    if (!taken.includes(path.slice(above.length))) return path
    const ending = /\.ya?ml$/.exec(path)?.[0] ?? ''
    return above + fileNameFor(nameOfPath(path), ending, taken)
  }

  async function putBack(folder: OpenFolder, parts: readonly RemovedPart[]): Promise<Result<null>> {
    const [top] = parts
    if (top === undefined) return ok(null)
    await folder.reader.refresh()
    const path = freePath(folder, top.path)
    const names = path.split('/')
    // One that is there already is no fault; anything else shows below.
    for (let at = 1; at < names.length; at += 1)
      await disk.makeFolder(folder.folder, names.slice(0, at).join('/'))
    const moved = parts.map((part) => ({ ...part, path: path + part.path.slice(top.path.length) }))
    const restored = await disk.restore(folder.folder, moved)
    await folder.reader.refresh()
    return restored
  }

  let last: Promise<unknown> = Promise.resolve()
  async function takeAll(): Promise<Result<null>> {
    const { user, box } = session()
    for (const { id, collectionId, sealedParts, openParts = '' } of deleted.list(user.id)) {
      const text = sealedParts ? box.open(placeOf(user.id, id), sealedParts) : ok(openParts)
      await pause()
      const parts = text.ok ? deletedFilesDocument.read(text.value) : text
      const folder = folders.find(collectionId)
      if (!parts.ok || !folder.ok) continue
      await pause()
      const all = parts.value.map(({ path, mode, ...content }) => ({ path, mode, bytes: bytesOf(content) }))
      for (const some of byTop(all)) {
        const restored = await putBack(folder.value, some)
        if (!restored.ok) return restored
      }
      deleted.remove(user.id, id)
    }
    return ok(null)
  }

  return {
    async discard(collectionId: string, name: string, parts: readonly RemovedPart[]): Promise<void> {
      const { user, box } = session()
      const id = newId()
      const text = deletedFilesDocument.write(
        parts.map(({ path, bytes, mode }) => ({ path, mode, ...(bytes && contentOf(bytes)) })),
      )
      const sealedParts = box.seal(placeOf(user.id, id), text)
      await pause()
      const kept = box.storageOf(sealedParts) === 'vault' ? { sealedParts } : { openParts: text }
      deleted.add({ id, userId: user.id, collectionId, ...kept })
      await pause()
      bin.discard({ kind: 'file', name }, [id])
    },
    /** Puts back what came out of the bin. What cannot be opened, or whose collection is closed, waits. Codes: those of the
     *  disk. */
    takeBack(): Promise<Result<null>> {
      const mine = last.then(takeAll, takeAll)
      last = mine.catch(() => undefined)
      return mine
    },
    /** Waits until nothing is halfway. */
    settle: async (): Promise<void> => {
      await last
    },
  }
}

export type DeletedFilesDesk = ReturnType<typeof createDeletedFiles>

function placeOf(userId: string, id: string): SecretPlace {
  return { userId, table: 'deleted_files', rowId: id, column: 'parts' }
}

/** What was deleted at once, each thing with what was in it. */
function byTop(parts: readonly RemovedPart[]): RemovedPart[][] {
  const groups: RemovedPart[][] = []
  for (const part of parts) {
    const group = groups.at(-1)
    if (group?.[0] && part.path.startsWith(`${group[0].path}/`)) group.push(part)
    else groups.push([part])
  }
  return groups
}

/** As text where it comes back to the same bytes. */
function contentOf(bytes: Uint8Array): { text: string } | { bytes: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { bytes: base64url(bytes) }
  }
}

function bytesOf({
  text,
  bytes,
}: {
  text?: string | undefined
  bytes?: string | undefined
}): Uint8Array | null {
  if (text !== undefined) return new TextEncoder().encode(text)
  return bytes === undefined ? null : fromBase64url(bytes)
}
