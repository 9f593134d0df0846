import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Database, Migration } from '../../../src/node/sqlite/database.ts'
import { migrate, schemaVersion } from '../../../src/node/sqlite/migrate.ts'
import { migrations } from '../../../src/node/sqlite/migrations/index.ts'

const step = (version: number, sql: string): Migration => ({
  version,
  name: `step ${version}`,
  up: (db) => void db.exec(sql),
})
const tablesOf = (db: Database): string[] =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[]

/** A database as the migrations before `version` leave it, each step's rows put in right after the step. */
const before = (version: number): Database => {
  const db = new SqliteDatabase(':memory:')
  db.pragma('foreign_keys = ON')
  for (const each of migrations.filter((step) => step.version < version)) {
    migrate(db, upTo(each.version))
    db.exec(rows[each.version] ?? '')
  }
  return db
}
const upTo = (version: number) => migrations.filter((each) => each.version <= version)

/** Rows that each step's tables take, in the order of the steps. */
const rows: Record<number, string> = {
  10: `INSERT INTO users VALUES ('u', 'Ann', 'ann', 1, NULL);
       INSERT INTO environments VALUES ('e', 'u', 'local');`,
  20: `INSERT INTO connections VALUES ('c', 'u', 'e', 'C', '{"issuer":"i"}', 'by-hand', NULL, 'cid', 'none',
       x'01', 's', NULL, 'loopback', 0, 0, 1, 1);`,
  30: `INSERT INTO accounts VALUES ('a', 'u', 'c', 'i', 's', '{}', 1);
       INSERT INTO token_sets VALUES ('t', 'u', 'a', 'authorization_code', 'Bearer', '', '', NULL, 1, NULL, 'jwt',
       0, NULL, x'01', NULL, NULL);
       INSERT INTO lineage VALUES (1, 't', 1, 'signed-in', 'r', '[]');`,
  40: `INSERT INTO pending_sign_ins VALUES ('p', 'u', 'c', 'd', 1, 2, x'01');`,
  50: `INSERT INTO requests VALUES ('r', 'u', 'R', '{}', 1);`,
  60: `INSERT INTO exchanges VALUES ('x', 'u', 'r', 1, 'GET', 'u', NULL, NULL, NULL, 200, 1.5, NULL, 1, '{}');
       INSERT INTO exchange_body_pieces VALUES ('x', 0, x'61');`,
  70: `INSERT INTO vault_keys VALUES ('00112233445566778899aabbccddeeff', 'u', 'current', 'keyring', 'dpapi',
       x'01', x'02', 1);`,
  80: `INSERT INTO unlock_failures VALUES ('u', 3, 9);
       INSERT INTO vault_keys VALUES ('20112233445566778899aabbccddeeff', 'u', 'set-aside', 'password', NULL,
       x'01', x'02', 1, '$scrypt$');`,
  430: `INSERT INTO token_origins VALUES ('u', 'a', 'https://api.example', 1);`,
  440: `UPDATE token_sets SET own_expires_at = 5, revoked_at = 4;`,
  480: `INSERT INTO kept_pages VALUES ('u', 'u', x'01', '{}');`,
  490: `INSERT INTO bin VALUES ('b', 'u', 'request', 'R', NULL, 1, '[]');
        INSERT INTO bin_bytes VALUES (1, 'u', 'b', 0, 'sealed_secrets', NULL, 'requests', 'r', NULL, x'01');`,
  520: `INSERT INTO flows VALUES ('f', 'u', 'sign-in', 'Sign in', '', NULL, '', 1, NULL, 'ok', NULL, 0, 0, '[]',
        x'01', NULL);`,
  560: `INSERT INTO network_settings VALUES ('u', 'u', '{}', x'01');`,
  620: `INSERT INTO cookie_jars VALUES ('j', 'u', 'e', 'a', x'01');
       INSERT INTO cookie_jars VALUES ('k', 'u', 'e', NULL, x'01');`,
  580: `INSERT INTO pinned_tokens VALUES ('n', 'u', 'N', x'01', 1);`,
  680: `INSERT INTO deleted_parts VALUES ('d', 'u', 'cookie', 'e', 'a', x'01');
        INSERT INTO deleted_parts VALUES ('s', 'u', 'server', NULL, NULL, x'01');`,
  600: `INSERT INTO collections VALUES ('k', 'u', '{}', 1);
        INSERT INTO collection_requests VALUES ('z', 'u', 'k', 'a.yml', 'a', x'01');`,
  660: `INSERT INTO collection_memories VALUES ('m', 'u', 'k', x'01');`,
  760: `INSERT INTO own_files VALUES ('u', 'Sub/a.yml', 'v', 'text');
        INSERT INTO deleted_files VALUES ('f', 'u', 'k', x'01', NULL);
        INSERT INTO deleted_files VALUES ('g', 'u', 'k', NULL, '[]');`,
  780: `INSERT INTO deleted_parts VALUES ('l', 'u', 'login', NULL, NULL, NULL, x'01');
        INSERT INTO deleted_parts VALUES ('c', 'u', 'captured', NULL, NULL, 'k', x'01');`,
}

