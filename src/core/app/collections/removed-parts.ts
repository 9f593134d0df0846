import type { RemovedPart } from '../../records/collection-disk.ts'

/** What one deletion took. */
interface Removed {
  collectionId: string
  parts: RemovedPart[]
}

/** How many deletions can be undone, and how many bytes all of them hold. */
const countLimit = 20
const bytesLimit = 134_217_728

/** What was deleted, to be put back; in memory only. The oldest goes first where it is too much. */
export function createRemovedParts(limit = bytesLimit) {
  const removed = new Map<string, Removed>()

  function isTooMuch(): boolean {
    const bytes = [...removed.values()].reduce((sum, each) => sum + bytesOf(each), 0)
    return removed.size > countLimit || bytes > limit
  }

  return {
    get: (undo: string): Removed | undefined => removed.get(undo),
    keep(undo: string, taken: Removed): void {
      removed.set(undo, taken)
      // The last one stays: its undo is being offered.
      for (const oldest of removed.keys()) if (oldest !== undo && isTooMuch()) removed.delete(oldest)
    },
    drop(undo: string): void {
      removed.delete(undo)
    },
    /** What was deleted is one user’s, and is not held for another. */
    forget(): void {
      removed.clear()
    },
  }
}

export type RemovedParts = ReturnType<typeof createRemovedParts>

function bytesOf({ parts }: Removed): number {
  return parts.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)
}
