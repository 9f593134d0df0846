import { expect, it } from 'vitest'
import { createLateExchanges } from '../../../../../src/core/app/requests/late-exchanges.ts'
import type { ExchangeRecord } from '../../../../../src/core/records/model.ts'
import type { ExchangeEntry, ExchangeStore } from '../../../../../src/core/records/ports.ts'
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
  const together: string[][] = []
  const faults: { refuse: Error | undefined } = { refuse }
  const timers: (() => void)[] = []
  let changes = 0
  const store = {
    add: ({ id }: ExchangeRecord) => {
      if (faults.refuse) throw faults.refuse
      added.push(id)
    },
    addAll: (entries: readonly ExchangeEntry[]) => {
      if (faults.refuse) throw faults.refuse
      const ids = entries.map(({ record }) => record.id)
      together.push(ids)
      added.push(...ids)
    },
    page: () => added.map(record),
    body: () => undefined,
    get: (_user: string, id: string) => (added.includes(id) ? record(id) : undefined),
    summary: (_user: string, id: string) => (added.includes(id) ? record(id) : undefined),
  } as unknown as ExchangeStore
  const late = createLateExchanges({
    exchanges: store,
    after: (_milliseconds, then) => {
      timers.push(then)
      return () => timers.splice(timers.indexOf(then), 1)
    },
    changed: () => (changes += 1),
  })
  return { late, added, together, timers, faults, changes: () => changes }
}

it('writes a long body later, and tells that it is there', () => {
  const { late, added, timers, changes } = setUp()
  late.add(record('a'), long)
  late.add(record('b'), long)
  expect([added, timers.length]).toEqual([[], 1])
  timers[0]?.()
  expect([added, timers.length, changes()]).toEqual([['a', 'b'], 0, 1])
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

const short = new Uint8Array(10)

it('writes what a run sends together, before someone tells of it', () => {
  const { late, added, together, timers, changes } = setUp()
  late.add(record('a'), short, true)
  late.add(record('b'), undefined, true)
  expect([added, timers.length]).toEqual([[], 1])
  expect(late.get('u', 'b')?.id).toBe('b')
  expect(late.body('u', 'a', 0, 3)).toMatchObject({ total: 10 })
  expect(late.body('u', 'b', 0, 3)).toBeUndefined()
  late.flush()
  expect([together, timers.length, changes()]).toEqual([[['a', 'b']], 0, 1])
  late.flush()
  expect(changes()).toBe(1)
})

it('lets no more wait than a moment takes', () => {
  const { late, added } = setUp()
  for (let number = 0; number < 33; number += 1) late.add(record(String(number)), short, true)
  expect(added).toHaveLength(33)
  late.add(record('next'), short, true)
  expect(added).toHaveLength(33)
})

it('writes one by one what is not taken together, and says so at the next one', () => {
  const { late, added, faults } = setUp()
  late.add(record('a'), short, true)
  late.add(record('b'), short, true)
  faults.refuse = expectedFailure({ code: 'disk_full', message: 'The disk is full.' })
  late.flush()
  expect(['a', 'b'].map((id) => late.lost(id)?.code)).toEqual(['disk_full', 'disk_full'])
  expect(() => late.add(record('c'), short, true)).toThrow('The disk is full.')
  expect(() => late.add(record('d'), short, true)).toThrow('The disk is full.')
  faults.refuse = undefined
  late.add(record('e'), short, true)
  expect(added).toEqual(['e'])
  late.add(record('f'), short, true)
  expect(added).toEqual(['e'])
})

it('does not put off what a run sends alone, with a body that is on the disk', () => {
  const { late, added } = setUp()
  late.add(record('a'), Object.assign(new Uint8Array(10), { whole: Promise.resolve() }), true)
  expect(added).toEqual(['a'])
})

it('lets those who ask too early wait until it has come, was refused, or too long', async () => {
  const { late, timers } = setUp()
  const seen: string[] = []
  const wait = (id: string, name: string) => late.coming('u', id).then(() => void seen.push(name))
  const all = [wait('a', 'first'), wait('a', 'second'), wait('b', 'never')]
  await Promise.resolve()
  expect([seen, timers.length]).toEqual([[], 3])
  late.add(record('a'), new Uint8Array(10))
  await Promise.all(all.slice(0, 2))
  expect([seen, timers.length]).toEqual([['first', 'second'], 1])
  timers[0]?.()
  await all[2]
  await wait('a', 'later')
  late.add(record('c'), long)
  await wait('c', 'held')
  expect(seen).toEqual(['first', 'second', 'never', 'later', 'held'])

  const full = setUp(new Error('no room'))
  const refused = full.late.coming('u', 'a')
  expect(() => full.late.add(record('a'), undefined)).toThrow('no room')
  await refused
  expect(full.timers).toEqual([])
})
