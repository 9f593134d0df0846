import type { RegistrationRecord, RegistrationStore } from '../../../core/records/registration-record.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

/** Registrations in SQLite. */
export function createRegistrationStore(db: Database): RegistrationStore {
  const one = db.prepare('SELECT * FROM registrations WHERE user_id = ? AND id = ?')
  const upsert = db.prepare(`
    INSERT INTO registrations (id, user_id, client_uri, registered_at, sealed_access_token)
    VALUES (@connectionId, @userId, @clientUri, @registeredAt, @sealedAccessToken)
    ON CONFLICT (id) DO UPDATE SET
      client_uri = excluded.client_uri, registered_at = excluded.registered_at,
      sealed_access_token = excluded.sealed_access_token
    WHERE user_id = excluded.user_id`)
  function toRecord(row: unknown): RegistrationRecord {
    const read = readRow(db, row)
    return {
      connectionId: read.text('id'),
      userId: read.text('user_id'),
      clientUri: read.text('client_uri'),
      registeredAt: read.number('registered_at'),
      sealedAccessToken: read.bytes('sealed_access_token'),
    }
  }
  return explained(db, {
    get: (userId, connectionId) => {
      const row = one.get(userId, connectionId)
      return row === undefined ? undefined : toRecord(row)
    },
    save: (record) => {
      upsert.run({ ...record })
    },
  })
}
