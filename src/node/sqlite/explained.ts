import type { Database } from './database.ts'
import { storageFailure, StorageError } from './failure.ts'

/** The same store; where the disk fails (full, read-only, locked, damaged) its methods throw a StorageError that
 *  carries the failure in words. */
export function explained<Store extends object>(db: Database, store: Store): Store {
  const wrap =
    (method: (...values: unknown[]) => unknown) =>
    (...values: unknown[]): unknown => {
      try {
        const answer = method(...values)
        return answer instanceof Promise ? answer.catch(inWords) : answer
      } catch (error) {
        return inWords(error)
      }
    }
  function inWords(error: unknown): never {
    if (!isOfTheDisk(error)) throw error
    throw new StorageError(storageFailure(error, db.name), error)
  }
  return Object.fromEntries(
    Object.entries(store).map(([name, value]) => [
      name,
      typeof value === 'function' ? wrap(value as (...values: unknown[]) => unknown) : (value as unknown),
    ]),
  ) as Store
}

/** What the disk did, as opposed to a row that the schema refuses: that is a defect of this program. */
function isOfTheDisk(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_') &&
    !error.code.startsWith('SQLITE_CONSTRAINT')
  )
}
