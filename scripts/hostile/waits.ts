import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { createCopies, copyPath } from '../../src/node/sqlite/copies.ts'
import type { Database } from '../../src/node/sqlite/database.ts'
import { storageFailure } from '../../src/node/sqlite/failure.ts'
import { closeDatabase } from '../../src/node/sqlite/generation.ts'
import { createHeavyThread } from '../../src/node/sqlite/heavy-thread.ts'
import { openDatabase } from '../../src/node/sqlite/open.ts'
import { createRequestStore } from '../../src/node/sqlite/stores/request-store.ts'
import { createUserStore } from '../../src/node/sqlite/stores/user-store.ts'
import { createBeside } from './beside.ts'
import { databaseName, must } from './profile.ts'
import type { Attack } from './words.ts'

const mebibyte = 1024 * 1024
const user = { id: 'u1', username: 'ann', createdAt: 1 }

/** Copies, checks and restores a database of so many MiB while other calls go on, and says how long the slowest of them
 *  waited, from when it was due to when it was done. */
export const attackWaits: Attack = async ({ count, longest, tell }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-waits-'))
  const file = join(folder, databaseName)
  const heavy = createHeavyThread(join(import.meta.dirname, 'storage.mjs'))
  const wrong: string[] = []
  const figures: Record<string, number> = {}

  const measured = createBeside({ longest, wrong, figures, tell })
  try {
    const db = must(openDatabase(file))
    fill(db, count)
    figures['databaseMiB'] = Math.round(statSync(file).size / mebibyte)
    const copies = createCopies(db, heavy)
    const calls = callsOf(db)
    const made = must(await measured('backup', calls, () => copies.make(2)))
    must(await measured('fastCheck', calls, () => copies.checkFast()))
    const found = must(await measured('fullCheck', calls, () => copies.checkFull()))
    wrong.push(...found)
    // Half of it goes, and the next backup gives the space back first.
    db.exec('DELETE FROM requests WHERE rowid % 2 = 0')
    must(await measured('smallerBackup', calls, () => copies.make(3)))
    await measured('held', heldCallsOf(db, wrong), () => holdFor(file, 3_000))
    closeDatabase(db)
    const backup = copyPath(file, made.name) ?? ''
    must(await measured('restore', [], () => heavy.restore({ file, backup, now: 4 })))
    const again = must(openDatabase(file))
    if (createRequestStore(again).list(user.id).length !== count * 8) wrong.push('the backup lacks rows')
    again.close()
    const backups = readdirSync(join(folder, 'backups'))
    if (backups.some((name) => name.includes('partial'))) wrong.push('half a backup was left')
    if (!existsSync(`${backup}.sha256`)) wrong.push('a backup has no digest')
    return { tried: count, wrong, figures }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fill(db: Database, mebibytes: number): void {
  createUserStore(db).add(user)
  const requests = createRequestStore(db)
  const draft = (): string => JSON.stringify({ text: randomBytes(48 * 1024).toString('hex') })
  for (let number = 0; number < mebibytes * 8; number += 1)
    requests.save({ id: `r${number}`, userId: user.id, name: `${number}`, draft: draft(), updatedAt: 1 })
}

/** Another program begins a change, and lets go of it after so many milliseconds. */
async function holdFor(file: string, milliseconds: number): Promise<void> {
  const other = new SqliteDatabase(file)
  other.exec('BEGIN IMMEDIATE')
  await setTimeout(milliseconds)
  other.close()
}

/** As `callsOf`, where changes are refused with their reason. */
function heldCallsOf(db: Database, wrong: string[]): (() => unknown)[] {
  return callsOf(db).map((call) => () => {
    try {
      call()
    } catch (error) {
      if (storageFailure(error, '').code !== 'database_locked') wrong.push(String(error))
    }
  })
}

/** One call reads, the next writes what is emptied from the log at once. */
function callsOf(db: Database): (() => unknown)[] {
  const users = createUserStore(db)
  let renamed = 0
  return [() => users.list(), () => users.rename(user.id, `ann ${(renamed += 1)}`)]
}
