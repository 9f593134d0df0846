import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { createHeavyThread } from '../../src/node/sqlite/heavy-thread.ts'
import { migrations } from '../../src/node/sqlite/migrations/index.ts'
import { openDatabase } from '../../src/node/sqlite/open.ts'
import { openUpdated } from '../../src/node/sqlite/start/update.ts'
import { createBeside } from './beside.ts'
import { databaseName, must } from './profile.ts'
import type { Attack } from './words.ts'

const mebibyte = 1024 * 1024
/** The first that has all that is filled here. */
const older = migrations.filter(({ version }) => version <= 100)

/** Starts on a database of so many MiB in an older format: a copy is kept and the format updated while the window gets its
 *  turns. */
export const attackUpdate: Attack = async ({ count, longest, tell }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-update-'))
  const file = join(folder, databaseName)
  const wrong: string[] = []
  const figures: Record<string, number> = {}
  const measured = createBeside({ longest, wrong, figures, tell })
  try {
    const rows = fillOlder(file, count)
    figures['databaseMiB'] = Math.round(statSync(file).size / mebibyte)
    const heavy = createHeavyThread(join(import.meta.dirname, 'storage.mjs'))
    let updatedAt = 0
    async function update(input: { file: string }): ReturnType<typeof heavy.update> {
      const done = await heavy.update(input)
      updatedAt = performance.now()
      return done
    }
    const opened = await measured('update', [], async () => {
      const done = await openUpdated(file, { update })
      // What is left to do where the window waits for it.
      figures['openMs'] = Math.round(performance.now() - updatedAt)
      return done
    })
    const db = must(opened)
    const version = migrations.at(-1)?.version ?? 0
    if (db.pragma('user_version', { simple: true }) !== version) wrong.push('the format was not updated')
    const counted = db.prepare('SELECT count(*) FROM requests').pluck().get()
    if (counted !== rows) wrong.push(`${rows} requests became ${String(counted)}`)
    db.close()
    const copy = new SqliteDatabase(`${file}.before-format-${version}`, { readonly: true })
    if (copy.prepare('SELECT count(*) FROM requests').pluck().get() !== rows)
      wrong.push('the copy lacks rows')
    copy.close()
    return { tried: count, wrong, figures }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Returns how many requests there are. */
function fillOlder(file: string, mebibytes: number): number {
  const db = must(openDatabase(file, { migrations: older }))
  const add = db.prepare(`
    INSERT INTO requests (id, user_id, name, draft, updated_at) VALUES (?, 'u1', 'n', ?, 1)`)
  db.exec("INSERT INTO users VALUES ('u1', 'ann', 'ann', 1, NULL)")
  const rows = mebibytes * 10
  for (let number = 0; number < rows; number += 1)
    add.run(`r${number}`, JSON.stringify({ text: randomBytes(52 * 1024).toString('hex') }))
  db.close()
  return rows
}
