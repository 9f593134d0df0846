import type { Migration } from '../database.ts'

/** A jar for each account, and one for requests without any, in each environment. */
export const cookieJars: Migration = {
  version: 620,
  name: 'cookie jars',
  up: (db) => {
    db.exec(`
      CREATE TABLE cookie_jars (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        environment_id TEXT NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
        account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
        sealed_cookies BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX cookie_jars_place ON cookie_jars (user_id, environment_id, coalesce(account_id, ''));
      CREATE INDEX cookie_jars_environment ON cookie_jars (environment_id);
      CREATE INDEX cookie_jars_account ON cookie_jars (account_id);
    `)
  },
}
