import { ok, type Result } from '@contract/result'
import type { CollectionStore } from '../../records/collection-store.ts'
import {
  collectionMemoryDocument,
  longestPath,
  mostFiles,
  type CollectionMemory,
} from '../../records/documents/collection-memory.ts'
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

  /** Changes it; what cannot be read is not written over. */
  function change(
    collectionId: string,
    changed: (before: CollectionMemory) => CollectionMemory,
  ): Result<null> {
    const before = open(collectionId)
    if (!before.ok) return before
    const { user, box } = session()
    const id = collections.memory(user.id, collectionId)?.id ?? newId()
    const text = collectionMemoryDocument.write(changed(before.value))
    const sealedContent = box.seal(collectionMemoryPlace(user.id, id), text)
    collections.saveMemory({ id, userId: user.id, collectionId, sealedContent })
    return ok(null)
  }

  return {
    open,
    change,
    /** What was entered for the variables of a folder goes with it to another path. What cannot be read now stays. */
    follow(collectionId: string, from: string, to: string): void {
      const before = open(collectionId)
      const isOf = (key: string): boolean => key.startsWith(`${from}/`)
      if (!before.ok || !Object.keys(before.value.secrets).some(isOf)) return
      change(collectionId, (memory) => ({
        ...memory,
        secrets: Object.fromEntries(
          Object.entries(memory.secrets).map(([key, value]) => [
            isOf(key) ? `${to}${key.slice(from.length)}` : key,
            value,
          ]),
        ),
      }))
    },
    /** Lets requests send these files. Of very many, those that were allowed first are asked for again. */
    allowFiles(collectionId: string, paths: readonly string[]): Result<null> {
      const fit = paths.filter((path) => path.length <= longestPath)
      return change(collectionId, (memory) => ({
        ...memory,
        files: [...new Set([...memory.files, ...fit])].slice(-mostFiles),
      }))
    },
  }
}

export type CollectionMemories = ReturnType<typeof createCollectionMemories>

function nothing(): CollectionMemory {
  return { secrets: {}, names: [], commands: [], files: [], captured: {} }
}
