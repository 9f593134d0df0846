import SqliteDatabase from 'better-sqlite3'
import type { Database } from '../database.ts'

/** The kinds of the bin that earlier versions kept in the database. */
export const inBin = "kind IN ('exchange', 'history')"

/** Whether a database holds history in plain, as earlier versions stored it. One that does not open holds none that could
 *  be taken out. */
export function holdsHistory(file: string): boolean {
  let copy: Database | undefined
  try {
    copy = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    return has(copy, 'exchanges') || (has(copy, 'bin') && hasRow(copy, `bin WHERE ${inBin}`))
  } catch {
    return false
  } finally {
    copy?.close()
  }
}

function has(db: Database, table: string): boolean {
  const there = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table)
  return there !== undefined && (table !== 'exchanges' || hasRow(db, table))
}

function hasRow(db: Database, from: string): boolean {
  return db.prepare(`SELECT 1 FROM ${from} LIMIT 1`).get() !== undefined
}
