import { ok, type Result } from '@contract/result'
import { pathFrom } from '../../requests/scope/own-files.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { OpenedFolders } from '../opened-folders.ts'

interface Dependencies {
  folders: OpenedFolders
  memories: Pick<CollectionMemories, 'allowFiles'>
  /** Asks the user; none where none was chosen. */
  chooseFiles: (several: boolean) => Promise<string[]>
  changed: () => void
}

/** Asks for files to be sent. Whoever picks a file for a request has allowed it to be sent. Codes:
 *  `collection_unknown`, those of the vault. */
export function createChooseFiles({ folders, memories, chooseFiles, changed }: Dependencies) {
  return async ({
    several,
    collectionId,
  }: {
    several: boolean
    collectionId?: string | undefined
  }): Promise<Result<{ paths: string[] }>> => {
    const paths = await chooseFiles(several)
    if (paths.length === 0) return ok({ paths })
    const folder = collectionId === undefined ? ok(undefined) : folders.find(collectionId)
    if (!folder.ok) return folder
    const kept = memories.allowFiles(folder.value?.id ?? folders.ownId(), paths)
    if (!kept.ok) return kept
    changed()
    // What is in the folder goes along with it, wherever that is.
    const from = folder.value?.folder
    return ok({ paths: from === undefined ? paths : paths.map((path) => pathFrom(from, path)) })
  }
}
