import { ok, type Result } from '@contract/result'
import { fileNameFor } from '../../../collections/file-name.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionStore } from '../../../records/collection-store.ts'
import { collectionSecretsPlace } from '../../tokens/token-vault.ts'
import type { CurrentSession } from '../../vault/session.ts'
import { folderFile, rootFile } from '../../../collections/look.ts'
import type { OwnFolder } from './own-folder.ts'

/** A file of an own collection as an export has it, with what belongs to it in the vault. */
export interface ExportedFile {
  path: string
  text: string
  accountId?: string | undefined
  secrets?: string | undefined
}

interface Dependencies {
  session: CurrentSession
  newId: () => string
  ownId: () => string
  folder: Pick<OwnFolder, 'make' | 'folderOf' | 'putFile'>
  disk: Pick<CollectionDisk, 'read'>
  collections: Pick<CollectionStore, 'saveRequest'>
}

/** Puts files of an import into the profile's own collection. Nothing that is there is written over: another file of the
 *  same name gets one beside it, and a collection or folder keeps what it says itself. Codes: `collection_*`. */
export function createReceiveFiles({ session, newId, ownId, folder, disk, collections }: Dependencies) {
  async function placeFor(root: string, { path, text }: ExportedFile): Promise<Result<string | undefined>> {
    const cut = path.lastIndexOf('/') + 1
    const [above, name] = [path.slice(0, cut), path.slice(cut)]
    const taken: string[] = []
    for (let own = name; ; own = fileNameFor(nameOfPath(path), '.yml', taken)) {
      const there = await disk.read(root, above + own)
      if (!there.ok && there.error.code === 'collection_file_gone') return ok(above + own)
      if (there.ok && there.value.text === text) return ok(undefined)
      if (name === rootFile || name === folderFile) return ok(undefined)
      taken.push(own)
    }
  }

  async function receiveOne(root: string, userId: string, file: ExportedFile): Promise<Result<null>> {
    const path = await placeFor(root, file)
    if (!path.ok) return path
    if (path.value === undefined) return ok(null)
    const { accountId, secrets } = file
    const id = newId()
    const sealed =
      secrets === undefined
        ? {}
        : { sealedSecrets: session().box.seal(collectionSecretsPlace(userId, id), secrets) }
    // Nothing of who had that name before belongs to it.
    collections.saveRequest({
      id,
      userId,
      collectionId: ownId(),
      path: path.value,
      ...sealed,
      ...(accountId !== undefined && { accountId }),
    })
    return folder.putFile(root, path.value, file.text)
  }

  return async (files: readonly ExportedFile[]): Promise<Result<null>> => {
    const userId = session().user.id
    const made = await folder.make(userId)
    if (!made.ok) return made
    for (const file of files) {
      const received = await receiveOne(folder.folderOf(userId), userId, file)
      if (!received.ok) return received
    }
    return ok(null)
  }
}
