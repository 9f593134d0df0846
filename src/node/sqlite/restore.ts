import {
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  closeSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ok, type Result } from '@contract/result'
import { compareDigest } from './backup-digest.ts'
import { verifyBackup } from './backups.ts'
import { continueGeneration } from './generation.ts'
import { withholdRotated } from './rotated-since.ts'
import { storageFailure, storageFailures, StorageError } from './failure.ts'

/** Puts a backup in the place of the database, which must be closed. What was there is kept beside it, whole and
 *  with its log, under the name that is answered. Refresh tokens that were rotated since do not come back. Codes: those of `openDatabase`, about the backup. */
export function restoreBackup(file: string, backup: string, now: number): Result<{ kept: string | null }> {
  const partial = `${restoring(file)}-partial`
  try {
    compareDigest(backup)
    copyFileSync(backup, partial)
    verifyBackup(partial)
    withholdRotated(partial, file, now)
    continueGeneration(partial, file)
    sync(partial)
    const kept = existsSync(file) ? keep(file, now) : null
    // From this rename on the restore counts: a crash behind it is made good at the next start.
    renameSync(partial, restoring(file))
    putInPlace(file)
    return ok({ kept })
  } catch (error) {
    for (const suffix of ['', '-journal']) rmSync(partial + suffix, { force: true })
    return { ok: false, error: storageFailure(error, backup) }
  }
}
const companions = ['-wal', '-shm'] as const

/** Ends a restore that a crash cut short; does nothing where there is none. What lies there is looked at first: only a
 *  sound database of ours takes the other's place. Throws StorageError `database_restore_unfit`; nothing was
 *  replaced then. */
export function finishRestore(file: string, newest: number, now: number): void {
  if (!existsSync(restoring(file))) return
  try {
    verifyBackup(restoring(file), newest)
  } catch (error) {
    const why = storageFailure(error, restoring(file)).message
    throw new StorageError(storageFailures.unfitRestore(file, restoring(file), why), error)
  }
  keepUnlessKept(file, now)
  putInPlace(file)
}

/** What is about to take the database's place. */
export function restoring(file: string): string {
  return `${file}.restoring`
}

/** Keeps what is about to be replaced, unless that was done before the crash. */
function keepUnlessKept(file: string, now: number): void {
  if (!existsSync(file) || statSync(file).size === 0) return
  const own = `${basename(file)}.before-restore-`
  const changed = statSync(file).mtimeMs
  const isKept = readdirSync(dirname(file)).some(
    (name) =>
      name.startsWith(own) &&
      /^\d{1,15}$/.test(name.slice(own.length)) &&
      statSync(join(dirname(file), name)).mtimeMs >= changed,
  )
  if (!isKept) keep(file, now)
}

/** Copies the database with its log; answers the copy's name. */
function keep(file: string, now: number): string {
  const kept = `${file}.before-restore-${now}`
  for (const suffix of ['', ...companions])
    if (existsSync(file + suffix)) {
      copyFileSync(file + suffix, kept + suffix, constants.COPYFILE_EXCL)
      sync(kept + suffix)
    }
  return kept
}

/** The old log goes first: it must never be replayed into the restored file. */
function putInPlace(file: string): void {
  for (const suffix of companions) rmSync(file + suffix, { force: true })
  renameSync(restoring(file), file)
}

function sync(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
