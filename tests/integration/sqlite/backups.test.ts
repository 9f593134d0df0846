import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { backupsLimit } from '../../../src/core/vault/transfer/backup-rotation.ts'
import { applicationId } from '../../../src/node/sqlite/application-id.ts'
import { backUpWhenDue, listBackups, makeBackup } from '../../../src/node/sqlite/backups.ts'
import { migrations } from '../../../src/node/sqlite/migrations/index.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { restoreBackup } from '../../../src/node/sqlite/restore.ts'
import { databaseWithUsers, openOrThrow, temporaryFolder } from './temporary-database.ts'

const usernames = (file: string): unknown[] => {
  const db = new SqliteDatabase(file)
  const names = db.prepare('SELECT username FROM users ORDER BY id').pluck().all()
  db.close()
  return names
}
const setUp = () => {
  const folder = temporaryFolder()
  const db = databaseWithUsers(folder)
  return { folder, db, file: join(folder, 'gatehouse.sqlite'), backups: join(folder, 'backups') }
}

describe('a backup', () => {
  it('holds all that was committed, stands alone, and is for the owner only', async () => {
    const { db, backups } = setUp()
    const made = await makeBackup(db, backups, 5, heavyWork)
    expect(made).toMatchObject({ ok: true, value: { at: 5, file: join(backups, 'backup-5.db') } })
    expect(readdirSync(backups)).toEqual(['backup-5.db', 'backup-5.db.sha256'])
    expect(usernames(join(backups, 'backup-5.db'))).toEqual(['user 1', 'user 2'])
    expect(statSync(join(backups, 'backup-5.db')).mode & 0o777).toBe(0o600)
  })

  it('is whole although the database is written to meanwhile', async () => {
    const { db, backups } = setUp()
    const insert = db.prepare(
      'INSERT INTO requests (id, user_id, name, draft, updated_at) VALUES (?, ?, ?, ?, 1)',
    )
    const draft = JSON.stringify('x'.repeat(4000))
    for (let number = 0; number < 1_500; number += 1) insert.run(`a${number}`, 'u1', 'n', draft)
    const making = makeBackup(db, backups, 5, heavyWork)
    for (let number = 0; number < 50; number += 1) {
      insert.run(`b${number}`, 'u1', 'n', draft)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const made = await making
    expect(made.ok).toBe(true)
    const copy = new SqliteDatabase(join(backups, 'backup-5.db'), { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.prepare("SELECT count(*) FROM requests WHERE id LIKE 'a%'").pluck().get()).toBe(1_500)
    copy.close()
  })

  it('does not carry on the space of what was deleted', async () => {
    const { db, backups } = setUp()
    const insert = db.prepare(
      'INSERT INTO requests (id, user_id, name, draft, updated_at) VALUES (?, ?, ?, ?, 1)',
    )
    for (let number = 0; number < 500; number += 1)
      insert.run(`a${number}`, 'u1', 'n', JSON.stringify('x'.repeat(8000)))
    db.exec('DELETE FROM requests')
    expect(db.pragma('freelist_count', { simple: true })).toBeGreaterThan(500)
    const made = await makeBackup(db, backups, 5, heavyWork)
    expect(made.ok && made.value.size).toBeLessThan(1_000_000)
    expect(db.pragma('freelist_count', { simple: true })).toBe(0)
  })

  it('is made once a day, and old ones go', async () => {
    const { db, backups } = setUp()
    const day = 86_400_000
    for (let number = 0; number < 40; number += 1)
      await backUpWhenDue(db, backups, 1e12 + number * day, heavyWork)
    expect(await backUpWhenDue(db, backups, 1e12 + 39 * day + day / 2, heavyWork)).toEqual({
      ok: true,
      value: null,
    })
    const kept = listBackups(backups).map(({ at }) => (at - 1e12) / day)
    expect(kept.slice(0, 7)).toEqual([39, 38, 37, 36, 35, 34, 33])
    expect(kept.length).toBeLessThan(12)
    expect(Math.min(...kept)).toBeLessThanOrEqual(25)
  })

  it('takes no more room than all of them together may: the oldest go', async () => {
    const { db, backups } = setUp()
    const first = await makeBackup(db, backups, 1, heavyWork)
    await makeBackup(db, backups, 2, heavyWork)
    if (!first.ok) throw new Error(first.error.code)
    // Sparse: it has the size, and takes no room.
    truncateSync(first.value.file, backupsLimit)
    await makeBackup(db, backups, 3, heavyWork)
    expect(listBackups(backups).map(({ at }) => at)).toEqual([3, 2])
    expect(readdirSync(backups).filter((name) => name.includes('backup-1'))).toEqual([])
  })

  it('counts what was kept before a restore: the oldest of all go, with their logs', async () => {
    const { db, file, backups } = setUp()
    const old = `${file}.before-restore-1`
    const newer = `${file}.before-restore-2`
    for (const each of [old, `${old}-wal`, newer]) writeFileSync(each, 'x')
    truncateSync(old, backupsLimit)
    await makeBackup(db, backups, 3, heavyWork)
    expect([old, `${old}-wal`].filter((each) => existsSync(each))).toEqual([])
    expect(existsSync(newer)).toBe(true)
    truncateSync(newer, backupsLimit)
    await makeBackup(db, backups, 4, heavyWork)
    expect(listBackups(backups).map(({ at }) => at)).toEqual([4, 3])
    expect(existsSync(newer)).toBe(true)
  })

  it('counts what was kept before an update, and keeps the newest of it', async () => {
    const { db, file, backups } = setUp()
    const copies = [10, 20].map((version) => `${file}.before-format-${version}`)
    for (const [index, each] of copies.entries()) {
      writeFileSync(each, 'x')
      truncateSync(each, backupsLimit)
      utimesSync(each, index + 1, index + 1)
    }
    await makeBackup(db, backups, 3, heavyWork)
    expect(copies.filter((each) => existsSync(each))).toEqual(copies.slice(1))
  })

  it('that cannot be made leaves nothing behind and says why', async () => {
    const { db, folder } = setUp()
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    expect(await makeBackup(db, file, 5, heavyWork)).toMatchObject({ ok: false })
    expect(readFileSync(file)).toHaveLength(0)
  })
})

describe('restoring', () => {
  const withBackup = async () => {
    const parts = setUp()
    const made = await makeBackup(parts.db, parts.backups, 5, heavyWork)
    if (!made.ok) throw new Error(made.error.code)
    parts.db.exec("UPDATE users SET username = 'later' WHERE id = 'u1'")
    return { ...parts, backup: made.value.file }
  }

  it('brings the backup back and keeps what was there', async () => {
    const { db, file, backup, folder } = await withBackup()
    db.close()
    const kept = join(folder, 'gatehouse.sqlite.before-restore-9')
    expect(restoreBackup(file, backup, 9)).toEqual({ ok: true, value: { kept } })
    expect(openOrThrow(file).prepare('SELECT username FROM users ORDER BY id').pluck().all()).toEqual([
      'user 1',
      'user 2',
    ])
    expect(usernames(kept)).toEqual(['later', 'user 2'])
    expect(existsSync(backup)).toBe(true)
  })

  it('takes the place of a damaged file, whose bytes are kept', async () => {
    const { db, file, backup, folder } = await withBackup()
    db.close()
    const rubbish = Buffer.alloc(9000, 'rubbish')
    writeFileSync(file, rubbish)
    expect(openDatabase(file)).toMatchObject({ error: { code: 'database_corrupt' } })
    expect(restoreBackup(file, backup, 9).ok).toBe(true)
    expect(usernames(file)).toEqual(['user 1', 'user 2'])
    expect(readFileSync(join(folder, 'gatehouse.sqlite.before-restore-9'))).toEqual(rubbish)
  })

  it('refuses a backup in which a bit was changed that SQLite does not see', async () => {
    const { db, file, backups } = setUp()
    const made = await makeBackup(db, backups, 5, heavyWork)
    db.close()
    if (!made.ok) throw new Error(made.error.code)
    const bytes = readFileSync(made.value.file)
    const at = bytes.indexOf('user 1')
    writeFileSync(made.value.file, Buffer.from(bytes).fill('U', at, at + 1))
    const before = readFileSync(file)
    expect(restoreBackup(file, made.value.file, 6)).toMatchObject({ error: { code: 'database_corrupt' } })
    expect(readFileSync(file)).toEqual(before)
    writeFileSync(made.value.file, bytes)
    expect(restoreBackup(file, made.value.file, 6).ok).toBe(true)
  })

  it('refuses a backup that is damaged, and changes nothing', async () => {
    const { db, file, backup, folder } = await withBackup()
    db.close()
    const bytes = readFileSync(backup)
    writeFileSync(backup, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 5)]))
    const before = readdirSync(folder).sort()
    expect(restoreBackup(file, backup, 9)).toMatchObject({ error: { code: 'database_corrupt' } })
    expect(readdirSync(folder).sort()).toEqual(before)
    expect(usernames(file)).toEqual(['later', 'user 2'])
  })

  it('is ended at the next start where a crash cut it short, and no old log is replayed', async () => {
    const { db, file, backup, folder } = await withBackup()
    const log = readFileSync(`${file}-wal`)
    db.close()
    writeFileSync(`${file}-wal`, log)
    writeFileSync(`${file}.restoring-partial`, readFileSync(backup))
    renameSync(`${file}.restoring-partial`, `${file}.restoring`)
    const names = openOrThrow(file).prepare('SELECT username FROM users ORDER BY id').pluck().all()
    expect(names).toEqual(['user 1', 'user 2'])
    expect(readdirSync(folder)).not.toContain('gatehouse.sqlite.restoring')
  })

  it.each<[string, (file: string) => void]>([
    ['rubbish', (file) => writeFileSync(file, Buffer.alloc(9000, 'rubbish'))],
    ['nothing', (file) => writeFileSync(file, '')],
    [
      'another program’s database',
      (file) => void new SqliteDatabase(file).exec('CREATE TABLE t (a)').close(),
    ],
    [
      'a newer database',
      (file) => {
        const newer = new SqliteDatabase(file)
        newer.pragma(`application_id = ${applicationId}`)
        newer.pragma('user_version = 99990')
        newer.close()
      },
    ],
  ])('is not ended with %s: the database stays, and it is told', async (_, lay) => {
    const { db, file } = await withBackup()
    db.close()
    lay(`${file}.restoring`)
    expect(openDatabase(file)).toMatchObject({ error: { code: 'database_restore_unfit' } })
    expect(usernames(file)).toEqual(['later', 'user 2'])
  })

  it('keeps what another’s file takes the place of', async () => {
    const { db, file, backup, folder } = await withBackup()
    db.close()
    copyFileSync(backup, `${file}.restoring`)
    expect(openOrThrow(file).prepare('SELECT count(*) FROM users').pluck().get()).toBe(2)
    const kept = readdirSync(folder).filter((name) => name.includes('.before-restore-'))
    expect(kept).toHaveLength(1)
    expect(usernames(join(folder, kept[0] ?? ''))).toEqual(['later', 'user 2'])
  })

  it.each<[string, (file: string) => void]>([
    ['missing', (file) => rmSync(file)],
    ['empty', (file) => writeFileSync(file, '')],
  ])('is offered where the database is %s: none is made anew beside backups', async (_, lose) => {
    const { db, file, backup } = await withBackup()
    db.close()
    lose(file)
    expect(openDatabase(file)).toMatchObject({ error: { code: 'database_missing' } })
    expect(existsSync(file) ? statSync(file).size : 0).toBe(0)
    expect(restoreBackup(file, backup, 9).ok).toBe(true)
    expect(usernames(file)).toEqual(['user 1', 'user 2'])
  })
})

describe('a new schema', () => {
  it('leaves a copy of the database as it was before', () => {
    const file = join(temporaryFolder(), 'gatehouse.sqlite')
    const old = openOrThrow(file, { migrations: migrations.slice(0, 1) })
    old.exec("INSERT INTO users VALUES ('u', 'Ann', 'ann', 1, NULL)")
    old.close()
    const db = openOrThrow(file)
    const copy = `${file}.before-format-${migrations.at(-1)?.version}`
    expect(usernames(copy)).toEqual(['Ann'])
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const opened = new SqliteDatabase(copy)
    expect(opened.pragma('user_version', { simple: true })).toBe(10)
    opened.close()
    expect(db.prepare('SELECT username FROM users').pluck().get()).toBe('Ann')
  })
})
