import { ok, type Result } from '@contract/result'
import { fileNameFor } from '../../../collections/file-name.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionStore } from '../../../records/collection-store.ts'
import { collectionSecretsPlace } from '../../tokens/token-vault.ts'
import type { CollectionMemories } from '../collection-memory.ts'
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
  memories: Pick<CollectionMemories, 'change'>
}

/** Puts files of an import into the profile's own collection. Nothing that is there is written over: another file of the
 *  same name gets one beside it, and a collection or folder keeps what it says itself. Codes: `collection_*`. */
export function createReceiveFiles({
  session,
  newId,
  ownId,
  folder,
  disk,
  collections,
  memories,
}: Dependencies) {
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

  /** Answers where the file is now. */
  async function receiveOne(root: string, userId: string, file: ExportedFile): Promise<Result<string>> {
    const path = await placeFor(root, file)
    if (!path.ok) return path
    if (path.value === undefined) return ok(file.path)
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
    const put = await folder.putFile(root, path.value, file.text)
    return put.ok ? ok(path.value) : put
  }

  return async (
    files: readonly ExportedFile[],
    secrets: readonly { key: string; value: string }[],
  ): Promise<Result<null>> => {
    const userId = session().user.id
    const made = await folder.make(userId)
    if (!made.ok) return made
    const moved = new Map<string, string>()
    for (const file of files) {
      const received = await receiveOne(folder.folderOf(userId), userId, file)
      if (!received.ok) return received
      if (received.value !== file.path) moved.set(file.path, received.value)
    }
    if (secrets.length === 0) return ok(null)
    const placed = secrets.map(({ key, value }): [string, string] => {
      const cut = key.indexOf('.yml:') + '.yml'.length
      const file = key.slice(0, cut)
      return [`${moved.get(file) ?? file}${key.slice(cut)}`, value]
    })
    // What was entered here is newer, as a cookie would be.
    return memories.change(ownId(), (memory) => ({
      ...memory,
      secrets: { ...Object.fromEntries(placed), ...memory.secrets },
    }))
  }
}
