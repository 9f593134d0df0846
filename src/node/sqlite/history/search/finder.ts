import type { HistoryPlan } from '../../../../core/records/history-plan.ts'
import type { ExchangeStore, FoundExchange } from '../../../../core/records/ports.ts'
import type { createListing } from '../listing.ts'
import type { SearchIndex } from './search-index.ts'

const pageSize = 200

/** Looks a plan up where it is quickest: in the list where times are all it has, among what is pinned, or by its words and
 *  fields. */
export function createFinder(
  listing: ReturnType<typeof createListing>,
  index: SearchIndex,
): ExchangeStore['find'] {
  function* listed(
    page: typeof listing.pinned,
    userId: string,
    { after, before }: HistoryPlan,
    from: { at: number; id: string } | undefined,
    whole: boolean,
  ): Generator<FoundExchange | undefined> {
    let key = { at: Number.MAX_SAFE_INTEGER, id: '' }
    for (const each of [from, before === Infinity ? undefined : { at: Math.ceil(before), id: '' }])
      if (each && each.at < key.at) key = each
    for (;;) {
      const rows = page(userId, pageSize, key)
      for (const row of rows) {
        if (row.at < after) return
        yield { row, whole }
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) return
      key = { at: last.at, id: last.id }
      yield undefined
    }
  }

  return function* find(userId, plan, from) {
    if (plan.pinned) {
      yield* listed(listing.pinned, userId, plan, from, false)
      return
    }
    if (plan.beginnings.length + plan.fields.length + plan.took.length === 0) {
      yield* listed(listing.page, userId, plan, from, true)
      return
    }
    for (const found of index.find(userId, plan, from)) {
      if (found === undefined) {
        yield undefined
        continue
      }
      const rows = found.flatMap(({ number }) => listing.numbered(userId, number) ?? [])
      rows.sort((one, other) => (one.id < other.id ? 1 : -1))
      for (const row of rows)
        if (from === undefined || row.at < from.at || (row.at === from.at && row.id < from.id))
          yield { row, whole: true }
    }
  }
}
