import { expect, it } from 'vitest'
import { createHistorySearch } from '../../../../../src/core/app/history/history-search.ts'
import type { ExchangeRecord } from '../../../../../src/core/records/model.ts'

type Dependencies = Parameters<typeof createHistorySearch>[0]

const searched = 200
const rows = Array.from({ length: searched * 5 }, (_, index): Omit<ExchangeRecord, 'view'> => {
  const at = searched * 5 - index
  return {
    id: `x${at}`,
    userId: 'u1',
    at,
    method: 'GET',
    url: `https://api.example/${at === 1 ? 'rare' : 'usual'}`,
  }
})

/** A history whose rows take so many milliseconds, 200 of them, to be looked up. */
const historyOf = (pageTakes: number, duringWait: () => void = () => undefined) => {
  const state = { now: 0, user: 'u1', longest: 0, turnBegan: 0, opened: 0 }
  const noteTurn = () => (state.longest = Math.max(state.longest, state.now - state.turnBegan))
  const history = createHistorySearch({
    clock: { now: () => 1_000_000 },
    session: () => ({ user: { id: state.user } }),
    exchanges: {
      searchable: () => Promise.resolve(7),
      *find(_userId: string, plan: { after: number }) {
        for (const [index, row] of rows.entries()) {
          if (row.at < plan.after) return
          if (index % searched === 0) {
            state.now += pageTakes
            noteTurn()
          }
          yield { row, whole: false }
        }
      },
      get: () => void (state.opened += 1),
    },
    elapsed: () => state.now,
    wait: () => {
      duringWait()
      state.turnBegan = state.now
      return Promise.resolve()
    },
  } as unknown as Dependencies)
  return { history, state }
}

it('gives others a turn between the pages of a search', async () => {
  const { history, state } = historyOf(8)
  expect(await history.search(5, 'rare', undefined)).toMatchObject({ rows: [{ id: 'x1' }], waiting: 7 })
  expect(state.longest).toBeLessThanOrEqual(16)
})

it('waits for no one where rows are open already', async () => {
  const { history } = historyOf(1, () => expect.fail('waited'))
  expect((await history.search(5, 'rare', undefined)).rows).toMatchObject([{ id: 'x1' }])
})

it('answers nothing to a search during which another user came in', async () => {
  const { history, state } = historyOf(20, () => (state.user = 'u2'))
  expect((await history.search(5, 'usual nothing-like-it', undefined)).rows).toEqual([])
  expect((await history.search(300, 'usual', undefined)).rows).toHaveLength(300)
})

it('looks no further back than asked', async () => {
  const { history, state } = historyOf(1)
  expect((await history.search(5, 'after:1970-01-02 usual', undefined)).rows).toEqual([])
  expect(state.now).toBe(0)
})
