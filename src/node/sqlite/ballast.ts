import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '@contract/result'
import { storageFailure } from './failure.ts'

/** Bytes given back on a full disk: enough for the log of the largest sign-out. */
export const ballastSize = 4 * 1024 * 1024

/** Space set aside in the profile. On a full disk even deleting fails, because it is written to the log first;
 *  giving this file back lets a sign-out erase its tokens all the same, and the program start. `spent` is told of it. */
export function createBallast(folder: string, spent: () => void = () => undefined) {
  const file = join(folder, 'ballast')
  function release(): boolean {
    const held = existsSync(file)
    rmSync(file, { force: true })
    return held
  }
  function spend(): boolean {
    const held = release()
    if (held) spent()
    return held
  }
  return {
    /** Sets the space aside; `false` where the disk has none to spare. */
    keep: (): boolean => {
      const there = statSync(file, { throwIfNoEntry: false })
      if (there?.size === ballastSize) return true
      try {
        // A pipe in its place would be waited for.
        if (there && !there.isFile() && !there.isDirectory()) rmSync(file)
        const handle = openSync(file, 'w', 0o600)
        try {
          // Random, so that no file system saves the space by compressing it.
          writeSync(handle, randomBytes(ballastSize))
          fsyncSync(handle)
        } finally {
          closeSync(handle)
        }
        return true
      } catch {
        release()
        return false
      }
    },
    release,
    /** Does the work; on a full disk again, after the ballast was given back. */
    erase: <T>(work: () => T): T => {
      try {
        return work()
      } catch (error) {
        if (storageFailure(error, folder).code !== 'disk_full' || !spend()) throw error
        return work()
      }
    },
    /** The same for what answers a failure instead of throwing it. */
    through: async <T>(work: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> => {
      const done = await work()
      return !done.ok && done.error.code === 'disk_full' && spend() ? work() : done
    },
  }
}

export type Ballast = ReturnType<typeof createBallast>

/** The same store, whose methods of these names may give the ballast back: they only erase, or write what cannot
 *  be had again. */
export function eraseThrough<Store extends object>(
  ballast: Ballast,
  store: Store,
  names: (keyof Store)[],
): Store {
  const wrapped = names.map((name) => {
    const method = store[name] as (...args: unknown[]) => unknown
    return [name, (...args: unknown[]) => ballast.erase(() => method(...args))]
  })
  return { ...store, ...Object.fromEntries(wrapped) } as Store
}
