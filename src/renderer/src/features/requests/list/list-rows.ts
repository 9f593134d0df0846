import type { ExchangeSummary, SavedRequest, UnreadableRequest } from '@contract/requests.ts'
import { dayKey } from '../../../lib/format.ts'
import type { SavedRows } from './saved-rows.ts'
import { matchesSearch } from '../drafts.ts'

/** One row of the list: a heading, a saved request or an exchange. */
export type ListRow =
  | { kind: 'heading'; id: string; day: number | null }
  | { kind: 'saved'; id: string; request: SavedRequest }
  | { kind: 'unreadable'; id: string; request: UnreadableRequest }
  | { kind: 'exchange'; id: string; exchange: ExchangeSummary }

/** Saved requests that match, at their end those that cannot be read, then the history under a heading for each day. */
export function listRows(
  { saved, unreadable }: SavedRows,
  history: readonly ExchangeSummary[],
  search: string,
): ListRow[] {
  const rows: ListRow[] = []
  const matching = saved.filter((request) => matchesSearch(search.trim(), request))
  const named = unreadable.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  if (matching.length + named.length > 0) rows.push({ kind: 'heading', id: 'saved', day: null })
  for (const request of matching) rows.push({ kind: 'saved', id: request.id, request })
  for (const request of named) rows.push({ kind: 'unreadable', id: request.id, request })
  let day = ''
  for (const exchange of history) {
    const key = dayKey(exchange.at)
    if (key !== day) rows.push({ kind: 'heading', id: key, day: exchange.at })
    day = key
    rows.push({ kind: 'exchange', id: exchange.id, exchange })
  }
  return rows
}
