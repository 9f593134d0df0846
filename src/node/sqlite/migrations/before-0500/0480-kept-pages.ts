import type { Migration } from '../../database.ts'

/** What the page has open: tabs and drafts. */
export const keptPages: Migration = {
  version: 480,
  name: 'kept-pages',
  up: (db) => {
    db.exec(`
      CREATE TABLE kept_pages (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        sealed_tabs BLOB NOT NULL,
        open_tabs TEXT CHECK (open_tabs IS NULL OR json_valid(open_tabs)),
        CHECK (id = user_id)
      ) STRICT;
    `)
  },
}
