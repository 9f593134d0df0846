import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import type { ExchangeRecord } from '../../../src/core/records/model.ts'
import { createCopies } from '../../../src/node/sqlite/copies.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import type { BinRecord, BinStore } from '../../../src/core/records/bin-store.ts'
import { pieceSize, storedSize } from '../../../src/node/sqlite/history/parts.ts'
import { openHistoryAtOnce } from '../../../src/node/sqlite/history/open-history.ts'
import { historyName } from '../../../src/node/sqlite/history/schema.ts'
import { openBox, sealedHistory } from './sealed-history.ts'
import { databaseWithUsers, openOrThrow, temporaryFolder } from './temporary-database.ts'

const canary = 'canary-7f3a91'
const record = (number: number, over: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  id: `x${String(number).padStart(4, '0')}`,
  userId: 'u1',
  at: number,
  method: 'GET',
  url: `https://api.example/${canary}/url`,
  accountName: `${canary} name`,
  status: 200,
  duration: 12.5,
  view: JSON.stringify({ text: `${canary} view` }),
  ...over,
})
const cleared = { id: 'b1', userId: 'u1', kind: 'history', name: 'All history', deletedAt: 1 } as const
const bodyWithCanary = (length: number): Uint8Array => {
  const body = new Uint8Array(length).fill(46)
  body.set(new TextEncoder().encode(`${canary} body`), Math.max(0, length - 40))
  return body
}
const isBody = (bytes: Uint8Array | undefined, length: number): boolean =>
  bytes !== undefined && Buffer.compare(bytes, bodyWithCanary(length)) === 0

/** Files of a profile that hold the canary. */
const filesWithCanary = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    return statSync(path).isFile() && readFileSync(path).includes(canary)
  })

/** A row as versions before this one stored it. */
const addPlain = (db: Database, number: number, body: Uint8Array, userId = 'u1') => {
  const { id, at, method, url, accountName, view } = record(number)
  db.prepare(
    `INSERT INTO exchanges (id, user_id, at, method, url, account_name, status, body_size, view)
     VALUES (?, ?, ?, ?, ?, ?, 200, ?, ?)`,
  ).run(`${userId}${id}`, userId, at, method, url, accountName, body.byteLength, view)
  for (let piece = 0; piece * pieceSize < body.byteLength; piece += 1)
    db.prepare('INSERT INTO exchange_body_pieces VALUES (?, ?, ?)').run(
      `${userId}${id}`,
      piece,
      body.subarray(piece * pieceSize, (piece + 1) * pieceSize),
    )
}

