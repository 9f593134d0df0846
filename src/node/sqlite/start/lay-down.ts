import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { settleFile } from '../database-file.ts'
import type { Database, Migration } from '../database.ts'
import { migrate } from '../migrate.ts'
import { lookAtComputer } from './synced.ts'

interface NewDatabase {
  migrations: readonly Migration[]
  applicationId: number
  /** The name of this computer. */
  computer: string
}

/** Makes a database where `file` is empty: under another name, without a journal, and put on the disk as a whole before it
 *  takes the file's place. Made in its place, it is written and waited for ten times, and the first window waits as well.
 *  Answers whether it could be; where not, all is as before. */
export function layDown(file: string, { migrations, applicationId, computer }: NewDatabase): boolean {
  // SQLite drops the log of an empty file; beside this one it would read it in.
  if (existsSync(`${file}-wal`)) return false
  const partial = `${file}.new`
  let db: Database | undefined
  try {
    rmSync(partial, { force: true })
    closeSync(openSync(partial, 'wx', 0o600))
    db = new SqliteDatabase(partial)
    db.pragma('journal_mode = MEMORY')
    db.pragma('synchronous = OFF')
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma(`application_id = ${applicationId}`)
    migrate(db, migrations)
    lookAtComputer(db, computer)
    db.pragma('journal_mode = WAL')
    db.close()
    settleFile(partial)
    renameSync(partial, file)
    return true
  } catch {
    // Why, tells whoever makes it in its place.
    if (db?.open === true) db.close()
    removeIfPossible(partial)
    return false
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // A folder, say: then each new file is made in its place.
  }
}