/** What each step promises beyond taking rows: statements that it has to refuse. */
const refused: Record<number, string[]> = {
  10: [
    `INSERT INTO users VALUES ('u2', 'ANN', 'ann', 1, NULL)`,
    `INSERT INTO users VALUES ('u2', '', '', 1, NULL)`,
    `INSERT INTO users VALUES ('u2', 'B', 'b', 'yesterday', NULL)`,
    `INSERT INTO environments VALUES ('e2', 'nobody', 'x')`,
  ],
  20: [
    `UPDATE connections SET user_id = 'nobody'`,
    `UPDATE connections SET metadata = 'no json'`,
    `UPDATE connections SET sealed_client_secret = 'text'`,
  ],
  30: [
    `UPDATE accounts SET user_id = 'nobody'`,
    `INSERT INTO accounts VALUES ('a2', 'u', 'c', 'i', 's', '{}', 1)`,
    `UPDATE token_sets SET sealed_access_token = 'plain text'`,
    `UPDATE token_sets SET sealed_access_token = NULL`,
    `UPDATE token_sets SET user_id = 'nobody'`,
  ],
  40: [`INSERT INTO pending_sign_ins VALUES ('p2', 'u', 'c', 'd', 1, 2, x'01')`],
  50: [`UPDATE requests SET draft = '{'`],
  60: [`INSERT INTO exchange_body_pieces VALUES ('nothing', 0, x'61')`],
  70: [
    `INSERT INTO vault_keys SELECT '10112233445566778899aabbccddeeff', user_id, state, guard, backend, wrapped,
     check_value, 2 FROM vault_keys`,
    `UPDATE vault_keys SET guard = 'nothing'`,
    `UPDATE vault_keys SET backend = NULL`,
  ],
  80: [
    `UPDATE vault_keys SET password_hash = NULL`,
    `UPDATE vault_keys SET password_hash = 'x'`,
    `INSERT INTO unlock_failures VALUES ('nobody', 1, 1)`,
  ],
  430: [
    `INSERT INTO token_origins VALUES ('u', 'a', 'https://api.example', 2)`,
    `UPDATE token_origins SET user_id = 'nobody'`,
    `UPDATE token_origins SET account_id = 'nobody'`,
  ],
  440: [`UPDATE token_sets SET own_expires_at = 'soon'`, `UPDATE token_sets SET revoked_at = 'today'`],
  480: [
    `UPDATE kept_pages SET user_id = 'nobody'`,
    `UPDATE kept_pages SET sealed_tabs = 'plain text'`,
    `UPDATE kept_pages SET open_tabs = 'no json'`,
  ],
  490: [
    `UPDATE bin SET user_id = 'nobody'`,
    `UPDATE bin SET rows = 'no json'`,
    `UPDATE bin_bytes SET sealed_bytes = 'plain text'`,
    `UPDATE bin_bytes SET place_row = NULL`,
    `UPDATE bin_bytes SET bytes = x'02'`,
  ],
  520: [`UPDATE flows SET sealed_steps = 'plain text'`, `UPDATE flows SET sealed_failure = 'plain text'`],
  560: [
    `UPDATE network_settings SET user_id = 'nobody'`,
    `UPDATE network_settings SET document = 'no json'`,
    `UPDATE network_settings SET sealed_secrets = 'plain text'`,
    `INSERT INTO network_settings VALUES ('v', 'u', '{}', x'01')`,
  ],
  620: [
    `INSERT INTO cookie_jars VALUES ('l', 'u', 'e', NULL, x'01')`,
    `INSERT INTO cookie_jars VALUES ('l', 'u', 'e', 'a', x'01')`,
    `UPDATE cookie_jars SET environment_id = 'nowhere'`,
    `UPDATE cookie_jars SET sealed_cookies = 'plain text'`,
  ],
  680: [
    `UPDATE deleted_parts SET user_id = 'nobody'`,
    `UPDATE deleted_parts SET kind = 'other'`,
    `UPDATE deleted_parts SET account_id = 'nobody'`,
    `UPDATE deleted_parts SET sealed_part = 'plain text'`,
  ],
  580: [
    `INSERT INTO pinned_tokens VALUES ('n2', 'nobody', 'N', x'01', 1)`,
    `UPDATE pinned_tokens SET sealed_content = 'text'`,
  ],
  600: [
    `UPDATE collections SET document = 'no json'`,
    `UPDATE collections SET user_id = 'nobody'`,
    `UPDATE collection_requests SET user_id = 'nobody'`,
    `UPDATE collection_requests SET sealed_secrets = 'plain text'`,
    `INSERT INTO collection_requests VALUES ('z2', 'u', 'k', 'a.yml', NULL, NULL)`,
  ],
  660: [
    `INSERT INTO collection_memories VALUES ('n', 'u', 'k', x'01')`,
    `UPDATE collection_memories SET user_id = 'nobody'`,
    `UPDATE collection_memories SET sealed_content = 'plain text'`,
  ],
  760: [
    `UPDATE own_files SET user_id = 'nobody'`,
    `UPDATE own_files SET path = ''`,
    `INSERT INTO own_files VALUES ('u', 'Sub/a.yml', 'v', 'another')`,
    `UPDATE deleted_files SET collection_id = 'other'`,
    `UPDATE deleted_files SET sealed_parts = 'plain text'`,
    `UPDATE deleted_files SET open_parts = '[]'`,
  ],
}

