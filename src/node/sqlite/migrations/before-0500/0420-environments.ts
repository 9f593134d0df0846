import type { Migration } from '../../database.ts'

/** Variables of environments, and which environment was used last. */
export const environmentVariables: Migration = {
  version: 420,
  name: 'environment-variables',
  up: (db) => {
    db.exec(`
      ALTER TABLE environments ADD COLUMN last_used_at INTEGER;

      CREATE TABLE environment_variables (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        environment_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT,
        sealed_value BLOB,
        UNIQUE (user_id, environment_id, name),
        CHECK ((value IS NULL) <> (sealed_value IS NULL)),
        FOREIGN KEY (user_id, environment_id) REFERENCES environments (user_id, id) ON DELETE CASCADE
      ) STRICT;
    `)
  },
}
