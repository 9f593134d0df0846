import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { makeBackup } from '../../../src/node/sqlite/backups.ts'
import { dropsCommits } from '../../../src/node/sqlite/damaged-log.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { closeDatabase } from '../../../src/node/sqlite/generation.ts'
import { findingOf } from '../../../src/node/sqlite/open.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { restoreBackup } from '../../../src/node/sqlite/restore.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { openOrThrow, temporaryFolder } from './temporary-database.ts'

const setUp = () => {
  const folder = temporaryFolder()
  const file = join(folder, 'gatehouse.db')
  const begin = (): { db: Database; told: string | undefined } => {
    const db = openOrThrow(file)
    return { db, told: findingOf(db)?.code }
  }
  let users = 0
  const addUser = (db: Database) =>
    createUserStore(db).add({ id: `u${(users += 1)}`, username: `User ${users}`, createdAt: 1 })
  return { folder, file, mark: `${file}.generation`, begin, addUser }
}

describe('the mark beside the database', () => {
  it('says nothing as long as the database is the one that was written last', async () => {
    const { folder, file, begin, addUser } = setUp()
    for (let start = 0; start < 3; start += 1) {
      const { db, told } = begin()
      expect(told).toBeUndefined()
      addUser(db)
      closeDatabase(db)
    }
    const { db } = begin()
    const backup = await makeBackup(db, join(folder, 'backups'), 1, heavyWork)
    addUser(db)
    closeDatabase(db)
    expect(backup.ok && restoreBackup(file, backup.value.file, 2).ok).toBe(true)
    const restored = begin()
    expect(restored.told).toBeUndefined()
    addUser(restored.db)
    closeDatabase(restored.db)
    expect(begin().told).toBeUndefined()
  })

  it('tells that an older file was put back, once, and takes its refresh tokens out', () => {
    const { folder, file, begin, addUser } = setUp()
    const first = begin().db
    addUser(first)
    first.exec(`
      INSERT INTO environments (id, user_id, name) VALUES ('e', 'u1', 'local');
      INSERT INTO connections (id, user_id, environment_id, name, metadata, metadata_source, client_id,
        client_authentication, scope, redirect_kind, allow_insecure, is_playground, created_at, updated_at)
        VALUES ('c', 'u1', 'e', 'C', '{"issuer":"i"}', 'by-hand', 'x', 'none', '', 'loopback', 0, 0, 1, 1);
      INSERT INTO accounts VALUES ('a', 'u1', 'c', 'i', 's', '{}', 1);
      INSERT INTO token_sets (id, user_id, account_id, "grant", token_type, scope, scope_asked, obtained_at,
        access_token_format, refresh_count, sealed_access_token, sealed_refresh_token)
        VALUES ('t', 'u1', 'a', 'authorization_code', 'Bearer', '', '', 1, 'jwt', 0, x'00', x'01')`)
    closeDatabase(first)
    const old = join(folder, 'old')
    copyFileSync(file, old)
    const { db } = begin()
    addUser(db)
    closeDatabase(db)
    copyFileSync(old, file)

    const again = begin()
    expect(again.told).toBe('database_rolled_back')
    expect(again.db.prepare('SELECT sealed_refresh_token FROM token_sets').pluck().get()).toBeNull()
    expect(again.db.prepare("SELECT refused ->> 'code' FROM refresh_states").pluck().get()).toBe(
      'refresh_restored',
    )
    closeDatabase(again.db)
    expect(begin().told).toBeUndefined()
  })

  it('tells that a new database stands where another was', () => {
    const { file, begin, addUser } = setUp()
    const { db } = begin()
    addUser(db)
    closeDatabase(db)
    rmSync(file)
    expect(begin().told).toBe('database_rolled_back')
  })

  it('tells that it was lost or damaged itself, whichever bit it is', () => {
    const { mark, begin, addUser } = setUp()
    const { db } = begin()
    addUser(db)
    closeDatabase(db)
    const sound = readFileSync(mark)
    const damages: (() => void)[] = [
      () => rmSync(mark),
      () => writeFileSync(mark, ''),
      ...Array.from({ length: 64 }, (_, each) => () => {
        const bytes = Buffer.from(sound)
        bytes[(each * 37) % bytes.length] = (bytes[(each * 37) % bytes.length] ?? 0) ^ (1 << (each % 8))
        writeFileSync(mark, bytes)
      }),
    ]
    for (const damage of damages) {
      writeFileSync(mark, readFileSync(mark))
      damage()
      const found = begin()
      expect(found.told).toBe('database_unmarked')
      closeDatabase(found.db)
      const next = begin()
      expect(next.told).toBeUndefined()
      closeDatabase(next.db)
    }
  })

  it.skipIf(process.platform === 'win32')('is not waited for where a pipe is in its place', () => {
    const { mark, begin, addUser } = setUp()
    const { db } = begin()
    addUser(db)
    closeDatabase(db)
    rmSync(mark)
    execFileSync('mkfifo', [mark])
    const after = begin()
    expect(after.told).toBe('database_unmarked')
    closeDatabase(after.db)
    expect(statSync(mark).isFile()).toBe(true)
    const later = begin()
    expect(later.told).toBeUndefined()
    closeDatabase(later.db)
  })

  it.skipIf(process.platform === 'win32')('nor is a pipe in the place of a backup’s note', async () => {
    const { folder, file, begin } = setUp()
    const { db } = begin()
    const backup = await makeBackup(db, join(folder, 'backups'), 1, heavyWork)
    closeDatabase(db)
    const place = backup.ok ? backup.value.file : ''
    rmSync(`${place}.sha256`)
    execFileSync('mkfifo', [`${place}.sha256`])
    expect(restoreBackup(file, place, 2)).toMatchObject({ ok: false })
  })

  it('tells any bit that was changed in the file since it was closed, and nothing after a kill', () => {
    const { file, begin, addUser } = setUp()
    const { db } = begin()
    addUser(db)
    closeDatabase(db)
    const sound = readFileSync(file)
    const name = sound.indexOf('User 1')
    expect(name).toBeGreaterThan(0)
    writeFileSync(file, Buffer.from(sound).fill('x', name, name + 1))
    const found = begin()
    expect(found.told).toBe('database_changed')
    // Killed: what is in use is not compared.
    addUser(found.db)
    found.db.close()
    const next = begin()
    expect(next.told).toBeUndefined()
    closeDatabase(next.db)
    expect(begin().told).toBeUndefined()
  })

  it('is for the owner alone', () => {
    const { mark, begin, addUser } = setUp()
    addUser(begin().db)
    expect(statSync(mark).mode & 0o777).toBe(0o600)
    expect(readFileSync(mark, 'latin1')).toMatch(/^gatehouse generation 1\n/)
  })
})

