import { open } from 'node:fs/promises'
import type { Database } from './database.ts'

/** Does a write in one transaction, for whose way to the disk no one waits here: work in the background, which is done
 *  again if the computer stops before `onDisk`. What was committed before it and after it is as lasting as ever. */
export function unhurried<T>(db: Database, work: () => T): T {
  if (db.inTransaction) return work()
  db.pragma('synchronous = NORMAL')
  try {
    return db.transaction(work).immediate()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/** Waits, beside the main thread, until all that was committed is on the disk. A commit that waits for the disk itself then
 *  finds little left to be written. A disk that fails tells of itself at the next of those. */
export async function onDisk(db: Database): Promise<void> {
  if (db.memory || !db.open) return
  try {
    const log = await open(`${db.name}-wal`, 'r+')
    try {
      await log.datasync()
    } finally {
      await log.close()
    }
  } catch {
    // No log: all of it was written into the database, and waited for.
  }
}
