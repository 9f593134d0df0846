import type { ImportStores } from '../../../../core/vault/transfer/write-import.ts'
import type { Database } from '../../database.ts'

/** Tells which user has a row. */
export function createRowOwner(db: Database): ImportStores['ownerOf'] {
  const prepare = (table: string) => db.prepare(`SELECT user_id FROM ${table} WHERE id = ?`).pluck()
  const statements = {
    environments: prepare('environments'),
    connections: prepare('connections'),
    accounts: prepare('accounts'),
    token_sets: prepare('token_sets'),
    requests: prepare('requests'),
  }
  return (table, id) => {
    const owner = statements[table].get(id)
    return typeof owner === 'string' ? owner : undefined
  }
}
