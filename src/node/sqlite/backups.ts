import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { copiesToKeep, isBackupDue } from '../../core/vault/transfer/backup-rotation.ts'
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
    await removeOldest(db.name, folder, now)
    return ok({ file, at: now, size: statSync(file).size })
  } catch (error) {
    removeQuietly(partial)
    return { ok: false, error: storageFailure(error, partial) }
  }
}

/** What a restore put aside beside the database, newest first, each with its log. */
export function listBeforeRestore(database: string): Backup[] {
  return listBeside(database, 'restore').map((each) => ({
    ...each,
    at: each.number,
    size: each.size + logSize(each.file),
  }))
}

/** What lies beside the database with a number: the time of a restore, or the format of an update. Newest first. */
function listBeside(database: string, before: 'restore' | 'format'): (Backup & { number: number })[] {
  const own = `${basename(database)}.before-${before}-`
  return readdirSync(dirname(database))
    .filter((name) => name.startsWith(own) && /^\d{1,15}$/.test(name.slice(own.length)))
    .map((name) => {
      const file = join(dirname(database), name)
      const { size, mtimeMs } = statSync(file)
      return { file, at: Math.round(mtimeMs), size, number: Number(name.slice(own.length)) }
    })
    .sort((a, b) => b.number - a.number)
}

/** Bytes of the log that lies beside a database. */
export function logSize(database: string): number {
  const log = `${database}-wal`
  return existsSync(log) ? statSync(log).size : 0
}

/** All copies together take so much room and no more. */
async function removeOldest(database: string, folder: string, now: number): Promise<void> {
  const routine = listBackups(folder)
  const beforeRestore = listBeforeRestore(database)
  const beforeUpdate = listBeside(database, 'format')
  const keep = copiesToKeep({ routine, beforeRestore, beforeUpdate })
  const old = [
    ...routine.filter(({ at }) => !keep.routine.has(at) && at !== now),
    ...beforeRestore.filter(({ at }) => !keep.beforeRestore.has(at)),
    ...beforeUpdate.filter(({ at }) => !keep.beforeUpdate.has(at)),
  ]
  await Promise.all(old.map(({ file }) => removeBackup(file)))
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

/** Throws StorageError unless the file is a sound database of ours, of a format up to `newest` where that is told. `named`:
 *  which file is at fault where this one was just copied from it. */
export function verifyBackup(file: string, newest = Infinity, named = file): void {
  const copy = new SqliteDatabase(file, { fileMustExist: true })
  try {
    // A backup is complete by itself: without the log's two companion files it can be copied anywhere.
    copy.pragma('journal_mode = DELETE')
    if (copy.pragma('application_id', { simple: true }) !== applicationId)
      throw new StorageError(storageFailures.notOurs(named))
    const version = schemaVersion(copy)
    if (version > newest) throw new StorageError(storageFailures.newer(named, version, newest))
    const found = copy.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new StorageError(storageFailures.corrupt(named, 'a check found faults in it'))
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
