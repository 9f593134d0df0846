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

/** As `unhurried`, and sees to it by itself that all is on the disk: for what is written one after another, and waited for
 *  by a program that shows it meanwhile. What another commits in this time is as lasting at the end of it. */
export function createSoonLasting(db: Database): <T>(work: () => T) => T {
  let relaxed = false
  let written = 0
  async function settle(): Promise<void> {
    try {
      for (let before = -1; before !== written && db.open;) {
        before = written
        await onDisk(db)
      }
    } finally {
      relaxed = false
      if (db.open) db.pragma('synchronous = FULL')
    }
  }
  return (work) => {
    if (db.inTransaction) return work()
    if (!relaxed) {
      relaxed = true
      db.pragma('synchronous = NORMAL')
      setImmediate(() => void settle())
    }
    written += 1
    return db.transaction(work).immediate()
  }
}
