import type { Migration } from '../../database.ts'

/** Accounts, their one token set, and its lineage. */
export const tokens: Migration = {
  version: 30,
  name: 'tokens',
  up: (db) => {
    db.exec(`
      CREATE TABLE accounts (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        profile TEXT NOT NULL CHECK (json_valid(profile)),
        signed_in_at INTEGER NOT NULL,
        UNIQUE (user_id, id),
        UNIQUE (user_id, connection_id, issuer, subject),
        FOREIGN KEY (user_id, connection_id) REFERENCES connections (user_id, id) ON DELETE CASCADE
      ) STRICT;

      CREATE TABLE token_sets (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        account_id TEXT NOT NULL,
        "grant" TEXT NOT NULL,
        token_type TEXT NOT NULL,
        scope TEXT NOT NULL,
        scope_asked TEXT NOT NULL,
        resource TEXT,
        obtained_at INTEGER NOT NULL,
        expires_at INTEGER,
        access_token_format TEXT NOT NULL,
        refresh_count INTEGER NOT NULL,
        refreshed_at INTEGER,
        sealed_access_token BLOB NOT NULL,
        sealed_refresh_token BLOB,
        sealed_id_token BLOB,
        UNIQUE (user_id, account_id),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
      ) STRICT;

      CREATE TABLE lineage (
        number INTEGER PRIMARY KEY,
        token_set_id TEXT NOT NULL REFERENCES token_sets (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        event TEXT NOT NULL,
        reason TEXT NOT NULL,
        changes TEXT NOT NULL CHECK (json_valid(changes))
      ) STRICT;
      CREATE INDEX lineage_token_set ON lineage (token_set_id, number);
    `)
  },
}
