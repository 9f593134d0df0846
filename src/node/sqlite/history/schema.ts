import type { Migration } from '../database.ts'

/** The history's own file. Readable there: when, with which saved request, the status, sizes and what is pinned; all else is sealed.
 *  `head` holds the row in a list and the key of the parts: without it the parts open nowhere. Part 0 is the view, the
 *  others are the body. `unwanted` names parts that are to go, from a number on. What was deleted stays where it is, with
 *  the number of its entry in `bin`, until that is gone. `cleared`: what an earlier version stored in plain up to then was
 *  deleted. `last_computer`: which one had it open last, by its name. */
export const historyMigrations: readonly Migration[] = [
  {
    version: 10,
    name: 'history',
    up: (db) => {
      db.exec(`
        CREATE TABLE exchanges (
          id TEXT PRIMARY KEY NOT NULL,
          user_id TEXT NOT NULL,
          key_id TEXT NOT NULL,
          request_id TEXT,
          at INTEGER NOT NULL,
          status INTEGER,
          body_size INTEGER,
          stored INTEGER NOT NULL,
          bin_id TEXT,
          head BLOB NOT NULL
        ) STRICT;
        CREATE INDEX exchanges_newest ON exchanges (user_id, at, id, stored) WHERE bin_id IS NULL;
        CREATE INDEX exchanges_request ON exchanges (user_id, request_id, at, id, status) WHERE bin_id IS NULL;
        CREATE INDEX exchanges_bin ON exchanges (bin_id) WHERE bin_id IS NOT NULL;

        CREATE TABLE bin (
          id TEXT PRIMARY KEY NOT NULL,
          user_id TEXT NOT NULL,
          key_id TEXT NOT NULL,
          kind TEXT NOT NULL,
          deleted_at INTEGER NOT NULL,
          words BLOB NOT NULL
        ) STRICT;

        CREATE TABLE cleared (
          user_id TEXT PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE parts (
          exchange_id TEXT NOT NULL,
          part INTEGER NOT NULL,
          bytes BLOB NOT NULL,
          PRIMARY KEY (exchange_id, part)
        ) STRICT;

        CREATE TABLE unwanted (
          exchange_id TEXT PRIMARY KEY NOT NULL,
          from_part INTEGER NOT NULL
        ) STRICT;
      `)
    },
  },
  {
    version: 20,
    name: 'last computer',
    up: (db) => {
      db.exec(`
        CREATE TABLE last_computer (computer TEXT NOT NULL) STRICT;
        INSERT INTO last_computer VALUES ('');
      `)
    },
  },
  {
    version: 30,
    name: 'pinned',
    up: (db) => {
      db.exec('ALTER TABLE exchanges ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0')
    },
  },
]

/** Its file's name, beside the database. */
export const historyName = 'history.db'

/** In the file's header, so that no one takes it for the database. */
export const historyApplicationId = 0x47_48_48_31
