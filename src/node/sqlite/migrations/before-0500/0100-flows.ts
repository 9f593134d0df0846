import type { Migration } from '../../database.ts'

/** Recorded flows. Steps are one document: they are written and read together, and hold no secret. */
export const flows: Migration = {
  version: 100,
  name: 'flows',
  up: (db) => {
    db.exec(`
      CREATE TABLE flows (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        provider_name TEXT NOT NULL,
        api_name TEXT,
        manner TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        outcome TEXT NOT NULL,
        failure TEXT CHECK (failure IS NULL OR json_valid(failure)),
        message_count INTEGER NOT NULL,
        dropped INTEGER NOT NULL,
        steps TEXT NOT NULL CHECK (json_valid(steps))
      ) STRICT;
      CREATE INDEX flows_newest ON flows (user_id, started_at, id);
    `)
  },
}
