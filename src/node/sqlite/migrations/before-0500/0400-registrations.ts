import type { Migration } from '../../database.ts'

/** Registrations that this program made itself (RFC 7591), with the token to change them (RFC 7592). They go
 *  with their connection. */
export const registrations: Migration = {
  version: 400,
  name: 'registrations',
  up: (db) => {
    db.exec(`
      CREATE TABLE registrations (
        id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        client_uri TEXT NOT NULL,
        registered_at INTEGER NOT NULL,
        sealed_access_token BLOB NOT NULL
      ) STRICT;
      CREATE INDEX registrations_user ON registrations (user_id);
    `)
  },
}
