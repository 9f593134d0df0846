import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeBackup } from '../../../src/node/sqlite/backups.ts'
import { listCopies } from '../../../src/node/sqlite/copies.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { closeDatabase } from '../../../src/node/sqlite/generation.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { openHistoryAtOnce } from '../../../src/node/sqlite/history/open-history.ts'
import { historyName } from '../../../src/node/sqlite/history/schema.ts'
import { migrations } from '../../../src/node/sqlite/migrations/index.ts'
import { findingOf, openDatabase } from '../../../src/node/sqlite/open.ts'
import { restoreBackup } from '../../../src/node/sqlite/restore.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { watchHistory, watchPlace } from '../../../src/node/sqlite/start/synced.ts'
import { updateDatabase } from '../../../src/node/sqlite/start/update.ts'
import { temporaryFolder } from './temporary-database.ts'

const name = 'gatehouse.db'
const marks = ['', '.generation'] as const

/** A computer with a home of its own. */
const computerOf = (computer: string) => {
  const folder = temporaryFolder()
  const file = join(folder, name)
  let users = 0
  return {
    folder,
    file,
    start: (): Database => {
      const opened = openDatabase(file, { computer })
      if (!opened.ok) throw new Error(opened.error.code)
      onTestFinished(() => void opened.value.close())
      return opened.value
    },
    /** Starts, adds so many users, closes properly; answers what was told. */
    work(count: number): string | undefined {
      const db = this.start()
      for (let each = 0; each < count; each += 1) this.add(db)
      closeDatabase(db)
      return findingOf(db)?.code
    },
    add: (db: Database) => {
      users += 1
      createUserStore(db).add({ id: `${computer}${users}`, username: `${computer} ${users}`, createdAt: 1 })
    },
  }
}
type Computer = ReturnType<typeof computerOf>

const sync = (from: Computer, to: Computer, ends: readonly string[] = marks) => {
  for (const end of ends) copyFileSync(from.file + end, to.file + end)
}
const idsIn = (file: string): unknown[] => {
  const db = new SqliteDatabase(file, { readonly: true })
  const ids = db.prepare('SELECT id FROM users ORDER BY id').pluck().all()
  db.close()
  return ids
}

/** A log was written to a while before another file comes. */
const age = (file: string): void => utimesSync(`${file}-wal`, 1, 1)

/** Two computers with the same files. */
const twoComputers = () => {
  const [one, other] = [computerOf('desk'), computerOf('laptop')]
  expect(one.work(2)).toBeUndefined()
  sync(one, other)
  return { one, other }
}

