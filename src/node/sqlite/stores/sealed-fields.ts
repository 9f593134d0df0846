import type { SealedFields } from '../../../core/vault/box/vault-parts.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './row.ts'

/** Every column that holds ciphertext. The column of a place is the name without `sealed_`. */
export const sealedColumns = [
  {
    table: 'connections',
    columns: ['client_secret', 'client_key', 'client_certificate', 'dpop_key'],
  },
  { table: 'token_sets', columns: ['access_token', 'refresh_token', 'id_token'] },
  { table: 'pending_sign_ins', columns: ['secrets'] },
  { table: 'requests', columns: ['secrets'] },
  { table: 'refresh_states', columns: ['aside'] },
  { table: 'registrations', columns: ['access_token'] },
  { table: 'environment_variables', columns: ['value'] },
] as const

/** All sealed fields of a user in SQLite. To be called inside a transaction. */
export function createSealedFields(db: Database): SealedFields {
  const places = sealedColumns.flatMap(({ table, columns }) =>
    columns.map((column) => ({
      table,
      column,
      all: db.prepare(
        `SELECT id, sealed_${column} AS sealed FROM ${table} WHERE user_id = ? AND sealed_${column} IS NOT NULL`,
      ),
      write: db.prepare(`UPDATE ${table} SET sealed_${column} = ? WHERE user_id = ? AND id = ?`),
    })),
  )
  return explained(db, {
    replace: (userId, change) => {
      for (const { table, column, all, write } of places)
        for (const row of all.all(userId)) {
          const read = readRow(db, row)
          const rowId = read.text('id')
          const changed = change({ userId, table, rowId, column }, read.bytes('sealed'))
          if (changed !== undefined) write.run(changed, userId, rowId)
        }
    },
  })
}
