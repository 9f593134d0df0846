import type { Failure } from '@contract/result'

/** What SQLite or the file system said, in words. Codes: `disk_full`, `database_read_only`, `database_locked`,
 *  `database_corrupt`, `database_missing`, `database_restore_unfit`, `database_newer`, `database_not_ours`,
 *  `database_failed`. */
export class StorageError extends Error {
  readonly failure: Failure
  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, { cause })
    this.name = 'StorageError'
    this.failure = failure
  }
}

const kept = 'The file is left exactly as it is.'

/** The words for each way in which a database can fail. */
export const storageFailures = {
  full: (): Failure => ({
    code: 'disk_full',
    message: 'The disk is full, so the change could not be saved. What was stored before is still there.',
    next: 'Free some space on the disk, then try again.',
  }),
  fullAtStart: (file: string): Failure => ({
    code: 'disk_full',
    message: `The disk that holds ${file} is full, so Gatehouse cannot start. What was stored before is still there.`,
    next: 'Free up some space on the disk, then try again.',
  }),
  ballastSpent: (): Failure => ({
    code: 'disk_full',
    message:
      'The disk is full. Gatehouse used up the space that it keeps in reserve to get this done. New changes may not be saved.',
    next: 'Free up some space on the disk.',
  }),
  readOnly: (file: string): Failure => ({
    code: 'database_read_only',
    message: `Gatehouse may not write to ${file}. ${kept}`,
    next: 'Make this file and its folder writable for your user, then start Gatehouse again.',
  }),
  locked: (file: string): Failure => ({
    code: 'database_locked',
    message: `Another program is using ${file}. ${kept}`,
    next: 'Close the other program (a second Gatehouse, a backup or a database viewer), then try again.',
  }),
  corrupt: (file: string, detail: string): Failure => ({
    code: 'database_corrupt',
    message: `The database ${file} is damaged (${detail}). Nothing was deleted. ${kept}`,
    next: 'Restore a backup. The damaged file is kept next to it, so nothing is lost by trying.',
  }),
  newer: (file: string, found: number, known: number): Failure => ({
    code: 'database_newer',
    message: `${file} was written by a newer Gatehouse (format ${found}, this one knows ${known}). ${kept}`,
    next: 'Install the newer Gatehouse again, or start this one with another --user-data-dir.',
  }),
  missing: (file: string): Failure => ({
    code: 'database_missing',
    message: `${file} is missing or empty, but there are backups of it. No new database was created.`,
    next: 'Restore a backup. To start fresh instead, move the backups to another folder, then start Gatehouse again.',
  }),
  newBesideHistory: (file: string): Failure => ({
    code: 'database_new',
    message: `${file} was missing or empty, but there is a history beside it. A new database was created; the history was sealed with a key of the missing one and can’t be opened.`,
    next: 'If you have that file or a copy of it, quit Gatehouse and put it back. Otherwise there is nothing to do.',
  }),
  rolledBack: (file: string): Failure => ({
    code: 'database_rolled_back',
    message: `${file} is not the database that Gatehouse last wrote: another file was put in its place, or the disk lost the newest changes. Accounts whose tokens may have been rotated since ask you to sign in again.`,
    next: 'If anything is missing, restore a backup. Otherwise there is nothing to do.',
  }),
  changed: (file: string): Failure => ({
    code: 'database_changed',
    message: `${file} was changed since Gatehouse closed it: by another program, or by the disk.`,
    next: 'If anything is missing or wrong, restore a backup. Otherwise there is nothing to do.',
  }),
  unmarked: (file: string): Failure => ({
    code: 'database_unmarked',
    message: `${file}, which tells whether the database is the latest, was missing or damaged. It has been recreated.`,
    next: 'If anything is missing, restore a backup. Otherwise there is nothing to do.',
  }),
  logDamaged: (file: string): Failure => ({
    code: 'database_log_damaged',
    message: `The log of the newest changes, ${file}-wal, was damaged: changes behind the damage are lost.`,
    next: 'If anything is missing, restore a backup. Otherwise there is nothing to do.',
  }),
  unfitRestore: (file: string, found: string, why: string): Failure => ({
    code: 'database_restore_unfit',
    message: `${found} was going to replace the database but cannot be used. ${why} ${file} was not touched.`,
    next: 'Restore a backup, or move that file away, then start Gatehouse again.',
  }),
  notOurs: (file: string): Failure => ({
    code: 'database_not_ours',
    message: `${file} is a database of another program. ${kept}`,
    next: 'Move it elsewhere, or start Gatehouse with another --user-data-dir.',
  }),
} as const

/** Turns whatever a store threw into a failure that a person understands. */
export function storageFailure(error: unknown, file: string): Failure {
  if (error instanceof StorageError) return error.failure
  const code = codeOf(error)
  const detail = error instanceof Error ? error.message : String(error)
  // A log's index that cannot grow (SHMSIZE) finds no room either.
  if (['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'].includes(code))
    return storageFailures.full()
  if (code.startsWith('SQLITE_READONLY') || ['EACCES', 'EPERM', 'EROFS', 'SQLITE_PERM'].includes(code))
    return storageFailures.readOnly(file)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return storageFailures.locked(file)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return storageFailures.corrupt(file, detail)
  return {
    code: 'database_failed',
    message: `The database ${file} could not be used: ${detail}.`,
    next: 'Check that the disk works and has space, then try again.',
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}
