import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Home } from './home.ts'

const samples = join(import.meta.dirname, '../../samples/opencollection')

/** Copies a collection into the home folder and opens it. */
export function openCollection(home: Home, sample: string, name = sample): string {
  const folder = join(home.directory, 'collections', name)
  mkdirSync(folder, { recursive: true })
  cpSync(join(samples, sample), folder, { recursive: true })
  rememberCollection(home, folder)
  return folder
}

/** Puts a folder on the list of open collections, as choosing it does: the system's dialog can't be driven from here. It
 *  is shown when the requests room is opened next. */
export function rememberCollection(home: Home, folder: string): void {
  const db = new DatabaseSync(join(home.profile, 'gatehouse.db'))
  try {
    db.exec('PRAGMA busy_timeout = 5000')
    const user = db.prepare('SELECT id FROM users').get() as { id: string }
    db.prepare('INSERT INTO collections (id, user_id, document, opened_at) VALUES (?, ?, ?, ?)').run(
      randomUUID(),
      user.id,
      JSON.stringify({ folder, open: true }),
      Date.now(),
    )
  } finally {
    db.close()
  }
}
