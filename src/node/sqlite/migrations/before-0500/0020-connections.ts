import type { Migration } from '../../database.ts'

/** Connections. References carry the user, so that a row can never belong to two users. */
export const connections: Migration = {
  version: 20,
  name: 'connections',
  up: (db) => {
    db.exec(`
      CREATE TABLE connections (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        environment_id TEXT NOT NULL,
        name TEXT NOT NULL,
        metadata TEXT NOT NULL CHECK (json_valid(metadata)),
        metadata_source TEXT NOT NULL CHECK (metadata_source IN ('discovery', 'by-hand')),
        metadata_fetched_at INTEGER,
        client_id TEXT NOT NULL,
        client_authentication TEXT NOT NULL,
        sealed_client_secret BLOB,
        scope TEXT NOT NULL,
        resource TEXT,
        redirect_kind TEXT NOT NULL,
        allow_insecure INTEGER NOT NULL CHECK (allow_insecure IN (0, 1)),
        is_playground INTEGER NOT NULL CHECK (is_playground IN (0, 1)),
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (user_id, id),
        FOREIGN KEY (user_id, environment_id) REFERENCES environments (user_id, id) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX connections_environment ON connections (user_id, environment_id);
    `)
  },
}
