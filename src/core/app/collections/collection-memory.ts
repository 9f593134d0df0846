import { ok, type Result } from '@contract/result'
import type { CollectionStore } from '../../records/collection-store.ts'
import { collectionMemoryDocument, type CollectionMemory } from '../../records/documents/collection-memory.ts'
import { collectionMemoryPlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  collections: Pick<CollectionStore, 'memory' | 'saveMemory'>
}

/** What a user entered, allowed and captured for a collection: sealed as one, and never in its folder. Codes: those of
 *  the vault, `document_*`. */
export function createCollectionMemories({ session, newId, collections }: Dependencies) {
  function open(collectionId: string): Result<CollectionMemory> {
    const { user, box } = session()
    const record = collections.memory(user.id, collectionId)
    if (record === undefined) return ok(nothing())
    const opened = box.open(collectionMemoryPlace(user.id, record.id), record.sealedContent)
    // What was in memory only ended with its run.
    if (!opened.ok && opened.error.code === 'secret_memory_only') return ok(nothing())
    return opened.ok ? collectionMemoryDocument.read(opened.value) : opened
  }

  return {
    open,
    /** Changes it; what cannot be read is not written over. */
    change(collectionId: string, change: (before: CollectionMemory) => CollectionMemory): Result<null> {
      const before = open(collectionId)
      if (!before.ok) return before
      const { user, box } = session()
      const id = collections.memory(user.id, collectionId)?.id ?? newId()
      const text = collectionMemoryDocument.write(change(before.value))
      const sealedContent = box.seal(collectionMemoryPlace(user.id, id), text)
      collections.saveMemory({ id, userId: user.id, collectionId, sealedContent })
      return ok(null)
    },
  }
}

export type CollectionMemories = ReturnType<typeof createCollectionMemories>

function nothing(): CollectionMemory {
  return { secrets: {}, names: [], commands: [], captured: {} }
}
