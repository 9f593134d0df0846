import { open, type FileHandle } from 'node:fs/promises'
import type { Database } from './database.ts'

/** How many want commits of a database that do not wait for the disk. */
const relaxing = new WeakMap<Database, number>()

function relax(db: Database): void {
  const others = relaxing.get(db) ?? 0
  relaxing.set(db, others + 1)
  if (others === 0) db.pragma('synchronous = NORMAL')
}
/** Where others still want it, it stays so: one that is done must not make theirs wait. */
function tighten(db: Database): void {
  const others = (relaxing.get(db) ?? 1) - 1
  relaxing.set(db, others)
  if (others === 0 && db.open) db.pragma('synchronous = FULL')
}

/** Does a write in one transaction, for whose way to the disk no one waits here: work in the background, which is done
 *  again if the computer stops before `onDisk`. What was committed before it and after it is as lasting as ever. */
export function unhurried<T>(db: Database, work: () => T): T {
  if (db.inTransaction) return work()
  relax(db)
  try {
    return db.transaction(work).immediate()
  } finally {
    tighten(db)
  }
}

/** Waits, beside the main thread, until all that was committed is on the disk. A commit that waits for the disk itself then
 *  finds little left to be written. A disk that fails tells of itself at the next of those. */
export async function onDisk(db: Database): Promise<void> {
  const log = await openLog(db)
  await toDisk(log)
  await closeLog(log)
}

/** Nothing where there is no log: all of it was written into the database, and waited for. */
async function openLog(db: Database): Promise<FileHandle | undefined> {
  return db.memory || !db.open ? undefined : open(`${db.name}-wal`, 'r+').catch(() => undefined)
}
async function toDisk(log: FileHandle | undefined): Promise<void> {
  await log?.datasync().catch(() => undefined)
}
async function closeLog(log: FileHandle | undefined): Promise<void> {
  await log?.close().catch(() => undefined)
}

/** Milliseconds between two ways to the disk, while one write follows the other: all of this time goes together. */
const pause = 20
/** Pages of the log, 4 MiB, that are written back at once meanwhile; otherwise it is 1 MiB. */
const pagesMeanwhile = 1_024
const pagesOtherwise = 256

/** As `unhurried`, and sees to it by itself that all is on the disk: for what is written one after another, and waited for
 *  by a program that shows it meanwhile. What another commits in this time is as lasting at the end of it. */
export function createSoonLasting(db: Database): <T>(work: () => T) => T {
  const together = db.transaction((work: () => unknown) => work())
  let relaxed = false
  let written = 0
  async function settle(): Promise<void> {
    let log: FileHandle | undefined
    try {
      for (let before = -1; before !== written && db.open;) {
        if (before !== -1) await new Promise((done) => setTimeout(done, pause))
        before = written
        log ??= await openLog(db)
        await toDisk(log)
      }
      await closeLog(log)
    } finally {
      relaxed = false
      if (db.open) db.pragma(`wal_autocheckpoint = ${pagesOtherwise}`)
      tighten(db)
    }
  }
  return <T>(work: () => T): T => {
    if (db.inTransaction) return work()
    if (!relaxed) {
      relaxed = true
      relax(db)
      db.pragma(`wal_autocheckpoint = ${pagesMeanwhile}`)
      setImmediate(() => void settle())
    }
    written += 1
    return together.immediate(work) as T
  }
}
