import type { Migration } from '../database.ts'

/** How often what matters was written, to compare with the mark outside the database. */
export const generation: Migration = {
  version: 500,
  name: 'generation',
  up: (db) => {
    db.exec(`
      CREATE TABLE generation (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        profile TEXT NOT NULL,
        number INTEGER NOT NULL
      ) STRICT;
      INSERT INTO generation VALUES (1, lower(hex(randomblob(16))), 0);
    `)
  },
}
