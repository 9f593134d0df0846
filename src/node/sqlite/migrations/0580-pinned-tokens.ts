import type { Migration } from '../database.ts'

/** Tokens that a user pinned to the token bench. */
export const pinnedTokens: Migration = {
  version: 580,
  name: 'pinned tokens',
  up: (db) => {
    db.exec(`
      CREATE TABLE pinned_tokens (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sealed_content BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX pinned_tokens_of_user ON pinned_tokens (user_id, created_at);
    `)
  },
}
