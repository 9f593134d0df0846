import type { Pin, PinStore } from '../../../core/records/pin-store.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

/** Pinned tokens in SQLite. */
export function createPinStore(db: Database): PinStore {
  const all = db.prepare('SELECT * FROM pinned_tokens WHERE user_id = ? ORDER BY created_at, rowid')
  const one = db.prepare('SELECT * FROM pinned_tokens WHERE user_id = ? AND id = ?')
  const insert = db.prepare(`
    INSERT INTO pinned_tokens (id, user_id, name, sealed_content, created_at)
    VALUES (@id, @userId, @plainName, @sealedContent, @createdAt)`)
  const write = db.prepare(
    "UPDATE pinned_tokens SET sealed_content = ?, name = '' WHERE user_id = ? AND id = ?",
  )

  function toPin(row: unknown): Pin {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      plainName: read.text('name'),
      sealedContent: read.bytes('sealed_content'),
      createdAt: read.number('created_at'),
    }
  }
  return explained(db, {
    list: (userId) => all.all(userId).map(toPin),
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : toPin(row)
    },
    add: (pin) => {
      insert.run(pin)
    },
    write: (userId, id, sealedContent) => {
      write.run(sealedContent, userId, id)
    },
  })
}
