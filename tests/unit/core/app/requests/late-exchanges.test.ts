import { expect, it } from 'vitest'
import { createLateExchanges } from '../../../../../src/core/app/requests/late-exchanges.ts'
import type { ExchangeRecord } from '../../../../../src/core/records/model.ts'
import type { ExchangeStore } from '../../../../../src/core/records/ports.ts'
import { expectedFailure } from '../../../../../src/core/text/expected-failure.ts'

const record = (id: string): ExchangeRecord => ({
  id,
  userId: 'u',
  at: 1,
  method: 'GET',
  url: '/',
  view: '{}',
})
const long = new Uint8Array(300_000)

function setUp(refuse?: Error) {
  const added: string[] = []
  const timers: (() => void)[] = []
  let changes = 0
  const store = {
    add: ({ id }: ExchangeRecord) => {
      if (refuse) throw refuse
      added.push(id)
    },
    page: () => added.map(record),
    body: () => undefined,
    get: (_user: string, id: string) => (added.includes(id) ? record(id) : undefined),
  } as unknown as ExchangeStore
  const late = createLateExchanges({
    exchanges: store,
    after: (_milliseconds, then) => {
      timers.push(then)
      return () => timers.splice(timers.indexOf(then), 1)
    },
    changed: () => (changes += 1),
  })
  return { late, added, timers, changes: () => changes }
}

it('writes a long body later, and tells that it is there', () => {
  const { late, added, timers, changes } = setUp()
  late.add(record('a'), long)
  late.add(record('b'), long)
  expect([added, timers.length]).toEqual([[], 1])
  timers[0]?.()
  expect([added, timers.length, changes()]).toEqual([['a', 'b'], 0, 2])
})

it('writes at once what is short, after what waits', () => {
  const { late, added, timers } = setUp()
  late.add(record('a'), long)
  late.add(record('b'), new Uint8Array(10))
  late.add(record('c'), undefined)
  expect([added, timers.length]).toEqual([['a', 'b', 'c'], 0])
})

it('has for whoever reads what waits', () => {
  const { late } = setUp()
  late.add(record('a'), long)
  expect(late.get('u', 'a')?.id).toBe('a')
  expect(late.get('somebody else', 'a')).toBeUndefined()
  late.add(record('b'), long)
  expect(late.page('u', 10)).toHaveLength(2)
})

it('gives out ranges of a body that waits', () => {
  const { late, added } = setUp()
  late.add(
    record('a'),
    Uint8Array.from(long, (_, at) => at % 251),
  )
  expect(late.body('u', 'a', 250, 3)).toEqual({ bytes: Uint8Array.of(250, 0, 1), total: 300_000 })
  expect(late.body('u', 'a', 299_999, 3)?.bytes).toHaveLength(1)
  expect(late.body('somebody else', 'a', 0, 3)).toBeUndefined()
  expect(added).toEqual([])
})

it('remembers why a body was not taken', () => {
  const { late, timers } = setUp(expectedFailure({ code: 'disk_full', message: 'The disk is full.' }))
  late.add(record('a'), long)
  timers[0]?.()
  expect(late.lost('a')).toMatchObject({ code: 'disk_full' })
  expect(late.lost('b')).toBeUndefined()
})