describe('the history on the disk', () => {
  it('holds nothing that can be read, whole or half written', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const { exchanges } = sealedHistory(db, { onDisk: true })
    exchanges.add(record(1), bodyWithCanary(700_000))
    exchanges.add(record(2), bodyWithCanary(5_000_000))
    expect(filesWithCanary(folder)).toEqual([])
    await vi.waitFor(() => expect(exchanges.body('u1', 'x0002', 4_999_960, 13)?.bytes).toHaveLength(13))
    // The words that it is found by, too.
    expect(await exchanges.searchable('u1')).toBe(0)
    expect(filesWithCanary(folder)).toEqual([])
    await exchanges.forget()
    expect(filesWithCanary(folder)).toEqual([])
    expect(exchanges.get('u1', 'x0001')).toEqual(record(1))
    expect(isBody(exchanges.body('u1', 'x0002', 0, 5_000_000)?.bytes, 5_000_000)).toBe(true)
  })

  it('does not open with another vault key, nor with a bit changed', () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const { exchanges, history } = sealedHistory(db, { onDisk: true })
    exchanges.add(record(1), bodyWithCanary(100))
    const other = sealedHistory(db, { onDisk: true, box: openBox() })
    expect(() => other.exchanges.get('u1', 'x0001')).toThrow('a key that this database does not have')
    expect(other.exchanges.page('u1', 10)).toMatchObject([{ url: '', errorCode: 'exchange_key_missing' }])
    history.exec('UPDATE parts SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) WHERE part = 0')
    expect(() => exchanges.get('u1', 'x0001')).toThrow('damaged on the disk')
    history.exec("UPDATE exchanges SET user_id = 'u2'")
    expect(exchanges.get('u1', 'x0001')).toBeUndefined()
  })

  it('without a vault opens in this run alone, and what is left of it goes', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const first = sealedHistory(db, { onDisk: true, box: openBox('memory') })
    first.exchanges.add(record(1), bodyWithCanary(300_000))
    expect(first.exchanges.get('u1', 'x0001')).toEqual(record(1))
    const next = sealedHistory(db, { onDisk: true, box: openBox('memory') })
    expect(JSON.stringify(next.exchanges.page('u1', 10))).not.toContain(canary)
    await next.exchanges.enter('u1')
    expect(next.exchanges.page('u1', 10)).toEqual([])
    await vi.waitFor(() => expect(next.history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(0))
    expect(next.history.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
    expect(filesWithCanary(folder)).toEqual([])
  })

  it('writes the rest of a body when the disk that was full is free again', async () => {
    const db = databaseWithUsers()
    const box = openBox()
    const { exchanges, history } = sealedHistory(db, { onDisk: true, box })
    const body = bodyWithCanary(20 * pieceSize + 5)
    exchanges.add(record(1), body)
    const setLimit = (pages: number) => history.pragma(`max_page_count = ${pages}`)
    const used = () => history.pragma('page_count', { simple: true }) as number
    // Some pieces find room.
    setLimit(used() + (6 * pieceSize) / 4096)
    const parts = () => history.prepare('SELECT count(*) FROM parts').pluck().get() as number
    await expect.poll(parts).toBeGreaterThan(4)
    const full = used()
    await expect.poll(() => new Promise((done) => setImmediate(() => done(used())))).toBe(full)
    expect(parts()).toBeLessThan(20)
    expect(isBody(exchanges.body('u1', record(1).id, 0, body.length)?.bytes, body.length)).toBe(true)
    setLimit(1_000_000)
    await exchanges.forget()
    history.close()
    const again = sealedHistory(db, { onDisk: true, box })
    expect(isBody(again.exchanges.body('u1', record(1).id, 0, body.length)?.bytes, body.length)).toBe(true)
  })

  it('leaves nothing of a body for which the disk stays full, and keeps its exchange', async () => {
    const db = databaseWithUsers()
    const box = openBox()
    const { exchanges, history } = sealedHistory(db, { onDisk: true, box })
    exchanges.add(record(1), bodyWithCanary(20 * pieceSize))
    history.pragma(`max_page_count = ${(history.pragma('page_count', { simple: true }) as number) + 400}`)
    await exchanges.forget()
    history.close()
    const again = sealedHistory(db, { onDisk: true, box })
    await again.exchanges.enter('u1')
    expect(again.exchanges.get('u1', record(1).id)).toMatchObject({ status: 200 })
    expect(again.exchanges.body('u1', record(1).id, 0, 10)).toBeUndefined()
    // The view alone.
    await expect.poll(() => again.history.prepare('SELECT part FROM parts').pluck().all()).toEqual([0])
  })

  it('leaves no half of a body that a crash cut short, and keeps its exchange', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const box = openBox()
    const first = sealedHistory(db, { onDisk: true, box })
    first.exchanges.add(record(1), bodyWithCanary(8_000_000))
    await new Promise((done) => setImmediate(() => setImmediate(done)))
    expect(first.history.prepare('SELECT count(*) FROM parts').pluck().get()).toBeGreaterThan(1)
    first.history.close()
    const next = sealedHistory(db, { onDisk: true, box })
    await next.exchanges.enter('u1')
    await vi.waitFor(() => expect(next.history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(1))
    expect(next.exchanges.get('u1', 'x0001')).toEqual(record(1))
    expect(next.exchanges.body('u1', 'x0001', 0, 10)).toBeUndefined()
  })

  it('is cleared with its keys: an older copy of the file opens no more', () => {
    const db = databaseWithUsers()
    const { exchanges, bin, history } = sealedHistory(db)
    exchanges.add(record(1), bodyWithCanary(100))
    const before = history.prepare('SELECT key_id FROM exchanges').pluck().get()
    bin.discardAll(cleared)
    bin.eraseAll('u1')
    expect(db.prepare('SELECT id FROM history_keys').pluck().all()).not.toContain(before)
    expect(exchanges.page('u1', 10)).toEqual([])
    exchanges.add(record(2), undefined)
    expect(history.prepare('SELECT key_id FROM exchanges').pluck().get()).not.toBe(before)
    expect(exchanges.page('u1', 10)).toHaveLength(1)
  })

  it('goes with its user', async () => {
    const db = databaseWithUsers()
    const { exchanges, bin, history, as } = sealedHistory(db)
    as('u2')
    for (const number of [1, 2]) exchanges.add(record(number, { userId: 'u2' }), bodyWithCanary(100))
    bin.discard({ ...cleared, kind: 'exchange', userId: 'u2' }, ['x0001'])
    as('u1')
    exchanges.removeUser('u2')
    await vi.waitFor(() => expect(history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(0))
    for (const table of ['exchanges', 'bin'])
      expect(history.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
  })

  it('of a user whom this database does not know stays for 30 days: a backup may have been restored', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const first = sealedHistory(db, { onDisk: true })
    first.as('u2')
    first.exchanges.add(record(1, { userId: 'u2' }), undefined)
    db.exec("DELETE FROM users WHERE id = 'u2'")
    for (const [now, left] of [
      [30 * 86_400_000, 1],
      [30 * 86_400_000 + 2, 0],
    ] as const) {
      const next = sealedHistory(db, { onDisk: true, now })
      await next.exchanges.enter('u1')
      expect(next.history.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(left)
    }
  })

  it('says that a body is damaged where it is whole and the row denies it', () => {
    const { exchanges, history } = sealedHistory(databaseWithUsers())
    exchanges.add(record(1), bodyWithCanary(100))
    history.exec('UPDATE exchanges SET body_size = NULL')
    expect(() => exchanges.body('u1', 'x0001', 0, 10)).toThrow('damaged on the disk')
  })

  it('lists all of it, and says so, whichever bit of its index is another', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const user = '4489467a-ad13-416a-b9a8-4dfe64a6321b'
    const file = join(folder, historyName)
    const first = openHistoryAtOnce(db, 1).db
    const add = first.prepare(`
      INSERT INTO exchanges (id, user_id, key_id, at, stored, head) VALUES (?, ?, 'k', ?, 1, zeroblob(900))`)
    for (let at = 0; at < 8; at += 1) add.run(`x${at}`, user, at)
    first.close()
    const sound = readFileSync(file)
    const list = (history: Database): unknown =>
      history
        .prepare('SELECT id FROM exchanges WHERE user_id = ? AND bin_id IS NULL ORDER BY at, id')
        .pluck()
        .all(user)
    const all = Array.from({ length: 8 }, (_, at) => `x${at}`)
    let [places, told] = [0, 0]
    for (let at = sound.indexOf(user); at !== -1; at = sound.indexOf(user, at + 1)) {
      places += 1
      for (const bit of [0, 7, 100, 250]) {
        const bytes = Buffer.from(sound)
        const byte = at + (bit >> 3)
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (bit & 7))
        writeFileSync(file, bytes)
        const { db: history, trouble } = openHistoryAtOnce(db, 2)
        const listed = list(history)
        history.close()
        if (trouble !== undefined) told += 1
        if (trouble?.code === 'history_index_damaged')
          expect(openHistoryAtOnce(db, 3).trouble).toBeUndefined()
        expect(trouble !== undefined || JSON.stringify(listed) === JSON.stringify(all), `${at}`).toBe(true)
      }
    }
    expect(places).toBeGreaterThan(16)
    expect(told).toBeGreaterThan(32)
  })

  it('is told to be damaged where a column is gone', () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    openHistoryAtOnce(db, 1).db.exec('ALTER TABLE unwanted RENAME COLUMN from_part TO from_p')
    expect(openHistoryAtOnce(db, 2).trouble?.code).toBe('history_damaged')
  })

  it.skipIf(process.platform === 'win32')('is begun again where a pipe is in its place', () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    execFileSync('mkfifo', [join(folder, historyName)])
    const { db: history, trouble } = openHistoryAtOnce(db, 2)
    expect([trouble?.code, history.memory]).toEqual(['history_damaged', false])
  })

  it('lists the rest beside a row that is damaged', () => {
    const { exchanges, history } = sealedHistory(databaseWithUsers())
    for (const number of [1, 2, 3]) exchanges.add(record(number), bodyWithCanary(100))
    exchanges.forget().catch(() => undefined)
    history.exec("UPDATE exchanges SET at = 7 WHERE id = 'x0002'")
    const codes = exchanges.page('u1', 10).map(({ id, errorCode }) => [id, errorCode])
    expect(codes).toEqual([
      ['x0002', 'exchange_damaged'],
      ['x0003', undefined],
      ['x0001', undefined],
    ])
    expect(() => exchanges.body('u1', 'x0002', 0, 10)).toThrow('damaged on the disk')
    expect(exchanges.summary('u1', 'x0002')).toMatchObject({ status: 200, errorCode: 'exchange_damaged' })
  })
})

