import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { backupsToKeep, isBackupDue } from '../../core/vault/transfer/backup-rotation.ts'
import { noteDigest, removeBackup } from './backup-digest.ts'
import { applicationId } from './application-id.ts'
import type { Database } from './database.ts'
import { schemaVersion } from './migrate.ts'
import { storageFailure, storageFailures, StorageError } from './failure.ts'

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

/** Makes a backup with SQLite's online backup while the database stays in use, checks it, and only then gives it
 *  its name and lets the oldest go. Codes: those of `openDatabase`. */
export async function makeBackup(db: Database, folder: string, now: number): Promise<Result<Backup>> {
  const file = join(folder, nameOf(now))
  const partial = `${file}.partial`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    removePartial(folder)
    await giveBackFreePages(db)
    closeSync(openSync(partial, 'w', 0o600))
    await db.backup(partial, { progress: () => pagesAStep })
    verifyBackup(partial)
    settle(partial, file)
    await noteDigest(file)
    const backups = listBackups(folder)
    const keep = new Set(backupsToKeep(backups))
    for (const old of backups) if (!keep.has(old.at) && old.at !== now) removeBackup(old.file)
    return ok({ file, at: now, size: statSync(file).size })
  } catch (error) {
    removeQuietly(partial)
    return { ok: false, error: storageFailure(error, partial) }
  }
}
/** Pages a step: 1 MiB, a few milliseconds, between which the window goes on. */
const pagesAStep = 256

/** Makes a backup where one is due; `null` where the newest is fresh enough. */
export async function backUpWhenDue(
  db: Database,
  folder: string,
  now: number,
): Promise<Result<Backup | null>> {
  return isBackupDue(
    listBackups(folder).map(({ at }) => at),
    now,
  )
    ? makeBackup(db, folder, now)
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

/** Lets go of the pages that deleted history left, so that neither file nor backup carries them on. */
async function giveBackFreePages(db: Database): Promise<void> {
  const free = () => db.pragma('freelist_count', { simple: true }) as number
  for (let before = free(); before > 0;) {
    db.pragma(`incremental_vacuum(${pagesAStep})`)
    await nextTurn()
    const now = free()
    // A file from before the setting cannot shrink this way.
    if (now >= before) return
    before = now
  }
}

/** Gives a finished file its name, so that a crash leaves all of it or nothing. */
function settle(partial: string, file: string): void {
  if (process.platform !== 'win32') chmodSync(partial, 0o600)
  const handle = openSync(partial, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(partial, file)
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
