import type { Failure } from '@contract/result'
import { expectedFailure } from '../../../core/text/expected-failure.ts'
import type { HistoryKeyStore } from '../../../core/vault/box/history-keys.ts'
import type { Database } from '../database.ts'
import { emptyLogAfter } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

const userGone: Failure = { code: 'user_unknown', message: 'This user no longer exists.' }

/** Sealed keys of histories in SQLite. */
export function createHistoryKeyStore(db: Database): HistoryKeyStore {
  const all = db.prepare('SELECT * FROM history_keys WHERE user_id = ? ORDER BY rowid DESC')
  const insert = db.prepare(`
    INSERT INTO history_keys (id, user_id, created_at, sealed_key)
    SELECT @id, id, @createdAt, @sealedKey FROM users WHERE id = @userId`)
  const remove = db.prepare('DELETE FROM history_keys WHERE user_id = ? AND id = ?')
  const store = explained<HistoryKeyStore>(db, {
    list: (userId) =>
      all.all(userId).map((row) => {
        const read = readRow(db, row)
        return {
          id: read.text('id'),
          userId: read.text('user_id'),
          createdAt: read.number('created_at'),
          sealedKey: read.bytes('sealed_key'),
        }
      }),
    add: (record) => {
      if (insert.run(record).changes === 0) throw expectedFailure(userGone)
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
  return emptyLogAfter(db, store, ['add', 'remove'])
}
