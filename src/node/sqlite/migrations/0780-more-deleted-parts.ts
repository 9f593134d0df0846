import type { Migration } from '../database.ts'

/** Parts of two more documents: the password for a proxy, and what was captured for a collection. */
export const moreDeletedParts: Migration = {
  version: 780,
  name: 'more deleted parts',
  up: (db) => {
    db.exec(`
      CREATE TABLE deleted_parts_next (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('cookie', 'server', 'login', 'captured')),
        environment_id TEXT REFERENCES environments (id) ON DELETE CASCADE,
        account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
        collection_id TEXT,
        sealed_part BLOB NOT NULL,
        CHECK ((kind = 'captured') = (collection_id IS NOT NULL)),
        FOREIGN KEY (user_id, collection_id) REFERENCES collections (user_id, id) ON DELETE CASCADE
      ) STRICT;
      INSERT INTO deleted_parts_next (id, user_id, kind, environment_id, account_id, sealed_part)
        SELECT id, user_id, kind, environment_id, account_id, sealed_part FROM deleted_parts;
      DROP TABLE deleted_parts;
      ALTER TABLE deleted_parts_next RENAME TO deleted_parts;
      CREATE INDEX deleted_parts_of_user ON deleted_parts (user_id, kind);
      CREATE INDEX deleted_parts_environment ON deleted_parts (environment_id);
      CREATE INDEX deleted_parts_account ON deleted_parts (account_id);
      CREATE INDEX deleted_parts_collection ON deleted_parts (user_id, collection_id);
    `)
  },
}
