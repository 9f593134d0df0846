import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCopies, copyPath } from '../../src/node/sqlite/copies.ts'
import type { Database } from '../../src/node/sqlite/database.ts'
import { closeDatabase } from '../../src/node/sqlite/generation.ts'
import { createHeavyThread } from '../../src/node/sqlite/heavy-thread.ts'
import { openDatabase } from '../../src/node/sqlite/open.ts'
import { createRequestStore } from '../../src/node/sqlite/stores/request-store.ts'
import { createUserStore } from '../../src/node/sqlite/stores/user-store.ts'
import { databaseName, must } from './profile.ts'
import type { Attack } from './words.ts'

/** What any call may wait while something heavy is worked on. */
const longest = 250
const mebibyte = 1024 * 1024
const user = { id: 'u1', username: 'ann', createdAt: 1 }

/** Copies, checks and restores a database of so many MiB while other calls go on, and says how long the slowest of them
 *  waited, from when it was due to when it was done. */
export const attackWaits: Attack = async ({ count, tell }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-waits-'))
  const file = join(folder, databaseName)
  const heavy = createHeavyThread(join(import.meta.dirname, 'storage.mjs'))
  const wrong: string[] = []
  const figures: Record<string, number> = {}

  async function measured<T>(name: string, db: Database | undefined, work: () => Promise<T>): Promise<T> {
    const watch = watchCalls(db)
    const began = performance.now()
    try {
      return await work()
    } finally {
      const { slowest, calls } = await watch.end()
      figures[`${name}Ms`] = Math.round(performance.now() - began)
      figures[`${name}WaitMs`] = Math.round(slowest)
      figures[`${name}Calls`] = calls
      if (slowest > longest) wrong.push(`a call waited ${Math.round(slowest)} ms beside: ${name}`)
      if (calls < 3) wrong.push(`no call ran beside: ${name}`)
      tell(`${name}: ${calls} calls, ${Math.round(slowest)} ms at most`)
    }
  }

  try {
    const db = must(openDatabase(file))
    fill(db, count)
    figures['databaseMiB'] = Math.round(statSync(file).size / mebibyte)
    const copies = createCopies(db, heavy)
    const made = must(await measured('backup', db, () => copies.make(2)))
    must(await measured('fastCheck', db, () => copies.checkFast()))
    const found = must(await measured('fullCheck', db, () => copies.checkFull()))
    wrong.push(...found)
    // Half of it goes, and the next backup gives the space back first.
    db.exec('DELETE FROM requests WHERE rowid % 2 = 0')
    must(await measured('smallerBackup', db, () => copies.make(3)))
    closeDatabase(db)
    const backup = copyPath(file, made.name) ?? ''
    must(await measured('restore', undefined, () => heavy.restore({ file, backup, now: 4 })))
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

/** A call every few milliseconds: one reads, the next writes what is emptied from the log at once. Without a database it
 *  only has to have its turn. */
function watchCalls(db: Database | undefined) {
  const users = db && createUserStore(db)
  let slowest = 0
  let calls = 0
  let due = performance.now() + 5
  let timer = setTimeout(call, 5)
  function call(): void {
    if (calls % 2 === 0) users?.list()
    else users?.rename(user.id, `ann ${calls}`)
    const now = performance.now()
    slowest = Math.max(slowest, now - due)
    calls += 1
    due = now + 5
    timer = setTimeout(call, 5)
  }
  return {
    /** After one more turn: what held it up until now is seen too. */
    end: async () => {
      await new Promise((done) => setTimeout(done, 20))
      clearTimeout(timer)
      return { slowest, calls }
    },
  }
}
