import { rmSync } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Result } from '@contract/result'
import { compareDigest, digestOf, forgetDigest, hasDigest, noteDigest } from '../backup-digest.ts'
import { settleFile } from '../database-file.ts'
import { storageFailure } from '../failure.ts'
import { hasTable } from '../has-table.ts'
import { holdsHistory, inBin } from './holds-history.ts'

/** Takes the history out of copies that earlier versions made of the database, where it lies in plain: each is copied,
 *  rewritten, and put in its place at the end, so that a crash leaves it as it was. One that does not open, or is not
 *  as it was made, is left to whoever restores it. */
export async function stripCopies(files: readonly string[]): Promise<Result<null>> {
  for (const file of files) {
    if (!holdsHistory(file) || !isAsItWasMade(file)) continue
    const partial = `${file}.partial`
    try {
      rmSync(partial, { force: true })
      await copyFile(file, partial)
      strip(partial)
      settleFile(partial)
      const noted = hasDigest(file)
      const digest = digestOf(partial)
      // Without a note nothing is compared: a crash in between leaves a copy that can be restored.
      forgetDigest(file)
      await rename(partial, file)
      if (noted) noteDigest(file, digest)
    } catch (error) {
      rmSync(partial, { force: true })
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

function strip(file: string): void {
  const copy = new SqliteDatabase(file, { fileMustExist: true })
  try {
    // Nobody else has this file, and one that is not finished is thrown away.
    copy.pragma('journal_mode = OFF')
    copy.pragma('synchronous = OFF')
    copy.pragma('secure_delete = OFF')
    if (hasTable(copy, 'bin')) {
      copy.exec(`DELETE FROM bin_bytes WHERE bin_id IN (SELECT id FROM bin WHERE ${inBin})`)
      copy.exec(`DELETE FROM bin WHERE ${inBin}`)
    }
    for (const table of ['exchange_body_pieces', 'exchanges'])
      if (hasTable(copy, table)) copy.exec(`DELETE FROM ${table}`)
    // What was deleted still lies in free pages: what is left is written anew, and the rest of the file cut off.
    copy.exec('VACUUM')
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}
