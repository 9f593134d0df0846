import type { Migration } from '../database.ts'

/** Parts of a sealed document on their way into the bin and back: a cookie of a jar, the rule of a server. */
export const deletedParts: Migration = {
  version: 680,
  name: 'deleted parts',
  up: (db) => {
    db.exec(`
      CREATE TABLE deleted_parts (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('cookie', 'server')),
        environment_id TEXT REFERENCES environments (id) ON DELETE CASCADE,
        account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
        sealed_part BLOB NOT NULL
      ) STRICT;
      CREATE INDEX deleted_parts_of_user ON deleted_parts (user_id, kind);
      CREATE INDEX deleted_parts_environment ON deleted_parts (environment_id);
      CREATE INDEX deleted_parts_account ON deleted_parts (account_id);
    `)
  },
}
