import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'

/** 4 MiB. */
const pagesAStep = 1_024

/** Copies one state of a database that others may write to meanwhile: without the transaction SQLite would start over where
 *  another connection has written between two steps. Writers need not wait for a reader (WAL). Each step goes to the disk
 *  at once, as whoever commits meanwhile waits for all that is on its way there. */
export async function copyWhole(from: string, to: string): Promise<void> {
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
