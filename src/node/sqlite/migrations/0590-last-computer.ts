import type { Migration } from '../database.ts'

/** Which computer had the database open last, by its name; empty where that is not known, or was just restored. */
export const lastComputer: Migration = {
  version: 590,
  name: 'last computer',
  up: (db) => {
    db.exec("ALTER TABLE generation ADD COLUMN computer TEXT NOT NULL DEFAULT ''")
  },
}
