import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { pieceSize, storedSize } from '../../../src/node/sqlite/history/parts.ts'
import { createCollectionStore } from '../../../src/node/sqlite/stores/collection-store.ts'
import type { ExchangeRecord } from '../../../src/core/records/model.ts'
import { sealedHistory } from './sealed-history.ts'
import { databaseWithUsers } from './temporary-database.ts'

const record = (number: number, over: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  id: `x${String(number).padStart(4, '0')}`,
  userId: 'u1',
  at: number,
  method: 'GET',
  url: 'https://api.example/orders',
  status: 200,
  duration: 12.5,
  view: '{"seen":true}',
  ...over,
})
const counted = (length: number) =>
  Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 255)

describe('the history', () => {
  it('gives an exchange back as it was saved', () => {
    const { exchanges } = sealedHistory(databaseWithUsers())
    const full = record(1, {
      requestId: 'r',
      accountId: 'a',
      accountName: 'Alice',
      tokenExpiresAt: 9,
      errorCode: 'e',
    })
    exchanges.add(full, undefined)
    expect(exchanges.get('u1', full.id)).toEqual(full)
    expect(exchanges.get('u2', full.id)).toBeUndefined()
    expect(exchanges.body('u1', full.id, 0, 10)).toBeUndefined()
  })

  it('takes several at once, with their bodies, or none of them', async () => {
    const { exchanges } = sealedHistory(databaseWithUsers())
    const long = counted(pieceSize * 5)
    exchanges.addAll([
      { record: record(1), body: counted(10) },
      { record: record(2), body: long },
      { record: record(3), body: undefined },
    ])
    expect(exchanges.body('u1', 'x0001', 0, 10)).toMatchObject({ total: 10 })
    await vi.waitFor(() => expect(exchanges.body('u1', 'x0002', 0, 1)?.total).toBe(long.length))
    expect(exchanges.get('u1', 'x0003')).toEqual(record(3))
    const done = vi.fn()
    const again = { record: record(3), body: Object.assign(counted(3), { done }) }
    expect(() => exchanges.addAll([{ record: record(4), body: undefined }, again])).toThrow()
    expect(exchanges.get('u1', 'x0004')).toBeUndefined()
    expect(done).not.toHaveBeenCalled()
    expect(exchanges.page('u1', 10)).toHaveLength(3)
  })

  it.each([40, pieceSize * 4])(
    'waits for a body of %i bytes that is not whole elsewhere yet',
    async (length) => {
      const { exchanges } = sealedHistory(databaseWithUsers())
      const bytes = counted(length)
      let resolve = (): void => undefined
      const whole = new Promise<void>((ended) => (resolve = ended))
      let come = false
      void whole.then(() => (come = true))
      const done = vi.fn()
      const subarray = (from: number, to: number) => (come ? bytes.subarray(from, to) : new Uint8Array(0))
      exchanges.add(record(1), { byteLength: length, subarray, whole, isWhole: () => come, done })
      await new Promise((then) => setImmediate(then))
      expect(done).not.toHaveBeenCalled()
      resolve()
      await vi.waitFor(() => expect(done).toHaveBeenCalled())
      expect(exchanges.body('u1', 'x0001', 0, length)?.bytes).toEqual(bytes)
    },
  )

  it('is paged by key, newest first, also where many have the same time', () => {
    const { exchanges } = sealedHistory(databaseWithUsers())
    for (let number = 0; number < 25; number += 1)
      exchanges.add(record(number, { at: number >> 2 }), undefined)
    const seen: string[] = []
    let before: { at: number; id: string } | undefined
    for (;;) {
      const page = exchanges.page('u1', 4, before)
      seen.push(...page.map(({ id }) => id))
      const last = page.at(-1)
      if (!last) break
      before = { at: last.at, id: last.id }
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => record(24 - index).id))
    expect(exchanges.page('u2', 4)).toEqual([])
  })

  it('reads any range of a body across pieces', () => {
    const { exchanges } = sealedHistory(databaseWithUsers())
    const body = counted(pieceSize * 2 + 1000)
    exchanges.add(record(1), body)
    const offset = fc.oneof(
      fc.nat(body.length + 10),
      fc.constantFrom(0, pieceSize - 1, pieceSize, pieceSize * 2),
    )
    fc.assert(
      fc.property(offset, fc.integer({ min: 1, max: pieceSize * 2 }), (from, length) => {
        const range = exchanges.body('u1', 'x0001', from, length)
        expect(range?.total).toBe(body.length)
        expect(Buffer.compare(range?.bytes ?? counted(1), body.subarray(from, from + length))).toBe(0)
      }),
    )
    expect(exchanges.body('u2', 'x0001', 0, 1)).toBeUndefined()
  })

  it('keeps an empty body apart from none', () => {
    const { exchanges } = sealedHistory(databaseWithUsers())
    exchanges.add(record(1), new Uint8Array(0))
    expect(exchanges.body('u1', 'x0001', 0, 10)).toEqual({ bytes: new Uint8Array(0), total: 0 })
  })

  it('notices a piece that is missing', () => {
    const { exchanges, history } = sealedHistory(databaseWithUsers())
    exchanges.add(record(1), counted(pieceSize + 1))
    history.exec('DELETE FROM parts WHERE part = 2')
    expect(() => exchanges.body('u1', 'x0001', 0, pieceSize + 1)).toThrow('damaged')
  })

  it('forgets the oldest beyond its count, of this user only', () => {
    const { exchanges, as } = sealedHistory(databaseWithUsers(), { limits: { exchanges: 3, bytes: 1e9 } })
    as('u2')
    exchanges.add(record(0, { userId: 'u2' }), undefined)
    as('u1')
    for (let number = 1; number <= 5; number += 1) exchanges.add(record(number), undefined)
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([5, 4, 3])
    as('u2')
    expect(exchanges.page('u2', 10)).toHaveLength(1)
  })

  it('keeps what is pinned when the oldest go', () => {
    const { exchanges } = sealedHistory(databaseWithUsers(), { limits: { exchanges: 3, bytes: 1e9 } })
    exchanges.add(record(1), undefined)
    exchanges.pin('u1', 'x0001', true)
    exchanges.pin('u2', 'x0001', false)
    for (let number = 2; number <= 6; number += 1) exchanges.add(record(number), undefined)
    expect(exchanges.page('u1', 10).map(({ at, pinned }) => [at, pinned])).toEqual([
      [6, undefined],
      [5, undefined],
      [1, true],
    ])
    exchanges.pin('u1', 'x0001', false)
    exchanges.add(record(7), undefined)
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([7, 6, 5])
  })

  it('forgets the oldest beyond its bytes with their bodies, and always keeps the newest', async () => {
    const limits = { exchanges: 100, bytes: 2 * storedSize(13, 40_000) }
    const { exchanges, history } = sealedHistory(databaseWithUsers(), { limits })
    for (let number = 1; number <= 4; number += 1) exchanges.add(record(number), counted(40_000))
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([4, 3])
    exchanges.add(record(5), counted(500_000))
    expect(exchanges.page('u1', 10).map(({ at }) => at)).toEqual([5])
    await vi.waitFor(() => expect(history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(3))
    expect(history.prepare('SELECT count(*) FROM unwanted').pluck().get()).toBe(0)
  })

  it('tells the last status of each saved request', () => {
    const db = databaseWithUsers()
    const collections = createCollectionStore(db)
    collections.save({ id: 'c1', userId: 'u1', document: '{}', openedAt: 1 })
    for (const id of ['r1', 'r2', 'r3'])
      collections.saveRequest({ id, userId: 'u1', collectionId: 'c1', path: `${id}.yml` })
    const { exchanges } = sealedHistory(db)
    exchanges.add(record(1, { requestId: 'r1', status: 200 }), undefined)
    exchanges.add(record(2, { requestId: 'r1', status: 403 }), undefined)
    exchanges.add(record(3, { requestId: 'r2', status: undefined, errorCode: 'no_answer' }), undefined)
    expect([...exchanges.lastStatuses('u1')]).toEqual([['r1', 403]])
  })

  it('erases one with its body', async () => {
    const { exchanges, bin, history } = sealedHistory(databaseWithUsers())
    exchanges.add(record(1), counted(10))
    const entry = { id: 'b1', userId: 'u2', kind: 'exchange', name: 'GET', deletedAt: 1 } as const
    expect(bin.discard(entry, ['x0001'])).toBe(false)
    expect(exchanges.get('u1', 'x0001')).toBeDefined()
    expect(bin.discard({ ...entry, userId: 'u1' }, ['x0001'])).toBe(true)
    expect(exchanges.get('u1', 'x0001')).toBeUndefined()
    expect(exchanges.page('u1', 10)).toEqual([])
    bin.erase('u1', 'b1')
    await vi.waitFor(() => expect(history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(0))
  })
})
