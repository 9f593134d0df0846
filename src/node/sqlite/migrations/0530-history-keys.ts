import type { Migration } from '../database.ts'

/** Keys of the history, which lies in a file of its own. The tables of 0060 hold what no user has taken along yet. */
export const historyKeys: Migration = {
  version: 530,
  name: 'history-keys',
  up: (db) => {
    db.exec(`
      CREATE TABLE history_keys (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        created_at INTEGER NOT NULL,
        sealed_key BLOB NOT NULL
      ) STRICT;
      CREATE INDEX history_keys_user ON history_keys (user_id);
    `)
  },
}
