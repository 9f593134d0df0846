import type { SecretPlace } from '../../vault/box/secret-box.ts'
import type { DeletedPart, DeletedPartStore } from '../../records/deleted-part-store.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { Bin, Discarded } from './bin.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  parts: DeletedPartStore
  bin: Pick<Bin, 'discard'>
}

/** A part of a document, in words and as text. */
export interface PartOfDocument extends Pick<
  DeletedPart,
  'kind' | 'environmentId' | 'accountId' | 'collectionId'
> {
  text: string
}

export interface RestoredPart extends PartOfDocument {
  /** It is in its document again. */
  done: () => void
}

/** Parts that are deleted out of a sealed document: sealed on their own, they go through the bin like all else. */
export function createDeletedParts({ session, newId, parts, bin }: Dependencies) {
  return {
    discard({ text, ...part }: PartOfDocument, called: Omit<Discarded, 'kind'>): void {
      const { user, box } = session()
      const id = newId()
      parts.add({ ...part, id, userId: user.id, sealedPart: box.seal(partPlace(user.id, id), text) })
      bin.discard({ kind: part.kind, ...called }, [id])
    },
    /** Lets go of those out of the bin that were in memory only and ended with their run; answers whether there were any. */
    lose(kind: DeletedPart['kind']): boolean {
      const { user, box } = session()
      const lost = parts.list(user.id, kind).filter(({ id, userId, sealedPart }) => {
        const opened = box.open(partPlace(userId, id), sealedPart)
        return !opened.ok && opened.error.code === 'secret_memory_only'
      })
      for (const { userId, id } of lost) parts.remove(userId, id)
      return lost.length > 0
    },
    /** Those that came back out of the bin. What can't be opened waits. */
    restored(kind: DeletedPart['kind']): RestoredPart[] {
      const { user, box } = session()
      return parts.list(user.id, kind).flatMap(({ id, userId, sealedPart, ...part }) => {
        const text = box.open(partPlace(userId, id), sealedPart)
        const done = () => parts.remove(userId, id)
        return text.ok ? [{ ...part, text: text.value, done }] : []
      })
    },
  }
}

export type DeletedParts = ReturnType<typeof createDeletedParts>

function partPlace(userId: string, id: string): SecretPlace {
  return { userId, table: 'deleted_parts', rowId: id, column: 'part' }
}
