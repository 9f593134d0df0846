import type { ExchangeSummary } from '@contract/requests.ts'
import { dayKey } from '../../../lib/format.ts'

/** One row of the list: a heading or an exchange. */
export type ListRow =
  | { kind: 'heading'; id: string; day: number }
  | { kind: 'exchange'; id: string; exchange: ExchangeSummary }

/** The history under a heading for each day. */
export function listRows(history: readonly ExchangeSummary[]): ListRow[] {
  const rows: ListRow[] = []
  let day = ''
  for (const exchange of history) {
    const key = dayKey(exchange.at)
    if (key !== day) rows.push({ kind: 'heading', id: key, day: exchange.at })
    day = key
    rows.push({ kind: 'exchange', id: exchange.id, exchange })
  }
  return rows
}
