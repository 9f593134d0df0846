import {
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { ok, type Result } from '@contract/result'
import { verifyBackup } from './backups.ts'
import { storageFailure } from './failure.ts'

/** Puts a backup in the place of the database, which must be closed. What was there is kept beside it, whole and
 *  with its log, under the name that is answered. Codes: those of `openDatabase`, about the backup. */
export function restoreBackup(file: string, backup: string, now: number): Result<{ kept: string | null }> {
  const partial = `${restoring(file)}-partial`
  try {
    copyFileSync(backup, partial)
    verifyBackup(partial)
    sync(partial)
    const kept = existsSync(file) ? `${file}.before-restore-${now}` : null
    if (kept !== null)
      for (const suffix of ['', ...companions])
        if (existsSync(file + suffix)) {
          copyFileSync(file + suffix, kept + suffix, constants.COPYFILE_EXCL)
          sync(kept + suffix)
        }
    // From this rename on the restore counts: a crash behind it is made good at the next start.
    renameSync(partial, restoring(file))
    finishRestore(file)
    return ok({ kept })
  } catch (error) {
    for (const suffix of ['', '-journal']) rmSync(partial + suffix, { force: true })
    return { ok: false, error: storageFailure(error, backup) }
  }
}
const companions = ['-wal', '-shm'] as const

/** Ends a restore that a crash cut short; does nothing where there is none. The old log goes first: it must
 *  never be replayed into the restored file. */
export function finishRestore(file: string): void {
  if (!existsSync(restoring(file))) return
  for (const suffix of companions) rmSync(file + suffix, { force: true })
  renameSync(restoring(file), file)
}

function restoring(file: string): string {
  return `${file}.restoring`
}

function sync(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
