import type { Migration } from '../database.ts'

/** What the files of each user's own collection say: they lie beside the database, and its copies are to have them too;
 *  and files of any collection on their way into the bin and back. */
export const ownFiles: Migration = {
  version: 760,
  name: 'own files',
  up: (db) => {
    db.exec(`
      CREATE TABLE own_files (
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        path TEXT NOT NULL CHECK (length(path) BETWEEN 1 AND 4096),
        version TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (user_id, path)
      ) STRICT;
      CREATE TABLE deleted_files (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        collection_id TEXT NOT NULL,
        sealed_parts BLOB,
        open_parts TEXT CHECK (json_valid(open_parts)),
        CHECK ((sealed_parts IS NULL) <> (open_parts IS NULL)),
        FOREIGN KEY (user_id, collection_id) REFERENCES collections (user_id, id) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX deleted_files_of_user ON deleted_files (user_id, collection_id);
    `)
  },
}
