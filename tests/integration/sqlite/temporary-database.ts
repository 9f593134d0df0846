import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'

/** A folder of the test's own, removed after it. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a database that has to open; closed after the test. */
export const openOrThrow = (file: string, options?: Parameters<typeof openDatabase>[1]): Database => {
  const opened = openDatabase(file, options)
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`)
  onTestFinished(() => void opened.value.close())
  return opened.value
}

/** A new database with two users, `u1` and `u2`, each with environment `e1` or `e2`. */
export const databaseWithUsers = (folder = temporaryFolder()): Database => {
  const db = openOrThrow(join(folder, 'gatehouse.sqlite'))
  for (const number of [1, 2]) {
    db.prepare('INSERT INTO users (id, username, username_folded, created_at) VALUES (?, ?, ?, 1)').run(
      `u${number}`,
      `user ${number}`,
      `user ${number}`,
    )
    db.prepare('INSERT INTO environments (id, user_id, name) VALUES (?, ?, ?)').run(
      `e${number}`,
      `u${number}`,
      'local',
    )
  }
  return db
}
