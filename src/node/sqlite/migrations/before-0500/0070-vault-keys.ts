import type { Migration } from '../../database.ts'

/** Wrapped vault keys. One is current; those set aside are kept, because what they sealed may come back. */
export const vaultKeys: Migration = {
  version: 70,
  name: 'vault-keys',
  up: (db) => {
    db.exec(`
      CREATE TABLE vault_keys (
        id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 32),
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('current', 'set-aside')),
        guard TEXT NOT NULL CHECK (guard IN ('keyring', 'password', 'both')),
        backend TEXT,
        wrapped BLOB NOT NULL,
        check_value BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        CHECK ((guard = 'password') = (backend IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX vault_keys_current ON vault_keys (user_id) WHERE state = 'current';
      CREATE INDEX vault_keys_user ON vault_keys (user_id);
    `)
  },
}