describe('what was deleted of the history', () => {
  const discardAll = (bin: BinStore, over: Partial<BinRecord> = {}) =>
    bin.discardAll({ ...cleared, name: `${canary} cleared`, detail: `${canary} detail`, ...over })

  it('comes back as it was, and lies sealed in its own file until then', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const { exchanges, bin } = sealedHistory(db, { onDisk: true })
    for (const number of [1, 2, 3]) exchanges.add(record(number), bodyWithCanary(300_000))
    const before = exchanges.page('u1', 10)
    const name = `${canary} one`
    expect(bin.discard({ ...cleared, id: 'b2', kind: 'exchange', name }, ['x0002'])).toBe(true)
    expect(discardAll(bin)).toBe(true)
    expect(exchanges.page('u1', 10)).toEqual([])
    expect(exchanges.body('u1', 'x0003', 0, 10)).toBeUndefined()
    expect(bin.list('u1')).toEqual([
      { ...cleared, name: `${canary} cleared`, detail: `${canary} detail` },
      { ...cleared, id: 'b2', kind: 'exchange', name },
    ])
    expect(await createCopies(db, heavyWork).make(5)).toMatchObject({ ok: true })
    expect(filesWithCanary(folder)).toEqual([])
    expect(db.prepare('SELECT count(*) FROM bin').pluck().get()).toBe(0)
    expect(bin.restore('u1', 'b1')).toBe('restored')
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([3, 1])
    expect(bin.restore('u1', 'b2')).toBe('restored')
    expect(bin.restore('u1', 'b2')).toBe('unknown')
    expect(exchanges.page('u1', 10)).toEqual(before)
    expect(isBody(exchanges.body('u1', 'x0002', 0, 300_000)?.bytes, 300_000)).toBe(true)
  })

  it('goes when it is erased, by hand or by time, with the key that sealed it', async () => {
    const db = databaseWithUsers()
    const { exchanges, bin, history } = sealedHistory(db)
    const keyOf = (id: string) => history.prepare('SELECT key_id FROM exchanges WHERE id = ?').pluck().get(id)
    exchanges.add(record(1), bodyWithCanary(100))
    discardAll(bin, { id: 'old', deletedAt: 1 })
    exchanges.add(record(2), bodyWithCanary(100))
    expect(keyOf('x0002')).not.toBe(keyOf('x0001'))
    discardAll(bin, { id: 'new', deletedAt: 5 })
    expect(bin.eraseBrief('u1', 5)).toBe(1)
    expect(bin.list('u1').map(({ id }) => id)).toEqual(['new'])
    expect(db.prepare('SELECT count(*) FROM history_keys').pluck().get()).toBe(2)
    expect(bin.restore('u1', 'new')).toBe('restored')
    expect(exchanges.get('u1', 'x0002')).toEqual(record(2))
    discardAll(bin, { id: 'third', deletedAt: 6 })
    bin.eraseAll('u1')
    expect(db.prepare('SELECT count(*) FROM history_keys').pluck().get()).toBe(1)
    await vi.waitFor(() => expect(history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(0))
    expect(history.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
  })

  it('takes no room of what is kept, and not more than that has', async () => {
    const size = storedSize(100, 39_000)
    const limits = { exchanges: 2, bytes: 2 * size }
    const { exchanges, bin } = sealedHistory(databaseWithUsers(), { limits })
    const add = (number: number) => exchanges.add(record(number), bodyWithCanary(39_000))
    add(1)
    add(2)
    discardAll(bin, { id: 'b1' })
    add(3)
    expect(bin.list('u1')).toHaveLength(1)
    discardAll(bin, { id: 'b2' })
    expect(bin.list('u1').map(({ id }) => id)).toEqual(['b2'])
    add(4)
    add(5)
    expect(bin.restore('u1', 'b2')).toBe('restored')
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([5, 4])
  })

  it('in plain by an earlier version goes at the unlock', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const insert = db.prepare(
      'INSERT INTO bin (id, user_id, kind, name, deleted_at, rows) VALUES (?, ?, ?, ?, 1, ?)',
    )
    insert.run('b1', 'u1', 'history', canary, `[{"at":0,"table":"exchanges","row":{"view":"${canary}"}}]`)
    insert.run('b2', 'u1', 'request', 'kept', '[]')
    const bytes = db.prepare(
      'INSERT INTO bin_bytes (user_id, bin_id, position, column_name, bytes) VALUES (?, ?, ?, ?, ?)',
    )
    for (let piece = 0; piece < 9; piece += 1) bytes.run('u1', 'b1', piece, 'bytes', bodyWithCanary(200_000))
    const copies = createCopies(db, heavyWork)
    expect(await copies.make(5)).toMatchObject({ ok: true })
    const { exchanges } = sealedHistory(db, { onDisk: true })
    await exchanges.enter('u1')
    expect(await copies.stripHistory()).toEqual({ ok: true, value: null })
    expect(filesWithCanary(folder)).toEqual([])
    expect(db.prepare('SELECT id FROM bin').pluck().all()).toEqual(['b2'])
  })
})

