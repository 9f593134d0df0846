import type { NetworkStore } from '../../../../core/records/network-store.ts'
import type { Database } from '../../database.ts'
import { explained } from '../../explained.ts'
import { readRow } from '../rows/row.ts'

/** Network settings in SQLite. */
export function createNetworkStore(db: Database): NetworkStore {
  const one = db.prepare('SELECT * FROM network_settings WHERE user_id = ?')
  const upsert = db.prepare(`
    INSERT INTO network_settings (id, user_id, document, sealed_secrets)
    VALUES (@userId, @userId, @document, @sealedSecrets)
    ON CONFLICT (id) DO UPDATE SET document = excluded.document, sealed_secrets = excluded.sealed_secrets`)
  return explained(db, {
    get: (userId) => {
      const row = one.get(userId)
      if (row === undefined) return undefined
      const read = readRow(db, row)
      return { document: read.text('document'), sealedSecrets: read.bytes('sealed_secrets') }
    },
    save: (userId, record) => {
      upsert.run({ userId, ...record })
    },
  })
}
