import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { digestOf } from './backup-digest.ts'
import { verifyBackup } from './backups.ts'
import { checkFast, checkFull } from './check.ts'
import { copyWhole } from './copy-whole.ts'
import { settleFile } from './database-file.ts'
import type { Database } from './database.ts'
import { storageFailure } from './failure.ts'
import type { HeavyWork } from './heavy-thread.ts'
import { stripCopies } from './history/strip-copies.ts'
import { restoreBackup } from './restore.ts'
import { updateDatabase } from './start/update.ts'

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
  update: ({ file }) => updateDatabase(file),
}

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
