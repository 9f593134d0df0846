import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { storageFailure } from '../../../src/node/sqlite/failure.ts'
import { applicationId } from '../../../src/node/sqlite/application-id.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { openOrThrow, temporaryFolder } from './temporary-database.ts'

const codeOf = (result: ReturnType<typeof openDatabase>): string => (result.ok ? 'ok' : result.error.code)

describe('openDatabase', () => {
  it('makes folder and database for the owner alone, with every setting in force', () => {
    const file = join(temporaryFolder(), 'profile', 'gatehouse.sqlite')
    const db = openOrThrow(file)
    const settings = Object.fromEntries(
      [
        'journal_mode',
        'synchronous',
        'foreign_keys',
        'secure_delete',
        'trusted_schema',
        'cell_size_check',
      ].map((name) => [name, db.pragma(name, { simple: true })]),
    )
    expect(settings).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      secure_delete: 1,
      trusted_schema: 0,
      cell_size_check: 1,
    })
    expect(db.pragma('application_id', { simple: true })).toBe(applicationId)
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600)
  })

  it('takes rights away that others were given', () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    openOrThrow(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('has STRICT tables only', () => {
    const db = openOrThrow(join(temporaryFolder(), 'gatehouse.sqlite'))
    const tables = db.pragma('table_list') as { name: string; strict: number }[]
    const loose = tables.filter(({ name, strict }) => !name.startsWith('sqlite_') && strict !== 1)
    expect(loose).toEqual([])
    expect(tables.length).toBeGreaterThan(8)
  })

  it('opens again with what was written', () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    const first = openOrThrow(file)
    first.prepare("INSERT INTO users VALUES ('u', 'Ann', 'ann', 1, NULL)").run()
    first.close()
    expect(openOrThrow(file).prepare('SELECT username FROM users').pluck().get()).toBe('Ann')
  })

  it('refuses a newer database and leaves file and log untouched, also while its changes are in the log', () => {
    const folder = temporaryFolder()
    const source = join(folder, 'source.sqlite')
    const db = openOrThrow(source)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('user_version = 99990')
    const file = join(folder, 'gatehouse.sqlite')
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, file + suffix)
    chmodSync(file, 0o600)
    const before = [readFileSync(file), readFileSync(`${file}-wal`)]
    expect(before[1]?.byteLength).toBeGreaterThan(0)
    const refused = openDatabase(file)
    expect(refused).toMatchObject({ ok: false, error: { code: 'database_newer', next: expect.any(String) } })
    expect([readFileSync(file), readFileSync(`${file}-wal`)]).toEqual(before)
  })

  it.each([
    ['not a database at all', () => Buffer.alloc(8192, 'rubbish ')],
    [
      'a torn first page',
      (sound: Buffer) => Buffer.concat([sound.subarray(0, 100), Buffer.alloc(sound.length, 7)]),
    ],
  ])('says that the database is damaged and keeps it: %s', (_name, damage) => {
    const folder = temporaryFolder()
    const db = openOrThrow(join(folder, 'sound.sqlite'))
    db.close()
    const file = join(folder, 'gatehouse.sqlite')
    const damaged = damage(readFileSync(join(folder, 'sound.sqlite')))
    writeFileSync(file, damaged)
    expect(codeOf(openDatabase(file))).toBe('database_corrupt')
    expect(readFileSync(file)).toEqual(damaged)
  })

  it('refuses the database of another program', () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    const other = new SqliteDatabase(file)
    other.exec('CREATE TABLE bookmarks (url TEXT)')
    other.close()
    chmodSync(file, 0o600)
    const before = readFileSync(file)
    expect(codeOf(openDatabase(file))).toBe('database_not_ours')
    expect(readFileSync(file)).toEqual(before)
  })

  it.skipIf(process.platform === 'win32')('does not wait for a pipe in its place', () => {
    const file = join(temporaryFolder(), 'gatehouse.db')
    spawnSync('mkfifo', [file])
    expect(openDatabase(file)).toMatchObject({ ok: false, error: { code: 'database_corrupt' } })
  })

  it('says that another program holds the file', async () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    openOrThrow(file).close()
    const script = `
      const db = new (require('better-sqlite3'))(process.argv[1])
      db.pragma('locking_mode = EXCLUSIVE'); db.exec('BEGIN EXCLUSIVE'); console.log('held')
      process.stdin.resume()`
    const holder = spawn(process.execPath, ['-e', script, file], { stdio: ['pipe', 'pipe', 'inherit'] })
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder.stdout, 'data')
    expect(codeOf(openDatabase(file, { busyTimeout: 20 }))).toBe('database_locked')
  })

  it.skipIf(process.platform === 'win32')('says that the folder is read-only', () => {
    const folder = join(temporaryFolder(), 'locked')
    mkdirSync(folder, { mode: 0o755 })
    const asUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    chmodSync(join(folder, '..'), 0o755)
    chmodSync(folder, asUser.uid === undefined ? 0o500 : 0o755)
    // Root may write everywhere, so the system is asked as someone else and its answer is explained here.
    const script = `
      try { require('node:fs').openSync(process.argv[1], 'a', 0o600) }
      catch (error) { process.stdout.write(error.code) }`
    const file = join(folder, 'gatehouse.sqlite')
    const { stdout } = spawnSync(process.execPath, ['-e', script, file], {
      ...asUser,
      cwd: '/',
      encoding: 'utf8',
    })
    expect(storageFailure({ code: stdout }, file).code).toBe('database_read_only')
    expect(existsSync(file)).toBe(false)
  })

  it('finds damage where a condition of a table names no function any more', () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    const db = openOrThrow(file)
    db.unsafeMode()
    db.pragma('writable_schema = ON')
    db.exec("UPDATE sqlite_schema SET sql = replace(sql, 'json_valid', 'json_valjd') WHERE name = 'requests'")
    db.close()
    expect(openDatabase(file)).toMatchObject({ ok: false, error: { code: 'database_corrupt' } })
  })

  it('explains a full disk and keeps what was there', () => {
    const db = openOrThrow(join(temporaryFolder(), 'gatehouse.sqlite'))
    const insert = db.prepare('INSERT INTO users VALUES (?, ?, ?, 1, NULL)')
    insert.run('u', 'Ann', 'ann')
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
    const fill = () => {
      for (let number = 0; number < 10_000; number += 1) insert.run(`x${number}`, `x${number}`, `x${number}`)
    }
    let thrown: unknown
    try {
      fill()
    } catch (error) {
      thrown = error
    }
    expect(storageFailure(thrown, db.name).code).toBe('disk_full')
    expect(db.prepare("SELECT username FROM users WHERE id = 'u'").pluck().get()).toBe('Ann')
    expect(db.pragma('quick_check', { simple: true })).toBe('ok')
  })
})
