import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { createSoonLasting, unhurried } from '../../../src/node/sqlite/unhurried.ts'
import { temporaryFolder } from './temporary-database.ts'

const opened = () => {
  const db = new SqliteDatabase(join(temporaryFolder(), 'a.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE notes (text TEXT)')
  const add = db.prepare('INSERT INTO notes VALUES (?)')
  /** 1: NORMAL, 2: FULL */
  const waits = () => db.pragma('synchronous', { simple: true }) as number
  return { db, add: (text: string) => void add.run(text), waits }
}

describe('writes that no one waits for', () => {
  it('wait for the disk again when they are done', () => {
    const { db, add, waits } = opened()
    expect(
      unhurried(db, () => {
        add('a')
        return waits()
      }),
    ).toBe(1)
    expect(waits()).toBe(2)
    expect(() =>
      unhurried(db, () => {
        throw new Error('full')
      }),
    ).toThrow('full')
    expect(waits()).toBe(2)
  })

  it('stay together in a quick row, whatever is done in the background meanwhile', async () => {
    const { db, add, waits } = opened()
    const soonLasting = createSoonLasting(db)
    soonLasting(() => add('a'))
    unhurried(db, () => add('in the background'))
    expect(waits()).toBe(1)
    soonLasting(() => add('b'))
    expect(waits()).toBe(1)
    await vi.waitFor(() => expect(waits()).toBe(2))
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(256)
    soonLasting(() => add('c'))
    expect(waits()).toBe(1)
    await vi.waitFor(() => expect(waits()).toBe(2))
    expect(db.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(4)
  })

  it('are undone where they fail, and the next ones go on', async () => {
    const { db, add, waits } = opened()
    const soonLasting = createSoonLasting(db)
    expect(() =>
      soonLasting(() => {
        add('a')
        throw new Error('full')
      }),
    ).toThrow('full')
    soonLasting(() => add('b'))
    await vi.waitFor(() => expect(waits()).toBe(2))
    expect(db.prepare('SELECT text FROM notes').pluck().all()).toEqual(['b'])
  })

  it('do no harm to a database that is closed meanwhile', async () => {
    const { db, add } = opened()
    createSoonLasting(db)(() => add('a'))
    db.close()
    await new Promise((done) => setImmediate(done))
    expect(db.open).toBe(false)
  })
})
