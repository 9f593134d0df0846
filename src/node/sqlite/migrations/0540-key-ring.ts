import type { Migration } from '../database.ts'

/** Keys that a user made or imported. */
export const keyRing: Migration = {
  version: 540,
  name: 'key ring',
  up: (db) => {
    db.exec(`
      CREATE TABLE ring_keys (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sealed_key BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX ring_keys_of_user ON ring_keys (user_id, created_at);
    `)
  },
}
