import { ok, type Result } from '@contract/result'
import type { CollectionMemories } from '../collection-memory.ts'
import type { OpenedFolders } from '../opened-folders.ts'

interface Dependencies {
  folders: OpenedFolders
  memories: Pick<CollectionMemories, 'allowFiles'>
  /** Asks the user; none where none was chosen. */
  chooseFiles: (several: boolean) => Promise<string[]>
  changed: () => void
}

/** Asks for files to be sent. Whoever picks a file for a request of a collection has allowed it to be sent. Codes:
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
    if (collectionId === undefined || paths.length === 0) return ok({ paths })
    const folder = folders.find(collectionId)
    if (!folder.ok) return folder
    const kept = memories.allowFiles(collectionId, paths)
    if (!kept.ok) return kept
    changed()
    return ok({ paths })
  }
}
