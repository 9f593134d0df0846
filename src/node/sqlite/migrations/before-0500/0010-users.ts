import type { Migration } from '../../database.ts'

/** Users and their environments. `username_folded` is what makes a username unique. */
export const users: Migration = {
  version: 10,
  name: 'users',
  up: (db) => {
    db.exec(`
      CREATE TABLE users (
        id TEXT PRIMARY KEY NOT NULL,
        username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 64),
        username_folded TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        last_unlock_at INTEGER
      ) STRICT;

      CREATE TABLE environments (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        UNIQUE (user_id, id),
        UNIQUE (user_id, name)
      ) STRICT;
    `)
  },
}