describe('a profile in a folder that is kept the same on two computers', () => {
  it('says on which computer it was used last, once, and brings all of it', () => {
    const { one, other } = twoComputers()
    expect(other.work(1)).toBe('database_elsewhere')
    expect(other.work(0)).toBeUndefined()
    sync(other, one)
    const db = one.start()
    expect(findingOf(db)).toMatchObject({ code: 'database_elsewhere', next: expect.any(String) })
    expect(findingOf(db)?.message).toContain('laptop')
    expect(idsIn(one.file)).toEqual(['desk1', 'desk2', 'laptop1'])
    closeDatabase(db)
    expect(one.work(0)).toBeUndefined()
  })

  it.each<[string, number, number, readonly string[], string]>([
    ['newer, with its mark', 1, 3, marks, 'database_elsewhere'],
    ['older, with its mark', 3, 1, marks, 'database_elsewhere'],
    ['newer, without its mark', 1, 3, [''], 'database_elsewhere'],
    ['just as new, without its mark', 2, 2, [''], 'database_elsewhere'],
    ['older, without its mark', 3, 1, [''], 'database_rolled_back'],
    ['the mark alone of a newer one', 1, 3, ['.generation'], 'database_rolled_back'],
    ['the mark alone of an older one', 3, 1, ['.generation'], 'database_changed'],
  ])('tells that both were changed and one came over the other: %s', (_, mine, theirs, ends, code) => {
    const { one, other } = twoComputers()
    one.work(mine)
    other.work(theirs)
    sync(other, one, ends)
    expect(one.work(0)).toBe(code)
    expect(one.work(0)).toBeUndefined()
  })

  it('is told after a kill too, when nothing is known of how the file was', () => {
    const { one, other } = twoComputers()
    const db = one.start()
    one.add(db)
    db.close()
    other.work(3)
    sync(other, one, [''])
    expect(one.work(0)).toBe('database_elsewhere')
  })

  it.each([
    [1, 5],
    [5, 1],
    [40, 3],
    [3, 40],
  ])(
    'never reads the log of a killed program into the other’s file: %i changes there, %i here',
    (theirs, mine) => {
      const { one, other } = twoComputers()
      other.work(theirs)
      const db = one.start()
      // What keeps the log from being emptied.
      const reader = new SqliteDatabase(one.file, { readonly: true })
      reader.exec('BEGIN; SELECT * FROM users')
      for (let change = 0; change < mine; change += 1) one.add(db)
      const killed = computerOf('desk')
      for (const end of ['', '-wal', '.generation']) copyFileSync(one.file + end, killed.file + end)
      reader.close()
      age(killed.file)
      sync(other, killed, [''])
      const again = killed.start()
      expect(findingOf(again)?.code).toBe('database_elsewhere')
      expect(idsIn(killed.file)).toEqual(idsIn(other.file))
      expect(again.pragma('integrity_check', { simple: true })).toBe('ok')
      const log = readdirSync(killed.folder).find((each) => each.startsWith(`${name}.left-log-`))
      expect(findingOf(again)?.message).toContain(log)
      expect(statSync(join(killed.folder, log ?? '')).size).toBeGreaterThan(0)
      closeDatabase(again)
      expect(readdirSync(killed.folder).filter((each) => each.includes('alone'))).toEqual([])
    },
  )

  it('reads a log whose computer has another name today', () => {
    const { one } = twoComputers()
    const db = one.start()
    const reader = new SqliteDatabase(one.file, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM users')
    one.add(db)
    const renamed = computerOf('desk.local')
    for (const end of ['', '-wal', '.generation']) copyFileSync(one.file + end, renamed.file + end)
    reader.close()
    const again = renamed.start()
    expect(findingOf(again)?.message).toContain('another computer, desk.')
    expect(idsIn(renamed.file)).toContain('desk3')
  })

  it('brings back what is in the log of this computer, also right after it came from another', () => {
    const { one, other } = twoComputers()
    other.work(1)
    sync(other, one)
    const db = one.start()
    const reader = new SqliteDatabase(one.file, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM users')
    one.add(db)
    const killed = computerOf('desk')
    for (const end of ['', '-wal', '.generation']) copyFileSync(one.file + end, killed.file + end)
    reader.close()
    const again = killed.start()
    expect(findingOf(again)).toBeUndefined()
    expect(idsIn(killed.file)).toContain('desk3')
  })

  it('says nothing of a backup that its user restores, whichever computer made it', async () => {
    const { one, other } = twoComputers()
    const db = other.start()
    const made = await makeBackup(db, join(other.folder, 'backups'), 5, heavyWork)
    closeDatabase(db)
    if (!made.ok) throw new Error(made.error.code)
    one.work(1)
    expect(restoreBackup(one.file, made.value.file, 9).ok).toBe(true)
    expect(one.work(0)).toBeUndefined()
  })

  it.each([
    'gatehouse.sync-conflict-20261127-101010-ABCDEFG.db',
    'gatehouse (laptop’s conflicted copy 2026-11-27).db',
    'gatehouse (conflicted copy 2026-11-27 101010).db',
  ])('names what a sync program kept beside: %s', (conflict) => {
    const { one } = twoComputers()
    copyFileSync(one.file, join(one.folder, conflict))
    const db = one.start()
    expect(findingOf(db)?.code).toBe('database_conflict')
    expect(findingOf(db)?.message).toContain(conflict)
  })

  it('is the same for a whole profile that is copied away while nothing runs', () => {
    const { one } = twoComputers()
    const moved = computerOf('desk')
    cpSync(one.folder, moved.folder, { recursive: true })
    expect(moved.work(0)).toBeUndefined()
  })
})

describe('a log that was left before the format is updated', () => {
  it.each([
    [1, 5],
    [40, 3],
    [3, 40],
  ])(
    'is read neither into the other’s file nor into the copy of it: %i there, %i here',
    async (theirs, mine) => {
      const [one, other, killed] = [computerOf('desk'), computerOf('laptop'), computerOf('desk')]
      const start = (computer: Computer, name: string) => {
        const opened = openDatabase(computer.file, { computer: name, migrations: migrations.slice(0, -1) })
        if (!opened.ok) throw new Error(opened.error.code)
        onTestFinished(() => void opened.value.close())
        return opened.value
      }
      closeDatabase(start(one, 'desk'))
      sync(one, other, [''])
      const there = start(other, 'laptop')
      for (let change = 0; change < theirs; change += 1) other.add(there)
      closeDatabase(there)
      const db = start(one, 'desk')
      const reader = new SqliteDatabase(one.file, { readonly: true })
      reader.exec('BEGIN; SELECT * FROM users')
      for (let change = 0; change < mine; change += 1) one.add(db)
      for (const end of ['', '-wal']) copyFileSync(one.file + end, killed.file + end)
      reader.close()
      age(killed.file)
      sync(other, killed, [''])
      const updated = await updateDatabase(killed.file, 'desk')
      const log = readdirSync(killed.folder).find((each) => each.startsWith(`${name}.left-log-`))
      expect(updated).toMatchObject({ ok: true, value: { code: 'database_elsewhere' } })
      expect(JSON.stringify(updated)).toContain(log)
      const [copy] = listCopies(killed.file)
      expect(copy).toMatchObject({ kind: 'before-update' })
      expect(idsIn(join(killed.folder, copy?.name ?? ''))).toEqual(idsIn(other.file))
      const again = killed.start()
      expect(findingOf(again)).toBeUndefined()
      expect(idsIn(killed.file)).toEqual(idsIn(other.file))
      expect(again.pragma('integrity_check', { simple: true })).toBe('ok')
    },
  )
})

describe('a history in such a folder', () => {
  const open = (computer: Computer, by: string) => {
    const opened = openHistoryAtOnce(computer.start(), 1, by)
    onTestFinished(() => void opened.db.close())
    return opened
  }
  const fill = (db: Database, by: string, count: number) => {
    for (let each = 0; each < count; each += 1)
      db.prepare('INSERT INTO cleared VALUES (?, ?)').run(`${by}${each} ${'x'.repeat(900)}`, each)
  }
  const idsOf = (db: Database) => db.prepare('SELECT user_id FROM cleared ORDER BY user_id').pluck().all()
  const historyOf = (computer: Computer) => join(computer.folder, historyName)

  it.each([
    [1, 5],
    [5, 1],
    [40, 3],
    [3, 40],
  ])('never gets the log of a killed program read into it: %i there, %i here', (theirs, mine) => {
    const { one, other } = twoComputers()
    const begun = open(one, 'desk')
    fill(begun.db, 'both', 2)
    begun.db.close()
    copyFileSync(historyOf(one), historyOf(other))
    const there = open(other, 'laptop')
    // The database says that it was elsewhere.
    expect(there.trouble).toBeUndefined()
    fill(there.db, 'laptop', theirs)
    const expected = idsOf(there.db)
    there.db.close()
    const here = open(one, 'desk')
    const reader = new SqliteDatabase(historyOf(one), { readonly: true })
    reader.exec('BEGIN; SELECT * FROM cleared')
    fill(here.db, 'desk', mine)
    const killed = computerOf('desk')
    for (const end of ['', '-wal']) copyFileSync(historyOf(one) + end, historyOf(killed) + end)
    reader.close()
    age(historyOf(killed))
    copyFileSync(historyOf(other), historyOf(killed))
    const again = open(killed, 'desk')
    const log = readdirSync(killed.folder).find((each) => each.startsWith(`${historyName}.left-log-`))
    expect(again.trouble).toMatchObject({ code: 'history_elsewhere', next: expect.any(String) })
    expect(again.trouble?.message).toContain(log)
    expect(statSync(join(killed.folder, log ?? '')).size).toBeGreaterThan(0)
    expect(idsOf(again.db)).toEqual(expected)
    expect(again.db.pragma('integrity_check', { simple: true })).toBe('ok')
    again.db.close()
    expect(open(killed, 'desk').trouble).toBeUndefined()
  })

  it('keeps what is in the log of this computer', () => {
    const { one } = twoComputers()
    open(one, 'desk').db.close()
    const here = open(one, 'desk')
    const reader = new SqliteDatabase(historyOf(one), { readonly: true })
    reader.exec('BEGIN; SELECT * FROM cleared')
    fill(here.db, 'desk', 3)
    const killed = computerOf('desk')
    for (const end of ['', '-wal']) copyFileSync(historyOf(one) + end, historyOf(killed) + end)
    reader.close()
    const again = open(killed, 'desk')
    expect(again.trouble).toBeUndefined()
    expect(idsOf(again.db)).toHaveLength(3)
  })

  it('tells once that it is replaced while it is used, and leaves no log beside the other file', () => {
    const { one, other } = twoComputers()
    open(other, 'laptop').db.close()
    const { db } = open(one, 'desk')
    const told: { code: string; message: string }[] = []
    const look = watchHistory(db, (found) => void told.push(found))
    fill(db, 'desk', 3)
    look()
    expect(told).toEqual([])
    copyFileSync(historyOf(other), `${historyOf(one)}.tmp`)
    renameSync(`${historyOf(one)}.tmp`, historyOf(one))
    look()
    fill(db, 'later', 3)
    look()
    expect(told).toMatchObject([{ code: 'history_replaced' }])
    expect(['-wal', '-journal'].filter((end) => existsSync(historyOf(one) + end))).toEqual([])
    const found = new SqliteDatabase(historyOf(one), { readonly: true })
    expect(idsOf(found)).toEqual([])
    found.close()
  })
})

describe('a database that is replaced while it is used', () => {
  const running = () => {
    const { one, other } = twoComputers()
    other.work(1)
    const db = one.start()
    one.add(db)
    const told: { code: string; message: string }[] = []
    let time = 100
    const place = watchPlace(db, { now: () => (time += 1), told: (found) => void told.push(found) })
    /** As sync programs do: a whole file takes the name. */
    const replace = () => {
      copyFileSync(other.file, `${one.file}.tmp`)
      renameSync(`${one.file}.tmp`, one.file)
    }
    return { one, other, db, place, told, replace }
  }

  it('is told once, and what was there is kept as a copy that can be restored', async () => {
    const { one, db, place, told, replace } = running()
    await place.look()
    expect(told).toEqual([])
    replace()
    one.add(db)
    await place.look()
    await place.look()
    expect(told.map(({ code }) => code)).toEqual(['database_replaced'])
    const [copy] = listCopies(one.file)
    expect(copy).toMatchObject({ kind: 'before-restore' })
    expect(told[0]?.message).toContain(copy?.name)
    expect(idsIn(join(one.folder, copy?.name ?? ''))).toEqual(['desk1', 'desk2', 'desk3', 'desk4'])
    // What is changed after it was told, too.
    one.add(db)
    await place.close()
    closeDatabase(db)
    expect(idsIn(join(one.folder, copy?.name ?? ''))).toContain('desk5')
    expect(listCopies(one.file)).toHaveLength(1)
    expect(idsIn(one.file)).toEqual(['desk1', 'desk2', 'laptop1'])
    expect(one.work(0)).toBe('database_rolled_back')
    expect(restoreBackup(one.file, join(one.folder, copy?.name ?? ''), 900).ok).toBe(true)
    expect(idsIn(one.file)).toContain('desk5')
  })

  it('leaves no log that would be read into the other file after a kill', async () => {
    const { one, db, place, replace } = running()
    const reader = new SqliteDatabase(one.file, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM users')
    one.add(db)
    reader.close()
    replace()
    await place.look()
    one.add(db)
    expect(['-wal', '-journal'].filter((end) => existsSync(one.file + end))).toEqual([])
    // Killed: nothing is closed.
    expect(idsIn(one.file)).toEqual(['desk1', 'desk2', 'laptop1'])
  })

  it('is told where it was removed', async () => {
    const { one, place, told } = running()
    rmSync(one.file)
    await place.look()
    expect(told).toMatchObject([{ code: 'database_replaced' }])
    expect(listCopies(one.file)).toHaveLength(1)
  })
})
