import { defined } from '@contract/defined'
import type { DeletedPart, DeletedPartStore } from '../../../../core/records/deleted-part-store.ts'
import type { Database } from '../../database.ts'
import { explained } from '../../explained.ts'
import { orNull, readRow } from '../rows/row.ts'

/** Deleted parts of documents in SQLite. */
export function createDeletedPartStore(db: Database): DeletedPartStore {
  const all = db.prepare('SELECT * FROM deleted_parts WHERE user_id = ? AND kind = ? ORDER BY rowid')
  const insert = db.prepare(`
    INSERT INTO deleted_parts (id, user_id, kind, environment_id, account_id, collection_id, sealed_part)
    VALUES (@id, @userId, @kind, @environmentId, @accountId, @collectionId, @sealedPart)`)
  const remove = db.prepare('DELETE FROM deleted_parts WHERE user_id = ? AND id = ?')

  return explained<DeletedPartStore>(db, {
    add: (part) => {
      insert.run({
        ...part,
        environmentId: orNull(part.environmentId),
        accountId: orNull(part.accountId),
        collectionId: orNull(part.collectionId),
      })
    },
    list: (userId, kind) =>
      all.all(userId, kind).map((row): DeletedPart => {
        const read = readRow(db, row)
        return {
          id: read.text('id'),
          userId: read.text('user_id'),
          kind,
          ...defined({
            environmentId: read.optionalText('environment_id'),
            accountId: read.optionalText('account_id'),
            collectionId: read.optionalText('collection_id'),
          }),
          sealedPart: read.bytes('sealed_part'),
        }
      }),
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
}
