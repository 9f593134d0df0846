import { defined } from '@contract/defined'
import type { DeletedFileStore } from '../../../../core/records/deleted-file-store.ts'
import type { Database } from '../../database.ts'
import { explained } from '../../explained.ts'
import { orNull, readRow } from '../rows/row.ts'

/** Deleted files of collections in SQLite. */
export function createDeletedFileStore(db: Database): DeletedFileStore {
  const all = db.prepare('SELECT * FROM deleted_files WHERE user_id = ? ORDER BY rowid')
  const insert = db.prepare(`
    INSERT INTO deleted_files (id, user_id, collection_id, sealed_parts, open_parts)
    VALUES (@id, @userId, @collectionId, @sealedParts, @openParts)`)
  const remove = db.prepare('DELETE FROM deleted_files WHERE user_id = ? AND id = ?')
  return explained<DeletedFileStore>(db, {
    add: ({ sealedParts, openParts, ...files }) => {
      insert.run({ ...files, sealedParts: orNull(sealedParts), openParts: orNull(openParts) })
    },
    list: (userId) =>
      all.all(userId).map((row) => {
        const read = readRow(db, row)
        return {
          id: read.text('id'),
          userId: read.text('user_id'),
          collectionId: read.text('collection_id'),
          ...defined({
            sealedParts: read.optionalBytes('sealed_parts'),
            openParts: read.optionalText('open_parts'),
          }),
        }
      }),
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
}
