import { defined } from '@contract/defined'
import type { RequestRecord } from '../../../core/records/model.ts'
import type { RequestStore } from '../../../core/records/ports.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { orNull, readRow } from './rows/row.ts'

/** Requests that wait to become files of a collection, in SQLite. */
export function createRequestStore(db: Database): RequestStore {
  const all = db.prepare('SELECT * FROM requests WHERE user_id = ? ORDER BY name, id')
  const one = db.prepare('SELECT * FROM requests WHERE user_id = ? AND id = ?')
  const upsert = db.prepare(`
    INSERT INTO requests (id, user_id, name, draft, sealed_secrets, updated_at)
    VALUES (@id, @userId, @name, @draft, @sealedSecrets, @updatedAt)
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, draft = excluded.draft, sealed_secrets = excluded.sealed_secrets,
      updated_at = excluded.updated_at
    WHERE user_id = excluded.user_id`)
  const remove = db.prepare('DELETE FROM requests WHERE user_id = ? AND id = ?')

  function toRecord(row: unknown): RequestRecord {
    const read = readRow(db, row)
    const sealedSecrets = read.optionalBytes('sealed_secrets')
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      name: read.text('name'),
      draft: read.text('draft'),
      ...defined({ sealedSecrets }),
      updatedAt: read.number('updated_at'),
    }
  }

  return explained(db, {
    list: (userId) => all.all(userId).map(toRecord),
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : toRecord(row)
    },
    save: (record) => {
      upsert.run({ ...record, sealedSecrets: orNull(record.sealedSecrets) })
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
}
