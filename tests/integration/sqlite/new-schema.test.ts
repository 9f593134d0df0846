import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { applicationId } from '../../../src/node/sqlite/application-id.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { migrate, schemaVersion } from '../../../src/node/sqlite/migrate.ts'
import { migrations } from '../../../src/node/sqlite/migrations/index.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { layDown } from '../../../src/node/sqlite/start/lay-down.ts'
import { newSchema } from '../../../src/node/sqlite/start/new-schema.ts'
import { openOrThrow, temporaryFolder } from './temporary-database.ts'

const objectsOf = (db: Database) =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all()
const rowsOf = (db: Database) => {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
  return (names as string[]).map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all()])
}
const migrated = (): Database => {
  const db = new SqliteDatabase(':memory:')
  migrate(db, migrations)
  db.exec("UPDATE generation SET profile = 'p'")
  return db
}

describe('the schema of a new file', () => {
  it('is written down as the migrations make it', async () => {
    const statements = migrated()
      .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
      .pluck()
      .all()
    await expect(`${JSON.stringify(statements, null, 2)}\n`).toMatchFileSnapshot(
      '../../../src/node/sqlite/start/new-schema.json',
    )
  })

  it('has every object, every row and the version that they leave', () => {
    const laid = new SqliteDatabase(':memory:')
    migrate(laid, [newSchema])
    expect(laid.prepare('SELECT profile FROM generation').pluck().get()).toMatch(/^[0-9a-f]{32}$/)
    laid.exec("UPDATE generation SET profile = 'p'")
    expect(objectsOf(laid)).toEqual(objectsOf(migrated()))
    expect(rowsOf(laid)).toEqual(rowsOf(migrated()))
    expect(schemaVersion(laid)).toBe(schemaVersion(migrated()))
  })
})

describe('a new file', () => {
  it('is the same as one that the steps were run in, with every setting', () => {
    const [here, stepped] = [temporaryFolder(), temporaryFolder()].map((folder) =>
      join(folder, 'gatehouse.db'),
    )
    // A folder in its way: it is made in its place, step by step.
    mkdirSync(`${stepped}.new`)
    const [laid, slow] = [openOrThrow(here ?? ''), openOrThrow(stepped ?? '')]
    expect(objectsOf(laid)).toEqual(objectsOf(slow))
    const settings = [
      'application_id',
      'user_version',
      'auto_vacuum',
      'page_size',
      'encoding',
      'journal_mode',
      'synchronous',
    ]
    for (const name of settings)
      expect([name, laid.pragma(name, { simple: true })]).toEqual([name, slow.pragma(name, { simple: true })])
    expect(laid.pragma('application_id', { simple: true })).toBe(applicationId)
    expect(laid.pragma('auto_vacuum', { simple: true })).toBe(2)
    expect(laid.prepare('SELECT computer FROM generation').all()).toEqual(
      slow.prepare('SELECT computer FROM generation').all(),
    )
  })

  it('leaves nothing beside it, and takes no notice of half of one', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'gatehouse.db')
    writeFileSync(`${file}.new`, 'half')
    openOrThrow(file)
    expect(readdirSync(folder).sort()).toEqual(['gatehouse.db', 'gatehouse.db-shm', 'gatehouse.db-wal'])
  })

  it('is not laid down beside a log, which would be read into it', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'gatehouse.db')
    writeFileSync(file, '')
    writeFileSync(`${file}-wal`, 'of another')
    expect(layDown(file, { migrations, applicationId, computer: 'here' })).toBe(false)
    expect(existsSync(`${file}.new`)).toBe(false)
    expect(openDatabase(file).ok).toBe(true)
  })
})
