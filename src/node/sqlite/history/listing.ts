import type { ExchangeRecord } from '../../../core/records/model.ts'
import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'

type Summary = Omit<ExchangeRecord, 'view'>
type Key = Pick<Summary, 'at' | 'id'>

/** Rows that stay opened in memory, up to the lock. */
const keptRows = 5_000

/** What lists and search look through: rows are read by key, a page at a time, and opened when they are first looked at. */
export function createListing(
  history: Database,
  open: (row: unknown) => Summary,
  hiddenUntil: (userId: string) => number,
) {
  const newest = history
    .prepare(
      `SELECT id FROM exchanges INDEXED BY exchanges_newest WHERE user_id = ? AND bin_id IS NULL
       ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .pluck()
  const older = history
    .prepare(
      `SELECT id FROM exchanges INDEXED BY exchanges_newest
       WHERE user_id = ? AND bin_id IS NULL AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .pluck()
  const pinned = history
    .prepare(
      `SELECT id FROM exchanges INDEXED BY exchanges_pinned
       WHERE user_id = ? AND bin_id IS NULL AND pinned = 1 AND (at, id) < (?, ?)
       ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .pluck()
  /** While most are on their way to the bin: the few others, by their numbers. */
  const others = history
    .prepare(
      `SELECT id FROM exchanges NOT INDEXED WHERE number > ? AND user_id = ? AND bin_id IS NULL AND (at, id) < (?, ?)
       ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .pluck()
  const one = history.prepare('SELECT * FROM exchanges WHERE id = ?')
  const byNumber = history.prepare(
    'SELECT * FROM exchanges WHERE number = ? AND user_id = ? AND bin_id IS NULL',
  )
  interface Known {
    number: number
    summary: Summary
  }
  const known = new Map<string, Known>()
  const numbers = new Map<number, Known>()

  function forget(id: string): void {
    const found = known.get(id)
    if (found === undefined) return
    known.delete(id)
    numbers.delete(found.number)
  }
  function opened(row: unknown): Summary {
    const summary = open(row)
    const entry = { number: readRow(history, row).number('number'), summary }
    known.set(summary.id, entry)
    numbers.set(entry.number, entry)
    if (known.size > keptRows) {
      const [oldest] = known.keys()
      if (oldest !== undefined) forget(oldest)
    }
    return summary
  }
  function summaries(ids: unknown[]): Summary[] {
    return (ids as string[]).flatMap((id) => {
      const earlier = known.get(id)
      if (earlier) return [earlier.summary]
      const row = one.get(id)
      return row === undefined ? [] : [opened(row)]
    })
  }

  return {
    /** Newest first. */
    page: (userId: string, limit: number, before?: Key): Summary[] => {
      const hidden = hiddenUntil(userId)
      if (hidden > 0) {
        const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: '' }
        return summaries(others.all(hidden, userId, at, id, limit))
      }
      return summaries(
        before === undefined ? newest.all(userId, limit) : older.all(userId, before.at, before.id, limit),
      )
    },
    /** The same, of what is pinned. */
    pinned: (userId: string, limit: number, before: Key): Summary[] =>
      summaries(pinned.all(userId, before.at, before.id, limit)).filter(
        ({ id }) => (known.get(id)?.number ?? 0) > hiddenUntil(userId),
      ),
    /** A row outside the bin. */
    numbered(userId: string, number: number): Summary | undefined {
      if (number <= hiddenUntil(userId)) return undefined
      const earlier = numbers.get(number)
      if (earlier?.summary.userId === userId) return earlier.summary
      const row = byNumber.get(number, userId)
      return row === undefined ? undefined : opened(row)
    },
    /** It is read again. */
    changed: forget,
    forget: (): void => {
      known.clear()
      numbers.clear()
    },
  }
}
