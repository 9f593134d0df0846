import type { Migration } from '../database.ts'

/** The history's own file. Readable there: when, with which saved request, the status, sizes and what is pinned; all else is sealed.
 *  `head` holds the row in a list and the key of the parts: without it the parts open nowhere. Part 0 is the view, the
 *  others are the body. `unwanted` names parts that are to go, from a number on. What was deleted stays where it is, with
 *  the number of its entry in `bin`, until that is gone. `cleared`: what an earlier version stored in plain up to then was
 *  deleted. `last_computer`: which one had it open last, by its name. `held` counts what each user has, by key and entry of the bin. `moves`: what is on its way to
 *  the bin, back, or out, and up to which row.
 *  `search_segments` and `search_blocks`: the words that exchanges are found by, sealed (`search/`); readable there: which
 *  rows a segment has, and from when. `search_gone`: rows whose words are to leave them. */
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
  {
    version: 40,
    name: 'search',
    // Earlier versions kept 2,000 rows at most.
    up: (db) => {
      db.exec(`
        ALTER TABLE exchanges RENAME TO earlier;
        DROP INDEX exchanges_newest;
        DROP INDEX exchanges_request;
        DROP INDEX exchanges_bin;
        CREATE TABLE exchanges (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT UNIQUE NOT NULL,
          user_id TEXT NOT NULL,
          key_id TEXT NOT NULL,
          request_id TEXT,
          at INTEGER NOT NULL,
          status INTEGER,
          body_size INTEGER,
          stored INTEGER NOT NULL,
          bin_id TEXT,
          head BLOB NOT NULL,
          pinned INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX exchanges_newest ON exchanges (user_id, at, id) WHERE bin_id IS NULL;
        CREATE INDEX exchanges_pinned ON exchanges (user_id, at, id) WHERE bin_id IS NULL AND pinned = 1;
        CREATE INDEX exchanges_request ON exchanges (user_id, request_id, at, id, status)
          WHERE bin_id IS NULL AND request_id IS NOT NULL;
        CREATE INDEX exchanges_bin ON exchanges (bin_id) WHERE bin_id IS NOT NULL;

        CREATE TABLE held (
          user_id TEXT PRIMARY KEY NOT NULL,
          rows INTEGER NOT NULL,
          bytes INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER held_more AFTER INSERT ON exchanges BEGIN
          INSERT INTO held (user_id, rows, bytes) VALUES (NEW.user_id, NEW.bin_id IS NULL, (NEW.bin_id IS NULL) * NEW.stored)
          ON CONFLICT (user_id) DO UPDATE SET rows = rows + excluded.rows, bytes = bytes + excluded.bytes;
        END;
        CREATE TRIGGER held_less AFTER DELETE ON exchanges WHEN OLD.bin_id IS NULL BEGIN
          UPDATE held SET rows = rows - 1, bytes = bytes - OLD.stored WHERE user_id = OLD.user_id;
        END;
        CREATE TRIGGER held_moved AFTER UPDATE OF bin_id ON exchanges BEGIN
          UPDATE held SET rows = rows + (NEW.bin_id IS NULL) - (OLD.bin_id IS NULL),
            bytes = bytes + ((NEW.bin_id IS NULL) - (OLD.bin_id IS NULL)) * NEW.stored
          WHERE user_id = NEW.user_id;
        END;

        CREATE TABLE search_segments (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          user_id TEXT NOT NULL,
          key_id TEXT NOT NULL,
          first INTEGER NOT NULL,
          last INTEGER NOT NULL,
          newest INTEGER NOT NULL,
          oldest INTEGER NOT NULL,
          documents INTEGER NOT NULL,
          head BLOB NOT NULL
        ) STRICT;
        CREATE INDEX search_segments_of ON search_segments (user_id, first);
        CREATE TABLE search_blocks (
          place INTEGER PRIMARY KEY,
          bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE search_gone (
          number INTEGER PRIMARY KEY,
          soon INTEGER NOT NULL
        ) STRICT;

        INSERT INTO exchanges (id, user_id, key_id, request_id, at, status, body_size, stored, bin_id, head, pinned)
          SELECT id, user_id, key_id, request_id, at, status, body_size, stored, bin_id, head, pinned
          FROM earlier ORDER BY at, id;
        DROP TABLE earlier;
      `)
    },
  },
  {
    version: 50,
    name: 'moves',
    up: (db) => {
      db.exec(`
        DROP TRIGGER held_more;
        DROP TRIGGER held_less;
        DROP TRIGGER held_moved;
        DROP TABLE held;
        CREATE TABLE held (
          user_id TEXT NOT NULL,
          key_id TEXT NOT NULL,
          bin_id TEXT NOT NULL,
          rows INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          PRIMARY KEY (user_id, key_id, bin_id)
        ) STRICT;
        CREATE INDEX held_bin ON held (bin_id);
        INSERT INTO held SELECT user_id, key_id, coalesce(bin_id, ''), count(*), sum(stored)
          FROM exchanges GROUP BY 1, 2, 3;
        CREATE TRIGGER held_more AFTER INSERT ON exchanges BEGIN
          INSERT INTO held VALUES (NEW.user_id, NEW.key_id, coalesce(NEW.bin_id, ''), 1, NEW.stored)
          ON CONFLICT DO UPDATE SET rows = rows + 1, bytes = bytes + excluded.bytes;
        END;
        CREATE TRIGGER held_less AFTER DELETE ON exchanges BEGIN
          UPDATE held SET rows = rows - 1, bytes = bytes - OLD.stored
          WHERE user_id = OLD.user_id AND key_id = OLD.key_id AND bin_id = coalesce(OLD.bin_id, '');
          DELETE FROM held
          WHERE user_id = OLD.user_id AND key_id = OLD.key_id AND bin_id = coalesce(OLD.bin_id, '') AND rows <= 0;
        END;
        CREATE TRIGGER held_moved AFTER UPDATE OF bin_id ON exchanges BEGIN
          UPDATE held SET rows = rows - 1, bytes = bytes - NEW.stored
          WHERE user_id = NEW.user_id AND key_id = NEW.key_id AND bin_id = coalesce(OLD.bin_id, '');
          DELETE FROM held
          WHERE user_id = NEW.user_id AND key_id = NEW.key_id AND bin_id = coalesce(OLD.bin_id, '') AND rows <= 0;
          INSERT INTO held VALUES (NEW.user_id, NEW.key_id, coalesce(NEW.bin_id, ''), 1, NEW.stored)
          ON CONFLICT DO UPDATE SET rows = rows + 1, bytes = bytes + excluded.bytes;
        END;
        CREATE TABLE moves (
          id TEXT PRIMARY KEY NOT NULL,
          user_id TEXT NOT NULL,
          kind TEXT NOT NULL,
          until INTEGER NOT NULL
        ) STRICT;
      `)
    },
  },
]

/** Its file's name, beside the database. */
export const historyName = 'history.db'

/** In the file's header, so that no one takes it for the database. */
export const historyApplicationId = 0x47_48_48_31
