import type { Migration } from '../../database.ts'

/** When an access token ends by its own `exp`, and when the provider accepted its revocation. */
export const tokenEnds: Migration = {
  version: 440,
  name: 'token-ends',
  up: (db) => {
    db.exec(`
      ALTER TABLE token_sets ADD COLUMN own_expires_at INTEGER;
      ALTER TABLE token_sets ADD COLUMN revoked_at INTEGER;
    `)
  },
}
