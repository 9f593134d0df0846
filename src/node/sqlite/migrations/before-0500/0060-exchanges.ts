import type { Migration } from '../../database.ts'

/** History. Request and account are names of the past, not references: a row outlives what it names.
 *  Bodies lie in pieces, so that reading a range does not read the whole body. */
export const exchanges: Migration = {
  version: 60,
  name: 'exchanges',
  up: (db) => {
    db.exec(`
      CREATE TABLE exchanges (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        request_id TEXT,
        at INTEGER NOT NULL,
        method TEXT NOT NULL,
        url TEXT NOT NULL,
        account_id TEXT,
        account_name TEXT,
        token_expires_at INTEGER,
        status INTEGER,
        duration REAL,
        error_code TEXT,
        body_size INTEGER,
        view TEXT NOT NULL CHECK (json_valid(view))
      ) STRICT;
      CREATE INDEX exchanges_newest ON exchanges (user_id, at, id, body_size);
      CREATE INDEX exchanges_request ON exchanges (user_id, request_id, at, id, status);

      CREATE TABLE exchange_body_pieces (
        exchange_id TEXT NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
        piece INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (exchange_id, piece)
      ) STRICT;
    `)
  },
}
