import type { Failure } from '@contract/result'
import { systemCode, systemFault } from '../files/system-fault.ts'

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
  fullBeforeUpdate: (file: string): Failure => ({
    code: 'disk_full',
    message: `The disk has no room for the copy that Gatehouse makes of ${file} before updating its format. ${kept}`,
    next: 'Free up as much space on the disk as that file takes, then try again.',
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
    next: 'If you have that file or a copy of it, quit Gatehouse and put it back. Otherwise nothing needs to be done.',
  }),
  rolledBack: (file: string): Failure => ({
    code: 'database_rolled_back',
    message: `${file} is not the database that Gatehouse last wrote: another file was put in its place, or the disk lost the newest changes. Accounts whose tokens may have been rotated since ask you to sign in again.`,
    next: 'If anything is missing, restore a backup. Otherwise nothing needs to be done.',
  }),
  foreignLog: (file: string, log: string): Failure => ({
    code: 'database_elsewhere',
    message: `${file} came from another computer since Gatehouse last ran here and was not closed properly. The log of the last changes made here does not belong to it and was left out; it is kept as ${log}.`,
    next: 'If anything is missing, restore a backup, and use these files on one computer at a time. Otherwise nothing needs to be done.',
  }),
  foreignHistoryLog: (file: string, log: string): Failure => ({
    code: 'history_elsewhere',
    message: `The history, ${file}, came from another computer since Gatehouse last ran here and was not closed properly. The log of the newest exchanges made here does not belong to it and was left out; it is kept as ${log}.`,
    next: 'Use these files on one computer at a time. Delete that log when you don’t need it; accounts and saved requests are not affected.',
  }),
  historyReplaced: (file: string): Failure => ({
    code: 'history_replaced',
    message: `The history, ${file}, was replaced or removed while Gatehouse was using it, by a sync program or manually. Exchanges since then are lost when Gatehouse is closed.`,
    next: 'Quit Gatehouse now; it starts with the other file. Accounts and saved requests are not affected.',
  }),
  elsewhere: (file: string, computer: string): Failure => ({
    code: 'database_elsewhere',
    message: `${file} was last used on another computer, ${computer}. If Gatehouse was used on both since they last had the same files, the changes of one of them are missing here.`,
    next: 'If anything is missing, restore a backup, and use these files on one computer at a time. Otherwise nothing needs to be done.',
  }),
  conflict: (file: string, other: string): Failure => ({
    code: 'database_conflict',
    message: `A sync program kept ${other} beside ${file}: two computers changed the same files, and the changes of one of them are in that file only.`,
    next: 'To look at it, start Gatehouse with another --user-data-dir that contains that file as gatehouse.db. Move it elsewhere when you don’t need it, and use these files on one computer at a time.',
  }),
  replaced: (file: string, kept: string | undefined): Failure => ({
    code: 'database_replaced',
    message: `${file} was replaced or removed while Gatehouse was using it, by a sync program or manually. ${kept === undefined ? 'Its own copy could not be saved.' : `Its own copy was saved as ${kept}.`}`,
    next: 'Quit Gatehouse now; it starts with the other file. If anything is missing there, restore that copy in Settings › Backups.',
  }),
  changed: (file: string): Failure => ({
    code: 'database_changed',
    message: `${file} was changed since Gatehouse closed it: by another program, or by the disk.`,
    next: 'If anything is missing or wrong, restore a backup. Otherwise nothing needs to be done.',
  }),
  unmarked: (file: string): Failure => ({
    code: 'database_unmarked',
    message: `${file}, which shows whether the database is current, was missing or damaged. It has been recreated.`,
    next: 'If anything is missing, restore a backup. Otherwise nothing needs to be done.',
  }),
  logDamaged: (file: string): Failure => ({
    code: 'database_log_damaged',
    message: `The log of the newest changes, ${file}-wal, was damaged: changes behind the damage are lost.`,
    next: 'If anything is missing, restore a backup. Otherwise nothing needs to be done.',
  }),
  unfitRestore: (file: string, found: string, why: string): Failure => ({
    code: 'database_restore_unfit',
    message: `${found} was going to replace the database but cannot be used. ${why} ${file} was not touched.`,
    next: 'Restore a backup, or move that file away, then start Gatehouse again.',
  }),
  unusable: (file: string, why: string): Failure => ({
    code: 'database_failed',
    message: `The database ${file} could not be used: ${why}.`,
    next: 'Check that the disk works and has space, then try again.',
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
  const code = systemCode(error)
  // A log's index that cannot grow (SHMSIZE) finds no room either.
  if (['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'].includes(code))
    return storageFailures.full()
  if (code.startsWith('SQLITE_READONLY') || ['EACCES', 'EPERM', 'EROFS', 'SQLITE_PERM'].includes(code))
    return storageFailures.readOnly(file)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return storageFailures.locked(file)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return storageFailures.corrupt(file, corruptWords(code))
  return storageFailures.unusable(file, sqliteFault(code) ?? systemFault(error))
}

function corruptWords(code: string): string {
  if (code === 'SQLITE_NOTADB') return 'it does not start like a database'
  return code === 'SQLITE_CORRUPT_INDEX' ? 'an index and its table differ' : 'its parts are inconsistent'
}

/** What SQLite's result codes mean; the longer ones begin with the shorter. Its own phrases are for programmers. */
const sqliteFaults: readonly (readonly [code: string, words: string])[] = [
  ['SQLITE_IOERR', 'the disk did not read or write it'],
  ['SQLITE_CANTOPEN', 'it cannot be opened'],
  ['SQLITE_NOMEM', 'there was not enough memory'],
  ['SQLITE_NOLFS', 'this disk does not support files this large'],
  ['SQLITE_TOOBIG', 'something is too large for it'],
  ['SQLITE_PROTOCOL', 'its lock could not be taken'],
  ['SQLITE_INTERRUPT', 'it was interrupted'],
  ['SQLITE_ABORT', 'it was interrupted'],
  ['SQLITE_CONSTRAINT', 'a change conflicts with stored data'],
  ['SQLITE_MISMATCH', 'a change conflicts with stored data'],
  ['SQLITE_SCHEMA', 'another program changed it meanwhile'],
  ['SQLITE_ERROR', 'it does not fit what Gatehouse expects'],
]

/** The code itself tells more to whoever looks it up. */
function sqliteFault(code: string): string | undefined {
  if (!code.startsWith('SQLITE_')) return undefined
  const words = sqliteFaults.find(([start]) => code.startsWith(start))?.[1]
  return words === undefined ? code : `${words} (${code})`
}
