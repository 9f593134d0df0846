import type { Migration } from '../database.ts'

/** How messages reach servers. A row a user, under the user's own id as all that is sealed has one. */
export const networkSettings: Migration = {
  version: 560,
  name: 'network settings',
  up: (db) => {
    db.exec(`
      CREATE TABLE network_settings (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
        document TEXT NOT NULL CHECK (json_valid(document)),
        sealed_secrets BLOB NOT NULL
      ) STRICT;
    `)
  },
}