describe('a history that an earlier version left in plain', () => {
  it('is sealed at the unlock, and nothing of it stays in the database, its log or its copies', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    for (let number = 1; number <= 40; number += 1) addPlain(db, number, bodyWithCanary(20_000))
    addPlain(db, 41, bodyWithCanary(3_000_000))
    const copies = createCopies(db, heavyWork)
    expect(await copies.make(5)).toMatchObject({ ok: true })
    expect(filesWithCanary(folder)).toContain('backups/backup-5.db')
    const { exchanges } = sealedHistory(db, { onDisk: true })
    expect(await exchanges.enter('u1')).toBe(true)
    expect(await copies.stripHistory()).toEqual({ ok: true, value: null })
    expect(filesWithCanary(folder)).toEqual([])
    expect(exchanges.page('u1', 100)).toHaveLength(41)
    expect(exchanges.get('u1', 'u1x0007')).toMatchObject({ status: 200, view: record(7).view })
    expect(isBody(exchanges.body('u1', 'u1x0041', 0, 3_000_000)?.bytes, 3_000_000)).toBe(true)
    expect(await exchanges.enter('u1')).toBe(false)
    // The copy is a database all the same.
    const copy = openOrThrow(join(folder, 'backups', 'backup-5.db'), { hasBackups: false })
    expect(copy.prepare('SELECT count(*) FROM users').pluck().get()).toBe(2)
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('goes out of a copy that a restore kept with its log, and what else the log holds stays', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const kept = `${db.name}.before-restore-7`
    addPlain(db, 1, bodyWithCanary(50))
    for (const end of ['', '-wal']) copyFileSync(db.name + end, kept + end)
    expect(statSync(`${kept}-wal`).size).toBeGreaterThan(0)
    db.exec('DELETE FROM exchanges')
    db.pragma('wal_checkpoint(TRUNCATE)')
    const copies = createCopies(db, heavyWork)
    expect(copies.list()).toEqual([])
    expect(await copies.stripHistory()).toEqual({ ok: true, value: null })
    expect(filesWithCanary(folder)).toEqual([])
    expect(copies.list()).toMatchObject([{ kind: 'before-restore', at: 8 }])
    expect(readdirSync(folder).filter((name) => name.includes('restore-7'))).toEqual([])
    const copy = openOrThrow(`${db.name}.before-restore-8`, { hasBackups: false })
    expect(copy.prepare('SELECT count(*) FROM users').pluck().get()).toBe(2)
  })

  it('is looked for in copies by the thread that takes it out, and not where calls are answered', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const files = [join(folder, 'backups', 'backup-5.db'), `${db.name}.before-restore-7`]
    mkdirSync(join(folder, 'backups'))
    // Opened, these would be no databases.
    for (const file of files) writeFileSync(file, 'x')
    const asked: string[] = []
    const copies = createCopies(db, {
      ...heavyWork,
      stripHistory: (input) => {
        asked.push(...input.files)
        return Promise.resolve(ok(null))
      },
    })
    await copies.stripHistory()
    expect(asked.sort()).toEqual(files.sort())
  })

  it('of another user stays until he is in', async () => {
    const db = databaseWithUsers()
    addPlain(db, 1, bodyWithCanary(50), 'u2')
    addPlain(db, 2, bodyWithCanary(50))
    const { exchanges, as } = sealedHistory(db)
    await exchanges.enter('u1')
    expect(db.prepare('SELECT user_id FROM exchanges').pluck().all()).toEqual(['u2'])
    as('u2')
    await exchanges.enter('u2')
    expect(exchanges.page('u2', 10)).toHaveLength(1)
  })

  it('goes on where it was cut short, and brings nothing twice', async () => {
    const db = databaseWithUsers()
    const { exchanges } = sealedHistory(db)
    addPlain(db, 1, bodyWithCanary(50))
    exchanges.add({ ...record(1), id: 'u1x0001' }, bodyWithCanary(50))
    await exchanges.enter('u1')
    expect(exchanges.page('u1', 10)).toHaveLength(1)
    expect(db.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
  })

  it('keeps to the limits: the newest are taken along', async () => {
    const db = databaseWithUsers()
    for (let number = 1; number <= 9; number += 1) addPlain(db, number, bodyWithCanary(50))
    const { exchanges } = sealedHistory(db, { limits: { exchanges: 4, bytes: 1e9 } })
    await exchanges.enter('u1')
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([9, 8, 7, 6])
    expect(db.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
  })

  it('is cleared without coming back, and can be restored all the same', async () => {
    const db = databaseWithUsers()
    for (let number = 1; number <= 9; number += 1) addPlain(db, number, bodyWithCanary(50))
    const first = sealedHistory(db)
    const taking = first.exchanges.enter('u1')
    first.exchanges.add(record(10), undefined)
    first.bin.discardAll({ ...cleared, deletedAt: 10 })
    await taking
    expect(db.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
    expect(first.exchanges.page('u1', 10)).toEqual([])
    expect(first.bin.restore('u1', cleared.id)).toBe('restored')
    expect(first.exchanges.page('u1', 20)).toHaveLength(10)
  })

  it('goes where it was cleared and erased before it was taken along', async () => {
    const db = databaseWithUsers()
    for (let number = 1; number <= 9; number += 1) addPlain(db, number, bodyWithCanary(50))
    const { exchanges, bin } = sealedHistory(db)
    bin.discardAll({ ...cleared, deletedAt: 10 })
    bin.eraseAll('u1')
    await exchanges.enter('u1')
    expect(db.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(0)
    expect(exchanges.page('u1', 10)).toEqual([])
    expect(bin.list('u1')).toEqual([])
  })
})
