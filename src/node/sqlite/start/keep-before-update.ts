import { closeSync, existsSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { applicationId } from '../application-id.ts'
import { verifyBackup } from '../backups.ts'
import { copyWhole } from '../copy-whole.ts'
import { holdsAnything, settleFile } from '../database-file.ts'
import type { Database } from '../database.ts'
import { storageFailure, storageFailures, StorageError } from '../failure.ts'
import { schemaVersion } from '../migrate.ts'

/** https://sqlite.org/fileformat2.html, "The Database Header". */
const versionAt = 60

/** Whether an older format is likely in a file: only its header is looked at, where a version that still is in the log is
 *  missing. */
export function looksOlder(file: string, newest: number): boolean {
  if (!holdsAnything(file)) return false
  const header = Buffer.alloc(versionAt + 4)
  const handle = openSync(file, 'r')
  try {
    return (
      readSync(handle, header, 0, header.length, 0) === header.length &&
      header.readUInt32BE(versionAt) < newest
    )
  } finally {
    closeSync(handle)
  }
}

/** Keeps a copy of a database whose format is about to change, beside it; the first copy of a format stays. It has its
 *  name only when all of it is sound and on the disk. Throws StorageError with the reason where there can be none.
 *  Databases that are not ours, or new, are left to `openDatabase`. */
export async function keepBeforeUpdate(file: string, newest: number): Promise<void> {
  const copy = copyName(file, newest)
  const partial = `${copy}.partial`
  rmSync(partial, { force: true })
  if (existsSync(copy) || !isOlder(file, newest)) return
  try {
    await copyWhole(file, partial)
    verifyBackup(partial, newest, file)
    settleFile(partial)
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { force: true })
    throw explained(error, file)
  }
}

/** The same, in one piece and for a database that is open. */
export function keepBeforeMigration(db: Database, newest: number): void {
  const version = schemaVersion(db)
  const copy = copyName(db.name, newest)
  if (version === 0 || version === newest || existsSync(copy)) return
  const partial = `${copy}.partial`
  rmSync(partial, { force: true })
  try {
    closeSync(openSync(partial, 'w', 0o600))
    db.prepare('VACUUM INTO ?').run(partial)
    settleFile(partial)
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { force: true })
    throw explained(error, db.name)
  }
}

function copyName(file: string, newest: number): string {
  return `${file}.before-format-${newest}`
}

function isOlder(file: string, newest: number): boolean {
  const db = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    const version = schemaVersion(db)
    return version > 0 && version < newest && db.pragma('application_id', { simple: true }) === applicationId
  } finally {
    db.close()
  }
}

function explained(error: unknown, file: string): StorageError {
  const failure = storageFailure(error, file)
  return new StorageError(
    failure.code === 'disk_full' ? storageFailures.fullBeforeUpdate(file) : failure,
    error,
  )
}
