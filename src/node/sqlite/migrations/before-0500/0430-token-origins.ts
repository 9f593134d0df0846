import type { Migration } from '../../database.ts'

/** Origins that a user allowed an account's token to be sent to. */
export const tokenOrigins: Migration = {
  version: 430,
  name: 'token-origins',
  up: (db) => {
    db.exec(`
      CREATE TABLE token_origins (
        user_id TEXT NOT NULL,
        account_id TEXT NOT NULL,
        origin TEXT NOT NULL,
        allowed_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, account_id, origin),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
      ) STRICT;
    `)
  },
}
