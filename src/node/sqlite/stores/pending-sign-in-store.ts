import { defined } from '@contract/defined'
import type { PendingSignInRecord } from '../../../core/records/model.ts'
import type { PendingSignInStore } from '../../../core/records/ports.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

/** Sign-ins that wait for their redirect, in SQLite. */
export function createPendingSignInStore(db: Database): PendingSignInStore {
  const insert = db.prepare(`
    INSERT INTO pending_sign_ins
      (id, kind, user_id, connection_id, state_digest, started_at, expires_at, sealed_secrets)
    VALUES (@id, @kind, @userId, @connectionId, @stateDigest, @startedAt, @expiresAt, @sealedSecrets)`)
  const all = db.prepare('SELECT * FROM pending_sign_ins WHERE user_id = ? ORDER BY started_at, rowid')
  const byDigest = db.prepare('SELECT * FROM pending_sign_ins WHERE state_digest = ?')
  const one = db.prepare('SELECT * FROM pending_sign_ins WHERE id = ?')
  const remove = db.prepare('DELETE FROM pending_sign_ins WHERE id = ?')

  function toRecord(row: unknown): PendingSignInRecord {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      ...defined({
        kind: read.oneOf('kind', ['browser', 'device']) === 'device' ? ('device' as const) : undefined,
      }),
      userId: read.text('user_id'),
      connectionId: read.text('connection_id'),
      stateDigest: read.text('state_digest'),
      startedAt: read.number('started_at'),
      expiresAt: read.number('expires_at'),
      sealedSecrets: read.bytes('sealed_secrets'),
    }
  }
  const perhaps = (row: unknown) => (row === undefined ? undefined : toRecord(row))

  return explained(db, {
    add: (record) => {
      insert.run({ kind: 'browser', ...record })
    },
    list: (userId) => all.all(userId).map(toRecord),
    findByStateDigest: (stateDigest) => perhaps(byDigest.get(stateDigest)),
    get: (id) => perhaps(one.get(id)),
    take: (id) => remove.run(id).changes === 1,
  })
}
