import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { backupsToKeep, isBackupDue } from '../../core/vault/transfer/backup-rotation.ts'
import { noteDigest, removeBackup } from './backup-digest.ts'
import { applicationId } from './application-id.ts'
import type { Database } from './database.ts'
import { giveBackFreePages } from './give-back.ts'
import { schemaVersion } from './migrate.ts'
import { emptyLog } from './empty-log.ts'
import { storageFailure, storageFailures, StorageError } from './failure.ts'
import type { HeavyWork } from './heavy-thread.ts'

/** A copy of the whole database. Secrets in it are sealed as they are in the original. */
export interface Backup {
  file: string
  /** When it was made. */
  at: number
  /** Bytes. */
  size: number
}

/** Backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const at = timeOf(name)
      const file = join(folder, name)
      return at === undefined ? [] : [{ file, at, size: statSync(file).size }]
    })
    .sort((a, b) => b.at - a.at)
}

/** Makes a backup while the database stays in use, checks it, and only then gives it its name and lets the oldest go.
 *  Codes: those of `openDatabase`. */
export async function makeBackup(
  db: Database,
  folder: string,
  now: number,
  heavy: Pick<HeavyWork, 'copy'>,
): Promise<Result<Backup>> {
  const file = join(folder, nameOf(now))
  const partial = `${file}.partial`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    removePartial(folder)
    await giveBackFreePages(db)
    const copied = await heavy.copy({ from: db.name, to: partial })
    if (!copied.ok) throw new StorageError(copied.error)
    // What was committed while the copy was read could not leave the log.
    emptyLog(db)
    // A crash leaves all of it or nothing.
    renameSync(partial, file)
    noteDigest(file, copied.value)
    const backups = listBackups(folder)
    const keep = new Set(backupsToKeep(backups))
    await Promise.all(
      backups.filter(({ at }) => !keep.has(at) && at !== now).map((old) => removeBackup(old.file)),
    )
    return ok({ file, at: now, size: statSync(file).size })
  } catch (error) {
    removeQuietly(partial)
    return { ok: false, error: storageFailure(error, partial) }
  }
}

/** Makes a backup where one is due; `null` where the newest is fresh enough. */
export async function backUpWhenDue(
  db: Database,
  folder: string,
  now: number,
  heavy: Pick<HeavyWork, 'copy'>,
): Promise<Result<Backup | null>> {
  return isBackupDue(
    listBackups(folder).map(({ at }) => at),
    now,
  )
    ? makeBackup(db, folder, now, heavy)
    : ok(null)
}

/** Throws StorageError unless the file is a sound database of ours, of a format up to `newest` where that is told. */
export function verifyBackup(file: string, newest = Infinity): void {
  const copy = new SqliteDatabase(file, { fileMustExist: true })
  try {
    // A backup is complete by itself: without the log's two companion files it can be copied anywhere.
    copy.pragma('journal_mode = DELETE')
    if (copy.pragma('application_id', { simple: true }) !== applicationId)
      throw new StorageError(storageFailures.notOurs(file))
    const version = schemaVersion(copy)
    if (version > newest) throw new StorageError(storageFailures.newer(file, version, newest))
    const found = copy.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new StorageError(storageFailures.corrupt(file, String(found)))
  } finally {
    copy.close()
  }
}

function nameOf(at: number): string {
  return `backup-${at}.db`
}
function timeOf(name: string): number | undefined {
  const match = /^backup-(\d{1,15})\.db$/.exec(name)
  return match ? Number(match[1]) : undefined
}

function removePartial(folder: string): void {
  for (const name of readdirSync(folder))
    if (/^backup-\d+\.db\.partial/.test(name)) rmSync(join(folder, name), { force: true })
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // What went wrong first is what the caller has to know.
  }
}
