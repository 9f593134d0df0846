import { expect, it } from 'vitest'
import { createExchangeHistory } from '../../../../../src/core/app/requests/exchange-history.ts'
import { createLateExchanges } from '../../../../../src/core/app/requests/late-exchanges.ts'
import type { ExchangeRecord } from '../../../../../src/core/records/model.ts'

it('gives a body out that came before its exchange was written down', async () => {
  const records: ExchangeRecord[] = []
  const timers: (() => void)[] = []
  const find = (_user: string, id: string) => records.find((each) => each.id === id)
  const exchanges = createLateExchanges({
    exchanges: {
      add: (record: ExchangeRecord) => void records.push(record),
      get: find,
      summary: find,
      body: () => undefined,
    } as unknown as Parameters<typeof createLateExchanges>[0]['exchanges'],
    after: (_milliseconds, then) => {
      timers.push(then)
      return () => timers.splice(timers.indexOf(then), 1)
    },
    changed: () => undefined,
  })
  const bytes = new TextEncoder().encode('a long body')
  const shelved = Object.assign(bytes.slice(), { whole: Promise.resolve(), done: () => undefined })
  const history = createExchangeHistory({
    session: () => ({ user: { id: 'u' } }),
    exchanges,
    longBodies: {
      shelved: (id: string) => (id === 'a' || id === 'gone' ? shelved : undefined),
      state: (id: string) => ({ id, received: 11, size: 11, whole: true }),
    },
  } as unknown as Parameters<typeof createExchangeHistory>[0])

  const asked = Promise.all([history.openWhole('a'), history.openWhole('a')])
  await Promise.resolve()
  exchanges.add({ id: 'a', userId: 'u', at: 1, method: 'GET', url: '/', view: '{}' }, undefined)
  for (const body of await asked) expect(body).toMatchObject({ url: '/', total: 11 })
  expect(timers).toEqual([])

  const gone = history.openWhole('gone')
  await expect.poll(() => timers.length).toBe(1)
  timers[0]?.()
  expect(await gone).toBeUndefined()
  expect(await history.openWhole('never there')).toBeUndefined()
})
