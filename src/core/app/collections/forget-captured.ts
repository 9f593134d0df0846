import { ok, type Result } from '@contract/result'
import { nameOfPath } from '../../collections/tree.ts'
import { collectionMemoryDocument } from '../../records/documents/collection-memory.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import { nothingKept, type CollectionMemories } from './collection-memory.ts'
import type { OpenedFolders } from './opened-folders.ts'

interface Dependencies {
  folders: Pick<OpenedFolders, 'find'>
  memories: CollectionMemories
  deletedParts: DeletedParts
  /** Values are forgotten, or came back. */
  changed: () => void
}

/** What a collection captured from responses, on its way into the bin and back. Codes: `collection_*`, those of
 *  documents and of the vault. */
export function createForgetCaptured({ folders, memories, deletedParts, changed }: Dependencies) {
  return {
    /** Into the bin, as one thing. */
    forget({ collectionId }: { collectionId: string }): Result<null> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const memory = memories.open(collectionId)
      if (!memory.ok) return memory
      const { captured } = memory.value
      const count = Object.keys(captured).length
      if (count === 0) return ok(null)
      const text = collectionMemoryDocument.write({ ...nothingKept(), captured })
      const name = count === 1 ? '1 captured value' : `${count} captured values`
      const { folder: place, reader } = folder.value
      const detail = reader.nameOf('') ?? nameOfPath(place.replaceAll('\\', '/'))
      deletedParts.discard({ kind: 'captured', text, collectionId }, { name, detail })
      const forgotten = memories.change(collectionId, (before) => ({ ...before, captured: {} }))
      changed()
      return forgotten
    },
    /** Puts values that came back out of the bin where they were; those that were captured meanwhile stay. */
    takeBack(): void {
      for (const { text, collectionId = '', done } of deletedParts.restored('captured')) {
        const kept = collectionMemoryDocument.read(text)
        if (!kept.ok) continue
        const back = memories.change(collectionId, ({ captured, ...memory }) => ({
          ...memory,
          captured: { ...kept.value.captured, ...captured },
        }))
        if (back.ok) done()
      }
      changed()
    },
  }
}
