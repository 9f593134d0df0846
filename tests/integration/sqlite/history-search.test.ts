import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { readHistoryQuery } from '../../../src/core/app/history/history-query.ts'
import type { ExchangeView } from '../../../src/core/contract/requests.ts'
import type { ExchangeRecord } from '../../../src/core/records/model.ts'
import { exchangeDocument } from '../../../src/core/records/documents/exchange.ts'
import { historyApplicationId, historyMigrations } from '../../../src/node/sqlite/history/schema.ts'
import { stepFits, stepOf, stepTerm } from '../../../src/node/sqlite/history/search/document.ts'
import { migrate } from '../../../src/node/sqlite/migrate.ts'
import { openBox, sealedHistory } from './sealed-history.ts'
import { databaseWithUsers, temporaryFolder } from './temporary-database.ts'

type Store = ReturnType<typeof sealedHistory>

const subjects = ['orders', 'invoices', 'customers']
const recordOf = (number: number, over: Partial<ExchangeRecord> = {}): ExchangeRecord => {
  const summary = {
    id: `x${String(number).padStart(5, '0')}`,
    at: 1_000 + (number >> 1),
    method: number % 5 === 0 ? 'POST' : 'GET',
    url: `https://api${number % 2}.example:8443/${subjects[number % 3]}/${number}`,
    duration: number,
  }
  const view: ExchangeView = {
    ...summary,
    sent: { headers: [['X-Trace', `trace-${number % 10}`]], bodySize: 0 },
    response: {
      status: 200,
      statusText: '',
      headers: [],
      bodySize: 9,
      contentType: 'text/plain',
      truncated: false,
    },
  }
  return {
    ...summary,
    userId: 'u1',
    ...(number % 7 === 0 ? { errorCode: 'no_answer' } : { status: number % 4 === 0 ? 404 : 200 }),
    ...(number % 3 === 0 ? { accountName: 'Alice Muster' } : {}),
    view: exchangeDocument.write(view),
    ...over,
  }
}
const bodyOf = (number: number) => new TextEncoder().encode(`body word${number % 50} of ${number}`)
const fill = ({ exchanges, history }: Store, count: number) =>
  history.transaction(() => {
    for (let number = 0; number < count; number += 1) exchanges.add(recordOf(number), bodyOf(number))
  })()
const found = ({ exchanges }: Store, text: string, before?: { at: number; id: string }, user = 'u1') =>
  [...exchanges.find(user, readHistoryQuery(text, 10_000).plan, before)].flatMap((one) => one?.row ?? [])
const ids = (store: Store, text: string) => found(store, text).map(({ id }) => id)
const taken = async ({ exchanges }: Store) => {
  while ((await exchanges.searchable('u1')) > 0);
}
const segments = ({ history }: Store) =>
  history.prepare('SELECT documents FROM search_segments ORDER BY first').pluck().all() as number[]

