import { defined } from '@contract/defined'
import type { CollectionRequestRecord, CollectionStore } from '../../../core/records/collection-store.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { orNull, readRow } from './rows/row.ts'

/** Collections that were opened, in SQLite. */
export function createCollectionStore(db: Database): CollectionStore {
  const all = db.prepare('SELECT * FROM collections WHERE user_id = ? ORDER BY opened_at, rowid')
  const upsert = db.prepare(`
    INSERT INTO collections (id, user_id, document, opened_at) VALUES (@id, @userId, @document, @openedAt)
    ON CONFLICT (id) DO UPDATE SET document = excluded.document, opened_at = excluded.opened_at
    WHERE user_id = excluded.user_id`)
  const one = db.prepare(
    'SELECT * FROM collection_requests WHERE user_id = ? AND collection_id = ? AND path = ?',
  )
  const places = db.prepare('SELECT id, collection_id, path FROM collection_requests WHERE user_id = ?')
  const byId = db.prepare('SELECT * FROM collection_requests WHERE user_id = ? AND id = ?')
  const makeRoom = db.prepare(
    'DELETE FROM collection_requests WHERE user_id = ? AND collection_id = ? AND path = ? AND id <> ?',
  )
  const upsertRequest = db.prepare(`
    INSERT INTO collection_requests (id, user_id, collection_id, path, account_id, sealed_secrets)
    VALUES (@id, @userId, @collectionId, @path, @accountId, @sealedSecrets)
    ON CONFLICT (id) DO UPDATE SET path = excluded.path, account_id = excluded.account_id,
      sealed_secrets = excluded.sealed_secrets
    WHERE user_id = excluded.user_id`)
  // By its length, as a path may have what a pattern takes for a sign.
  const isBelow = (path: string): string =>
    `(path = ${path} OR substr(path, 1, length(${path}) + 1) = ${path} || '/')`
  const dropRequests = db.prepare(
    `DELETE FROM collection_requests WHERE user_id = @userId AND collection_id = @into AND ${isBelow('@to')}`,
  )
  const moveRequests = db.prepare(
    `UPDATE collection_requests SET collection_id = @into, path = @to || substr(path, length(@from) + 1)
     WHERE user_id = @userId AND collection_id = @collectionId AND ${isBelow('@from')}`,
  )
  interface Moved {
    userId: string
    collectionId: string
    from: string
    to: string
    into: string
  }
  const move = db.transaction((moved: Moved) => {
    const { userId, to, into } = moved
    dropRequests.run({ userId, to, into })
    moveRequests.run(moved)
  })
  const memory = db.prepare('SELECT * FROM collection_memories WHERE user_id = ? AND collection_id = ?')
  const upsertMemory = db.prepare(`
    INSERT INTO collection_memories (id, user_id, collection_id, sealed_content)
    VALUES (@id, @userId, @collectionId, @sealedContent)
    ON CONFLICT (id) DO UPDATE SET sealed_content = excluded.sealed_content
    WHERE user_id = excluded.user_id`)
  function toRequest(row: unknown): CollectionRequestRecord {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      collectionId: read.text('collection_id'),
      path: read.text('path'),
      ...defined({
        accountId: read.optionalText('account_id'),
        sealedSecrets: read.optionalBytes('sealed_secrets'),
      }),
    }
  }
  const saveRequest = db.transaction(({ accountId, sealedSecrets, ...record }: CollectionRequestRecord) => {
    makeRoom.run(record.userId, record.collectionId, record.path, record.id)
    upsertRequest.run({
      ...record,
      accountId: orNull(accountId),
      sealedSecrets: orNull(sealedSecrets),
    })
  })
  return explained<CollectionStore>(db, {
    list: (userId) =>
      all.all(userId).map((row) => {
        const read = readRow(db, row)
        return {
          id: read.text('id'),
          userId: read.text('user_id'),
          document: read.text('document'),
          openedAt: read.number('opened_at'),
        }
      }),
    save: (record) => {
      upsert.run(record)
    },
    request: (userId, collectionId, path) => {
      const row = one.get(userId, collectionId, path)
      return row === undefined ? undefined : toRequest(row)
    },
    requests: (userId) =>
      places.all(userId).map((row) => {
        const read = readRow(db, row)
        return { id: read.text('id'), collectionId: read.text('collection_id'), path: read.text('path') }
      }),
    requestById: (userId, id) => {
      const row = byId.get(userId, id)
      return row === undefined ? undefined : toRequest(row)
    },
    memory: (userId, collectionId) => {
      const row = memory.get(userId, collectionId)
      if (row === undefined) return undefined
      const read = readRow(db, row)
      return { id: read.text('id'), userId, collectionId, sealedContent: read.bytes('sealed_content') }
    },
    saveMemory: (record) => {
      upsertMemory.run(record)
    },
    moveRequests: (userId, collectionId, from, to, into = collectionId) => {
      move({ userId, collectionId, from, to, into })
    },
    saveRequest: (record) => {
      saveRequest(record)
    },
  })
}