describe('a log in which a bit was changed', () => {
  it('either brings back every commit or says that some are lost', () => {
    const { folder, file, begin, addUser } = setUp()
    const { db } = begin()
    addUser(db)
    // A reader keeps the log from being emptied, as a backup does.
    const reader = new SqliteDatabase(file, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM users')
    for (let more = 0; more < 4; more += 1) addUser(db)
    const parts = ['', '-wal', '.generation'].map((suffix) => [suffix, readFileSync(file + suffix)] as const)
    reader.close()
    closeDatabase(db)
    const log = parts.find(([suffix]) => suffix === '-wal')?.[1] ?? Buffer.alloc(0)
    expect(log.byteLength).toBeGreaterThan(10_000)
    const counts = { whole: 0, told: 0, refused: 0 }
    for (let flip = 0; flip < 200; flip += 1) {
      const copy = join(folder, `copy-${flip}.db`)
      for (const [suffix, bytes] of parts) writeFileSync(copy + suffix, bytes)
      const bit = flip < 40 ? flip * 7 : (flip * 104_729) % (log.byteLength * 8)
      const damaged = Buffer.from(log)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(`${copy}-wal`, damaged)
      let opened: Database
      try {
        opened = openOrThrow(copy)
      } catch {
        counts.refused += 1
        continue
      }
      const isWhole = opened.prepare('SELECT count(*) FROM users').pluck().get() === 5
      const told = findingOf(opened)?.code
      expect(isWhole || told !== undefined, `bit ${bit}`).toBe(true)
      counts[isWhole ? 'whole' : 'told'] += 1
      opened.close()
      for (const suffix of ['', '-wal', '-shm', '.generation']) rmSync(copy + suffix, { force: true })
    }
    expect(counts.told).toBeGreaterThan(50)
  })

  it('is told from one that was cut off while it was written', () => {
    const { file, begin, addUser } = setUp()
    const { db } = begin()
    const reader = new SqliteDatabase(file, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM users')
    addUser(db)
    const log = readFileSync(`${file}-wal`)
    reader.close()
    closeDatabase(db)
    writeFileSync(`${file}-wal`, log)
    expect(dropsCommits(file)).toBe(false)
    writeFileSync(`${file}-wal`, log.subarray(0, log.byteLength - 100))
    expect(dropsCommits(file)).toBe(false)
    writeFileSync(`${file}-wal`, Buffer.from(log).fill(0, 32, 40))
    expect(dropsCommits(file)).toBe(true)
    for (const bytes of ['', 'x', 'x'.repeat(60), 'x'.repeat(10_000)]) {
      writeFileSync(`${file}-wal`, bytes)
      expect(() => dropsCommits(file)).not.toThrow()
    }
  })
})
