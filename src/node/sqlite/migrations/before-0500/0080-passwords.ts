import type { Migration } from '../../database.ts'

/** Passwords as a second guard of vault keys, and the wrong ones that were tried. */
export const passwords: Migration = {
  version: 80,
  name: 'passwords',
  up: (db) => {
    db.exec(`
      ALTER TABLE vault_keys ADD COLUMN password_hash TEXT
        CHECK ((guard = 'keyring') = (password_hash IS NULL));

      CREATE TABLE unlock_failures (
        user_id TEXT PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        count INTEGER NOT NULL CHECK (count > 0),
        last_at INTEGER NOT NULL
      ) STRICT;
    `)
  },
}
