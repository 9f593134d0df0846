import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { digestOf } from './backup-digest.ts'
import { verifyBackup } from './backups.ts'
import { checkFast, checkFull } from './check.ts'
import { settleFile } from './database-file.ts'
import type { Database } from './database.ts'
import { storageFailure } from './failure.ts'
import type { HeavyWork } from './heavy-thread.ts'
import { stripCopies } from './history/strip-copies.ts'
import { restoreBackup } from './restore.ts'

/** Done where it is called. */
export const heavyWork: HeavyWork = {
  copy: async ({ from, to }) => {
    try {
      await copyWhole(from, to)
      verifyBackup(to)
      settleFile(to)
      return ok(digestOf(to))
    } catch (error) {
      return { ok: false, error: storageFailure(error, to) }
    }
  },
  checkFast: ({ file }) => reading(file, checkFast),
  checkFull: ({ file }) => reading(file, checkFull),
  stripHistory: ({ files }) => stripCopies(files),
  restore: ({ file, backup, now }) => Promise.resolve(restoreBackup(file, backup, now)),
}

/** Reads one state of it: without the transaction SQLite would begin anew where another connection has written between two
 *  steps. Writers need not wait for a reader (WAL). Each step goes to the disk at once, as whoever commits meanwhile
 *  waits for all that is on its way there. */
async function copyWhole(from: string, to: string): Promise<void> {
  const handle = openSync(to, 'w', 0o600)
  const db = new SqliteDatabase(from, { readonly: true, fileMustExist: true })
  try {
    db.exec('BEGIN')
    db.pragma('schema_version')
    await db.backup(to, {
      progress: () => {
        fdatasyncSync(handle)
        return pagesAStep
      },
    })
  } finally {
    db.close()
    closeSync(handle)
  }
}
/** 4 MiB. */
const pagesAStep = 1_024

async function reading<T>(
  file: string,
  look: (db: Database) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  let db: Database | undefined
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    return await look(db)
  } catch (error) {
    return { ok: false, error: storageFailure(error, file) }
  } finally {
    db?.close()
  }
}