describe('a search of the history', () => {
  it('finds the same as a look at each, in the order of the list', async () => {
    const store = sealedHistory(databaseWithUsers())
    const count = 2_600
    fill(store, count)
    await taken(store)
    await vi.waitFor(() => expect(segments(store).length).toBeLessThan(5))
    const all = Array.from({ length: count }, (_, number) => recordOf(number)).reverse()
    const expected = (fits: (record: ExchangeRecord, number: number) => boolean) =>
      all.filter((record) => fits(record, Number(record.id.slice(1)))).map(({ id }) => id)
    const cases: [string, (record: ExchangeRecord, number: number) => boolean][] = [
      ['invo', ({ url }) => url.includes('invoices')],
      ['customers word7', ({ url }, number) => url.includes('customers') && number % 50 === 7],
      ['trace-3', (_record, number) => number % 10 === 3],
      ['status:404', ({ status }) => status === 404],
      ['status:failed orders', ({ status, url }) => status === undefined && url.includes('orders')],
      ['host:api1 method:post', ({ url, method }) => url.includes('api1') && method === 'POST'],
      [
        'account:must took:>2.5s',
        ({ accountName, duration = 0 }) => accountName !== undefined && duration > 2_500,
      ],
      ['took:>1s took:<=1001', (_record, number) => number === 1_001],
      ['took:<3', (_record, number) => number < 3],
      ['took:2599', (_record, number) => number === 2_599],
      ['took:>400m', () => false],
      ['account:none 1234', (_record, number) => number === 1_234],
      ['nowhere', () => false],
    ]
    for (const [text, fits] of cases) expect([text, ids(store, text)]).toEqual([text, expected(fits)])
    const [first, ...rest] = found(store, 'invo')
    expect(found(store, 'invo', first).map(({ id }) => id)).toEqual(rest.map(({ id }) => id))
    expect(found(store, 'invo', undefined, 'u2')).toEqual([])
    expect(ids(store, 'is:pinned')).toEqual([])
    store.exchanges.pin('u1', 'x00008', true)
    expect(ids(store, 'is:pinned')).toEqual(['x00008'])
  })

  it('looks a time up by its step, and takes no step for another', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.nat({ max: 100 }), fc.double({ min: 0, max: 1e7, noNaN: true })),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        (duration, limit) => {
          const step = stepOf(duration).slice(stepTerm.length)
          for (const edge of [limit, duration]) {
            const all = [(one: number) => one > edge, (one: number) => one >= edge]
            const more = [(one: number) => one < edge, (one: number) => one <= edge]
            for (const fits of [...all, ...more]) if (fits(duration)) expect(stepFits(step, fits)).toBe(true)
          }
          expect(stepFits(step, (one) => one > duration * 1.2 + 1.1)).toBe(false)
          expect(stepFits(step, (one) => one < duration * 0.8 - 1)).toBe(false)
        },
      ),
    )
    expect(stepFits(stepOf(undefined).slice(stepTerm.length), () => true)).toBe(false)
  })

  it('narrows a phrase down to those that have its words one after another, and those that do not tell', async () => {
    const store = sealedHistory(databaseWithUsers())
    fill(store, 200)
    const words = Array.from({ length: 2_000 }, (_, each) => `w${each}`).join(' ')
    store.exchanges.add(recordOf(200), new TextEncoder().encode(`word7 and of ${words}`))
    store.exchanges.add(recordOf(201), new TextEncoder().encode('word7 and of'))
    await taken(store)
    const expected = ['x00200', 'x00157', 'x00107', 'x00057', 'x00007']
    expect(ids(store, '"word7 of"')).toEqual(expected)
    expect(ids(store, '"word7 o')).toEqual(expected)
    expect(ids(store, '"d7 of"')).toEqual([])
    expect(ids(store, '"word7 of 15"')).toEqual(['x00157'])
    expect(ids(store, '"word7 of 1')).toEqual(['x00157', 'x00107'])
    expect(ids(store, 'word7/of')).toEqual(expected)
    expect(ids(store, '"of word7"')).toEqual(['x00200'])
  })

  it('is there again after a lock, and reads nothing again', async () => {
    const db = databaseWithUsers(temporaryFolder())
    const box = openBox()
    const first = sealedHistory(db, { onDisk: true, box })
    fill(first, 100)
    await first.exchanges.forget()
    first.history.close()
    const next = sealedHistory(db, { onDisk: true, box })
    const before = segments(next)
    expect(before.reduce((sum, each) => sum + each, 0)).toBe(100)
    expect(ids(next, 'customers 98')).toEqual(['x00098'])
    expect(await next.exchanges.searchable('u1')).toBe(0)
    expect(segments(next)).toEqual(before)
  })

  it('forgets the words of what was erased', async () => {
    const store = sealedHistory(databaseWithUsers())
    fill(store, 10)
    await taken(store)
    store.bin.discard({ id: 'b1', userId: 'u1', kind: 'exchange', name: 'GET', deletedAt: 1 }, ['x00003'])
    expect(ids(store, 'orders')).toEqual(['x00009', 'x00006', 'x00000'])
    store.bin.restore('u1', 'b1')
    expect(ids(store, 'orders')).toHaveLength(4)
    store.bin.discard({ id: 'b1', userId: 'u1', kind: 'exchange', name: 'GET', deletedAt: 1 }, ['x00003'])
    store.bin.erase('u1', 'b1')
    expect(ids(store, 'orders')).toHaveLength(3)
    await vi.waitFor(() => expect(segments(store)).toEqual([9]), 5_000)
    store.bin.discardAll({ id: 'b2', userId: 'u1', kind: 'history', name: 'All', deletedAt: 1 })
    store.exchanges.add(recordOf(20), undefined)
    await taken(store)
    expect(ids(store, 'customers')).toEqual(['x00020'])
    store.bin.eraseAll('u1')
    await vi.waitFor(() => expect(segments(store)).toEqual([1]), 5_000)
    const blocks = store.history.prepare('SELECT count(*) FROM search_blocks').pluck()
    await vi.waitFor(() => expect(blocks.get()).toBe(2), 5_000)
  })

  it('makes what is damaged again', async () => {
    const store = sealedHistory(databaseWithUsers())
    fill(store, 40)
    await taken(store)
    await store.exchanges.forget()
    store.history.exec('UPDATE search_blocks SET bytes = CAST(zeroblob(length(bytes)) AS BLOB)')
    expect(ids(store, 'orders')).toEqual([])
    await taken(store)
    expect(ids(store, 'orders')).toHaveLength(14)
    await store.exchanges.forget()
    store.history.exec('UPDATE search_segments SET documents = 39')
    expect(ids(store, 'orders')).toEqual([])
    await taken(store)
    expect(ids(store, 'orders')).toHaveLength(14)
  })

  it('takes in what an earlier version stored', async () => {
    const folder = temporaryFolder()
    const db = databaseWithUsers(folder)
    const box = openBox()
    const { exchanges, history } = sealedHistory(db, { box })
    for (let number = 0; number < 5; number += 1) exchanges.add(recordOf(number), bodyOf(number))
    const rows = history.prepare('SELECT * FROM exchanges').all() as Record<string, unknown>[]
    const earlier = new SqliteDatabase(join(folder, 'history.db'))
    earlier.pragma(`application_id = ${historyApplicationId}`)
    migrate(
      earlier,
      historyMigrations.filter(({ version }) => version <= 30),
    )
    for (const row of rows)
      earlier
        .prepare(
          `INSERT INTO exchanges (id, user_id, key_id, at, status, body_size, stored, head)
           VALUES (@id, @user_id, @key_id, @at, @status, @body_size, @stored, @head)`,
        )
        .run(row)
    for (const row of history.prepare('SELECT * FROM parts').all())
      earlier.prepare('INSERT INTO parts VALUES (@exchange_id, @part, @bytes)').run(row)
    earlier.close()
    const store = sealedHistory(db, { onDisk: true, box })
    await store.exchanges.enter('u1')
    expect(store.exchanges.page('u1', 10)).toHaveLength(5)
    await taken(store)
    expect(ids(store, 'word3')).toEqual(['x00003'])
    expect(store.history.prepare('SELECT * FROM held').all()).toEqual([
      { user_id: 'u1', key_id: expect.any(String), bin_id: '', rows: 5, bytes: expect.any(Number) },
    ])
  })
})

