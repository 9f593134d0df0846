import type { FollowedFiles } from '@contract/collections'
import type { Result } from '@contract/result'

/** What takes one change of a tree back. One that failed can be tried again: it goes on where it stopped. */
interface UndoStep {
  /** What it holds in memory. */
  bytes: number
  run: () => Promise<Result<FollowedFiles>>
}

/** How many changes can be undone, and how many bytes all of them hold. */
const countLimit = 20
const bytesLimit = 134_217_728

/** How changes of trees are taken back; in memory only. The oldest goes first where it is too much. */
export function createUndoSteps(limit = bytesLimit) {
  const steps = new Map<string, UndoStep>()

  function isTooMuch(): boolean {
    const bytes = [...steps.values()].reduce((sum, each) => sum + each.bytes, 0)
    return steps.size > countLimit || bytes > limit
  }

  return {
    get: (undo: string): UndoStep | undefined => steps.get(undo),
    keep(undo: string, step: UndoStep): void {
      steps.set(undo, step)
      // The last one stays: its undo is being offered.
      for (const oldest of steps.keys()) if (oldest !== undo && isTooMuch()) steps.delete(oldest)
    },
    drop(undo: string): void {
      steps.delete(undo)
    },
    /** What was changed is one user’s, and is not held for another. */
    forget(): void {
      steps.clear()
    },
  }
}

export type UndoSteps = ReturnType<typeof createUndoSteps>
