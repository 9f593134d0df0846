import type { Migration } from '../../database.ts'

/** Deleted things: `rows` are the rows that went, parents first, without their bytes; those are in `bin_bytes`,
 *  ciphertext with the place where it was sealed. */
export const bin: Migration = {
  version: 490,
  name: 'bin',
  up: (db) => {
    db.exec(`
      CREATE TABLE bin (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        detail TEXT,
        deleted_at INTEGER NOT NULL,
        rows TEXT NOT NULL CHECK (json_valid(rows)),
        UNIQUE (user_id, id)
      ) STRICT;
      CREATE INDEX bin_newest ON bin (user_id, deleted_at);

      CREATE TABLE bin_bytes (
        id INTEGER PRIMARY KEY,
        user_id TEXT NOT NULL,
        bin_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        column_name TEXT NOT NULL,
        bytes BLOB,
        place_table TEXT,
        place_row TEXT,
        place_destination TEXT,
        sealed_bytes BLOB,
        UNIQUE (bin_id, position, column_name),
        CHECK ((bytes IS NULL) <> (sealed_bytes IS NULL)),
        CHECK ((sealed_bytes IS NULL) = (place_table IS NULL) AND (place_table IS NULL) = (place_row IS NULL)),
        FOREIGN KEY (user_id, bin_id) REFERENCES bin (user_id, id) ON DELETE CASCADE
      ) STRICT;
    `)
  },
}
