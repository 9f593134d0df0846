import SqliteDatabase from 'better-sqlite3'
import type { Database } from '../database.ts'
import { hasTable } from '../has-table.ts'

/** The kinds of the bin that earlier versions kept in the database. */
export const inBin = "kind IN ('exchange', 'history')"

/** Whether a database holds history in plain, as earlier versions stored it. One that does not open holds none that could
 *  be taken out. */
export function holdsHistory(file: string): boolean {
  let copy: Database | undefined
  try {
    copy = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    return (
      (hasTable(copy, 'exchanges') && hasRow(copy, 'exchanges')) ||
      (hasTable(copy, 'bin') && hasRow(copy, `bin WHERE ${inBin}`))
    )
  } catch {
    return false
  } finally {
    copy?.close()
  }
}

function hasRow(db: Database, from: string): boolean {
  return db.prepare(`SELECT 1 FROM ${from} LIMIT 1`).get() !== undefined
}
