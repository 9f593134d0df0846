import type { Migration } from '../../database.ts'

/** Saved requests. */
export const requests: Migration = {
  version: 50,
  name: 'requests',
  up: (db) => {
    db.exec(`
      CREATE TABLE requests (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        draft TEXT NOT NULL CHECK (json_valid(draft)),
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX requests_user ON requests (user_id, name);
    `)
  },
}