describe('the migrations', () => {
  it('are all listed, each under the number of its file', () => {
    const folder = new URL('../../../src/node/sqlite/migrations', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => basename(path))
      .filter((name) => name !== 'index.ts' && name.endsWith('.ts'))
    expect(migrations.map(({ version }) => version)).toEqual(files.sort().map((name) => parseInt(name, 10)))
  })

  it('rise in tens', () => {
    const versions = migrations.map(({ version }) => version)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    expect(versions.filter((version) => version % 10 !== 0)).toEqual([])
  })

  it.each(migrations.map(({ version, name }) => [version, name] as const))(
    '%i (%s): keeps the rows of the steps before, takes its own, refuses what it must',
    (version) => {
      const db = before(version)
      const content = () =>
        Object.fromEntries(tablesOf(db).map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]))
      const old = content()
      expect(migrate(db, upTo(version))).toEqual([version])
      expect(content()).toMatchObject(old)
      db.exec(rows[version] ?? '')
      for (const sql of refused[version] ?? [])
        expect(() => db.exec(sql), sql).toThrow(/constraint|cannot store/)
      expect(schemaVersion(db)).toBe(version)
    },
  )

  it('deletes all of a user with the user', () => {
    const db = before(Number.MAX_SAFE_INTEGER)
    db.exec("DELETE FROM users WHERE id = 'u'")
    const left = tablesOf(db).filter((table) => db.prepare(`SELECT 1 FROM ${table}`).get() !== undefined)
    // How often the profile was written to is nobody's.
    expect(left).toEqual(['generation'])
  })
})

describe('migrate', () => {
  it('runs what is missing, once', () => {
    const db = new SqliteDatabase(':memory:')
    const first = step(10, 'CREATE TABLE a (x)')
    expect(migrate(db, [first])).toEqual([10])
    expect(migrate(db, [first, step(20, 'CREATE TABLE b (x)')])).toEqual([20])
    expect(migrate(db, [first, step(20, 'CREATE TABLE b (x)')])).toEqual([])
  })

  it('leaves the step before where a step fails halfway', () => {
    const db = new SqliteDatabase(':memory:')
    const broken = step(20, 'CREATE TABLE b (x); INSERT INTO a VALUES (2); SELECT * FROM missing')
    const first = step(10, 'CREATE TABLE a (x); INSERT INTO a VALUES (1)')
    migrate(db, [first])
    expect(() => migrate(db, [first, broken])).toThrow('missing')
    expect(schemaVersion(db)).toBe(10)
    expect(tablesOf(db)).toEqual(['a'])
    expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([1])
  })

  it('leaves a new file empty where a step fails', () => {
    const db = new SqliteDatabase(':memory:')
    const steps = [step(10, 'CREATE TABLE a (x)'), step(20, 'SELECT * FROM missing')]
    expect(() => migrate(db, steps)).toThrow('missing')
    expect(schemaVersion(db)).toBe(0)
    expect(tablesOf(db)).toEqual([])
  })

  it('refuses numbers that do not rise in tens', () => {
    const db = new SqliteDatabase(':memory:')
    expect(() => migrate(db, [step(20, ''), step(10, '')])).toThrow('does not rise')
    expect(() => migrate(db, [step(15, '')])).toThrow('does not rise')
    expect(schemaVersion(db)).toBe(0)
  })

  it('refuses a newer database before any write', () => {
    const db = new SqliteDatabase(':memory:')
    db.pragma('user_version = 30')
    expect(() => migrate(db, [step(10, 'CREATE TABLE a (x)')])).toThrow('newer')
    expect(tablesOf(db)).toEqual([])
  })
})
