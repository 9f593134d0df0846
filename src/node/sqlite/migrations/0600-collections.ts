import type { Migration } from '../database.ts'

/** Folders that a user opened as collections, and what a request in one has that is never written there. */
export const collections: Migration = {
  version: 600,
  name: 'collections',
  up: (db) => {
    db.exec(`
      CREATE TABLE collections (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        document TEXT NOT NULL CHECK (json_valid(document)),
        opened_at INTEGER NOT NULL,
        UNIQUE (user_id, id)
      ) STRICT;
      CREATE TABLE collection_requests (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        collection_id TEXT NOT NULL,
        path TEXT NOT NULL,
        account_id TEXT,
        sealed_secrets BLOB,
        FOREIGN KEY (user_id, collection_id) REFERENCES collections (user_id, id) ON DELETE CASCADE,
        UNIQUE (collection_id, path)
      ) STRICT;
      CREATE INDEX collection_requests_of_user ON collection_requests (user_id, collection_id);
    `)
  },
}
