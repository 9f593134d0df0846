import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type PlaygroundDatabase = Database.Database

const schema = `
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

const schemaVersion = 1

/** Opens (and on first use makes) the Playground's database in a folder, or in memory. */
export function openDatabase(dataDirectory: string): PlaygroundDatabase {
  const inMemory = dataDirectory === ':memory:'
  if (!inMemory) mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const file = inMemory ? ':memory:' : join(dataDirectory, 'playground.db')
  const database = new Database(file)
  if (!inMemory) chmodSync(file, 0o600)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma('foreign_keys = ON')
  const version = database.pragma('user_version', { simple: true }) as number
  if (version > schemaVersion) {
    database.close()
    throw new Error(
      `This Playground database is of version ${version}, newer than this program (${schemaVersion}).`,
    )
  }
  if (version === 0) {
    database.transaction(() => {
      database.exec(schema)
      database.pragma(`user_version = ${schemaVersion}`)
    })()
  }
  return database
}
