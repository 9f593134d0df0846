import type { KeyRingStore, RingKey } from '../../../core/records/key-ring-store.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

/** The key ring in SQLite. */
export function createKeyRingStore(db: Database): KeyRingStore {
  const all = db.prepare('SELECT * FROM ring_keys WHERE user_id = ? ORDER BY created_at, rowid')
  const one = db.prepare('SELECT * FROM ring_keys WHERE user_id = ? AND id = ?')
  const insert = db.prepare(`
    INSERT INTO ring_keys (id, user_id, name, sealed_key, created_at)
    VALUES (@id, @userId, @name, @sealedKey, @createdAt)`)
  const rename = db.prepare('UPDATE ring_keys SET name = ? WHERE user_id = ? AND id = ?')

  function toKey(row: unknown): RingKey {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      name: read.text('name'),
      sealedKey: read.bytes('sealed_key'),
      createdAt: read.number('created_at'),
    }
  }
  return explained(db, {
    list: (userId) => all.all(userId).map(toKey),
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : toKey(row)
    },
    add: (key) => {
      insert.run(key)
    },
    rename: (userId, id, name) => {
      rename.run(name, userId, id)
    },
  })
}