describe('the limits of the history', () => {
  const store = (now = 1) => sealedHistory(databaseWithUsers(), { now })
  const numbers = ({ exchanges }: Store) => exchanges.page('u1', 1_000).map(({ id }) => Number(id.slice(1)))

  it('let what is too much go in the background, but what is pinned', async () => {
    const one = store()
    fill(one, 700)
    await one.exchanges.enter('u1')
    await taken(one)
    one.exchanges.pin('u1', 'x00002', true)
    expect(one.exchanges.held('u1').exchanges).toBe(700)
    one.exchanges.limit({ days: 0, exchanges: 10, bytes: 1e9 })
    await vi.waitFor(() => expect(one.exchanges.held('u1').exchanges).toBe(10), 5_000)
    expect(numbers(one)).toEqual([699, 698, 697, 696, 695, 694, 693, 692, 691, 2])
    expect(ids(one, 'invo')).toEqual(['x00697', 'x00694', 'x00691'])
    await vi.waitFor(() => expect(segments(one).reduce((sum, each) => sum + each, 0)).toBe(10), 5_000)
    await vi.waitFor(() => {
      expect(one.history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(20)
    }, 5_000)
  })

  it('let what is too old go', async () => {
    const day = 86_400_000
    const one = store(100 * day)
    for (const [number, at] of [
      [1, 9 * day],
      [2, 11 * day],
      [3, 99 * day],
    ] as const)
      one.exchanges.add(recordOf(number, { at }), undefined)
    await one.exchanges.enter('u1')
    expect(numbers(one)).toEqual([3, 2, 1])
    one.exchanges.limit({ days: 90, exchanges: 10, bytes: 1e9 })
    await vi.waitFor(() => expect(numbers(one)).toEqual([3, 2]))
  })

  it('are kept to by size', async () => {
    const one = store()
    fill(one, 50)
    await one.exchanges.enter('u1')
    const { bytes } = one.exchanges.held('u1')
    one.exchanges.limit({ days: 0, exchanges: 1_000, bytes: bytes / 2 })
    await vi.waitFor(() => expect(one.exchanges.held('u1').bytes).toBeLessThanOrEqual(bytes / 2))
    const left = numbers(one).length
    expect(left).toBeGreaterThanOrEqual(24)
    one.exchanges.add(recordOf(50), bodyOf(50))
    expect(numbers(one).length).toBeLessThanOrEqual(left)
  })
})

describe('a long history', () => {
  const many = 1_300
  const visible = ({ exchanges }: Store) => exchanges.page('u1', 2_000).length
  const cleared = { id: 'b1', userId: 'u1', kind: 'history', name: 'All', deletedAt: 1 } as const
  const rest = ({ history }: Store) => history.prepare('SELECT count(*) FROM moves').pluck().get()

  it('is cleared at once and moved in the background, and comes back so', async () => {
    const store = sealedHistory(databaseWithUsers())
    fill(store, many)
    await taken(store)
    expect(store.bin.discardAll(cleared)).toBe(true)
    expect([visible(store), ids(store, 'orders'), store.exchanges.get('u1', 'x00001')]).toEqual([
      0,
      [],
      undefined,
    ])
    store.exchanges.add(recordOf(2_000), undefined)
    expect(visible(store)).toBe(1)
    await vi.waitFor(() => expect(rest(store)).toBe(0), 10_000)
    expect(visible(store)).toBe(1)
    expect(store.exchanges.held('u1').exchanges).toBe(1)
    expect(store.bin.restore('u1', 'b1')).toBe('restored')
    await vi.waitFor(() => expect(visible(store)).toBe(many + 1), 10_000)
    expect(store.bin.list('u1')).toEqual([])
  })

  it('comes back where it was not moved yet, and is erased where it was not', async () => {
    const store = sealedHistory(databaseWithUsers())
    fill(store, many)
    store.bin.discardAll(cleared)
    store.bin.restore('u1', 'b1')
    expect(visible(store)).toBe(many)
    await vi.waitFor(() => expect(rest(store)).toBe(0), 10_000)
    expect(visible(store)).toBe(many)
    store.bin.discardAll(cleared)
    store.exchanges.add(recordOf(2_000), undefined)
    store.bin.erase('u1', 'b1')
    expect([visible(store), store.bin.list('u1')]).toEqual([1, []])
    await vi.waitFor(() => expect(rest(store)).toBe(0), 10_000)
    expect(store.history.prepare('SELECT id FROM exchanges').pluck().all()).toEqual(['x02000'])
    await vi.waitFor(() => {
      expect(store.history.prepare('SELECT count(*) FROM parts').pluck().get()).toBe(1)
    }, 10_000)
  })

  it('goes on being cleared after a crash', async () => {
    const db = databaseWithUsers(temporaryFolder())
    const box = openBox()
    const first = sealedHistory(db, { onDisk: true, box })
    fill(first, many)
    first.bin.discardAll(cleared)
    first.history.close()
    const next = sealedHistory(db, { onDisk: true, box })
    expect(visible(next)).toBe(0)
    await next.exchanges.enter('u1')
    await vi.waitFor(() => expect(rest(next)).toBe(0), 10_000)
    expect(next.history.prepare('SELECT count(*) FROM exchanges WHERE bin_id IS NULL').pluck().get()).toBe(0)
  })
})
