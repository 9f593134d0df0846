import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'

export interface HistoryLimits {
  exchanges: number
  bytes: number
}

interface Told {
  /** These are in no list any more. */
  gone: (userId: string, keys: { id: string; at: number }[]) => void
  /** Called in the same transaction for each. */
  dropped: (id: string) => void
}

/** What a history holds, and how it keeps to its limits. What is in the bin is counted apart. */
export function createRows(history: Database, limits: HistoryLimits, { gone, dropped }: Told) {
  const usage = history.prepare(`
    SELECT count(*) AS rows, coalesce(sum(stored), 0) AS bytes FROM exchanges
    WHERE user_id = ? AND bin_id IS NULL`)
  const oldest = history.prepare(`
    SELECT id, at, stored FROM exchanges WHERE user_id = ? AND bin_id IS NULL AND pinned = 0 ORDER BY at, id LIMIT ?`)
  const unwant = history.prepare('INSERT OR REPLACE INTO unwanted (exchange_id, from_part) VALUES (?, 0)')
  const remove = history.prepare('DELETE FROM exchanges WHERE id = ?')

  /** Counting 2,000 rows at every sending would cost a millisecond. */
  const held = new Map<string, { rows: number; bytes: number }>()
  function usageOf(userId: string): { rows: number; bytes: number } {
    const known = held.get(userId)
    if (known) return known
    const read = readRow(history, usage.get(userId))
    return { rows: read.number('rows'), bytes: read.number('bytes') }
  }

  /** Takes exchanges away, with the only keys of their parts; the parts follow in steps. */
  function drop(userId: string, rows: readonly unknown[]): { rows: number; bytes: number } {
    const going = rows.map((row) => {
      const read = readRow(history, row)
      return { id: read.text('id'), at: read.number('at'), stored: read.number('stored') }
    })
    for (const { id } of going) {
      unwant.run(id)
      remove.run(id)
      dropped(id)
    }
    gone(userId, going)
    held.delete(userId)
    return { rows: going.length, bytes: going.reduce((sum, { stored }) => sum + stored, 0) }
  }

  /** Lets the oldest go until so much more has room; returns whether any went. */
  function trim(userId: string, more: { rows: number; bytes: number }): boolean {
    let { rows, bytes } = usageOf(userId)
    const before = rows
    while (rows > 0 && (rows + more.rows > limits.exchanges || bytes + more.bytes > limits.bytes)) {
      // As many as are too many, and one at a time where it is their size.
      const many = Math.max(1, Math.min(100, rows + more.rows - limits.exchanges))
      const went = drop(userId, oldest.all(userId, many))
      if (went.rows === 0) break
      rows -= went.rows
      bytes -= went.bytes
    }
    held.set(userId, { rows: rows + more.rows, bytes: bytes + more.bytes })
    return rows < before
  }

  return {
    drop,
    makeRoom: (userId: string, bytes: number): boolean => trim(userId, { rows: 1, bytes }),
    trim: (userId: string): boolean => trim(userId, { rows: 0, bytes: 0 }),
    hasRoom: (userId: string, size: number): boolean => {
      const { rows, bytes } = usageOf(userId)
      return rows < limits.exchanges && bytes + size <= limits.bytes
    },
    /** Counts again where it is asked next. */
    forget: (): void => held.clear(),
  }
}

export type Rows = ReturnType<typeof createRows>
