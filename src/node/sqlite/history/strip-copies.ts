import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import {
  compareDigest,
  digestOf,
  forgetDigest,
  hasDigest,
  noteDigest,
  removeBackup,
} from '../backup-digest.ts'
import { logSize } from '../backups.ts'
import { copyWhole } from '../copy-whole.ts'
import { settleFile } from '../database-file.ts'
import { storageFailure } from '../failure.ts'
import { hasTable } from '../has-table.ts'
import { holdsHistory, inBin } from './holds-history.ts'

/** Takes the history out of copies that earlier versions made of the database, where it is in plain: each is copied,
 *  rewritten, and put in its place at the end, so that a crash leaves it as it was. One that does not open, or is not
 *  as it was made, is left to whoever restores it. */
export async function stripCopies(files: readonly string[]): Promise<Result<null>> {
  for (const file of files) {
    if (!holdsHistory(file) || !isAsItWasMade(file)) continue
    const partial = `${file}.partial`
    const rest = `${file}.rest`
    try {
      for (const each of [partial, rest]) rmSync(each, { force: true })
      await copyWhole(file, partial)
      strip(partial, rest)
      // Piece by piece again: in one go it would hold up whoever commits meanwhile.
      await copyWhole(rest, partial)
      rmSync(rest)
      settleFile(partial)
      const noted = hasDigest(file)
      const digest = digestOf(partial)
      // Without a note nothing is compared: a crash in between leaves a copy that can be restored.
      forgetDigest(file)
      await takePlace(partial, file)
      if (noted) noteDigest(file, digest)
    } catch (error) {
      for (const each of [partial, rest]) rmSync(each, { force: true })
      return { ok: false, error: storageFailure(error, file) }
    }
  }
  return ok(null)
}

/** A note of its own would hide the damage. */
function isAsItWasMade(file: string): boolean {
  try {
    compareDigest(file)
    return true
  } catch {
    return false
  }
}

/** One that was not closed properly has a log, which would be read into whatever bears its name: what replaces it gets a
 *  name of its own, and the old one goes when that is there. */
async function takePlace(partial: string, file: string): Promise<void> {
  const match = /^(.*-)(\d{1,15})$/.exec(file)
  if (logSize(file) === 0 || !match) return rename(partial, file)
  let at = Number(match[2]) + 1
  while (existsSync(`${match[1]}${at}`)) at += 1
  await rename(partial, `${match[1]}${at}`)
  await removeBackup(file)
}

/** Writes what is left of a copy without its history into `rest`. */
function strip(file: string, rest: string): void {
  const copy = new SqliteDatabase(file, { fileMustExist: true })
  try {
    // No one else has this file, and one that is not finished is thrown away.
    copy.pragma('journal_mode = OFF')
    copy.pragma('synchronous = OFF')
    copy.pragma('secure_delete = OFF')
    if (hasTable(copy, 'bin')) {
      copy.exec(`DELETE FROM bin_bytes WHERE bin_id IN (SELECT id FROM bin WHERE ${inBin})`)
      copy.exec(`DELETE FROM bin WHERE ${inBin}`)
    }
    for (const table of ['exchange_body_pieces', 'exchanges'])
      if (hasTable(copy, table)) copy.exec(`DELETE FROM ${table}`)
    // What was deleted still lies in free pages: what is left is written into a file of its own.
    closeSync(openSync(rest, 'w', 0o600))
    copy.prepare('VACUUM INTO ?').run(rest)
  } finally {
    copy.close()
  }
}
