import type { PlaygroundDatabase } from './database.ts'

const first = `
  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT;

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    sealed_jwk BLOB NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE orders (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    note TEXT,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_owner ON orders (owner, sequence);

  CREATE TABLE provider_records (
    model TEXT NOT NULL,
    id_hash BLOB NOT NULL,
    grant_id_hash BLOB,
    user_code_hash BLOB,
    uid_hash BLOB,
    sealed_payload BLOB NOT NULL,
    consumed_at INTEGER,
    expires_at INTEGER,
    PRIMARY KEY (model, id_hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX provider_records_by_grant ON provider_records (grant_id_hash) WHERE grant_id_hash IS NOT NULL;
  CREATE INDEX provider_records_by_user_code ON provider_records (user_code_hash) WHERE user_code_hash IS NOT NULL;
  CREATE INDEX provider_records_by_uid ON provider_records (uid_hash) WHERE uid_hash IS NOT NULL;
  CREATE INDEX provider_records_by_expiry ON provider_records (expires_at) WHERE expires_at IS NOT NULL;
`

/** Origin says who made a user: the start (configuration, or the well-known ones) or the admin API. */
const second = `
  ALTER TABLE users ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE users ADD COLUMN email_verified INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE users ADD COLUMN origin TEXT NOT NULL DEFAULT 'start';
  ALTER TABLE users ADD COLUMN password_mark BLOB;
  ALTER TABLE signing_keys ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
  ALTER TABLE signing_keys ADD COLUMN retired_at INTEGER;
`

const steps = [first, second]

export const schemaVersion = steps.length

/** Brings the database up to this program's version, each step whole or not at all. */
export function migrate(database: PlaygroundDatabase): void {
  for (let version = versionOf(database); version < schemaVersion; version += 1) {
    database.transaction(() => {
      database.exec(steps[version] ?? '')
      database.exec(`PRAGMA user_version = ${version + 1}`)
    })
  }
}

export function versionOf(database: PlaygroundDatabase): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
}
