import type { Migration } from '../../database.ts'

/** What must outlast a kill about the refreshing of a token set: see docs/sign-in.md, "Refresh". */
export const refreshStates: Migration = {
  version: 300,
  name: 'refresh-states',
  up: (db) => {
    db.exec(`
      CREATE TABLE refresh_states (
        id TEXT PRIMARY KEY NOT NULL REFERENCES token_sets (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        intent_at INTEGER,
        intent_run TEXT,
        intent_count INTEGER,
        refused TEXT CHECK (refused IS NULL OR json_valid(refused)),
        aside_at INTEGER,
        aside_why TEXT,
        sealed_aside BLOB,
        CHECK ((intent_at IS NULL) = (intent_run IS NULL) AND (intent_at IS NULL) = (intent_count IS NULL)),
        CHECK ((aside_at IS NULL) = (sealed_aside IS NULL) AND (aside_at IS NULL) = (aside_why IS NULL))
      ) STRICT;
      CREATE INDEX refresh_states_user ON refresh_states (user_id);
    `)
  },
}
