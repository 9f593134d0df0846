import type { Migration } from '../database.ts'

/** What a user entered, allowed and captured for a collection, and which of its environments is chosen: nothing of it is
 *  in the folder. */
export const collectionMemory: Migration = {
  version: 660,
  name: 'collection memory',
  up: (db) => {
    db.exec(`
      CREATE TABLE collection_memories (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        collection_id TEXT NOT NULL UNIQUE,
        sealed_content BLOB NOT NULL,
        FOREIGN KEY (user_id, collection_id) REFERENCES collections (user_id, id) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX collection_memories_of_user ON collection_memories (user_id, collection_id);
    `)
  },
}
