import type { Database } from '../database.ts'
import type { Clock } from '../../../core/records/ports.ts'
import { readRow } from '../stores/rows/row.ts'

export interface HistoryLimits {
  exchanges: number
  bytes: number
  /** Days since it was sent; 0, or nothing, for any. */
  days?: number
}

interface Told {
  /** These are in no list any more. */
  gone: (userId: string) => void
  /** Called in the same transaction for each. */
  dropped: (id: string) => void
}

/** Rows that are let go in one turn. */
const atOnce = 100
const day = 86_400_000

/** What a history holds, and how it keeps to its limits. What is in the bin is counted apart. */
export function createRows(history: Database, clock: Clock, given: HistoryLimits, { gone, dropped }: Told) {
  let limits = given
  const usage = history.prepare(
    "SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(bytes), 0) AS bytes FROM held WHERE user_id = ? AND bin_id = ''",
  )
  const oldest = history.prepare(`
    SELECT number, id, stored FROM exchanges WHERE user_id = ? AND bin_id IS NULL AND pinned = 0 ORDER BY at, id LIMIT ?`)
  const outdated = history.prepare(`
    SELECT number, id, stored FROM exchanges INDEXED BY exchanges_newest
    WHERE user_id = ? AND bin_id IS NULL AND pinned = 0 AND at < ? ORDER BY at, id LIMIT ?`)
  const unwant = history.prepare('INSERT OR REPLACE INTO unwanted (exchange_id, from_part) VALUES (?, 0)')
  const remove = history.prepare('DELETE FROM exchanges WHERE id = ?')
  const note = history.prepare('INSERT OR REPLACE INTO search_gone (number, soon) VALUES (?, ?)')

  function usageOf(userId: string): { rows: number; bytes: number } {
    const read = readRow(history, usage.get(userId))
    return { rows: read.number('rows'), bytes: read.number('bytes') }
  }

  /** Takes exchanges away, with the only keys of their parts; the parts follow in steps. `soon`: their words go with the
   *  next step, too, and not with others. */
  function drop(userId: string, rows: readonly unknown[], soon = true): { rows: number; bytes: number } {
    let bytes = 0
    for (const row of rows) {
      const read = readRow(history, row)
      const id = read.text('id')
      bytes += read.number('stored')
      note.run(read.number('number'), soon ? 1 : 0)
      unwant.run(id)
      remove.run(id)
      dropped(id)
    }
    if (rows.length > 0) gone(userId)
    return { rows: rows.length, bytes }
  }

  /** Lets the oldest go until so much more has room, or as many went as are let go at once; returns whether any went. */
  function trim(userId: string, more: { rows: number; bytes: number }): boolean {
    let { rows, bytes } = usageOf(userId)
    const before = rows
    while (
      rows > 0 &&
      before - rows < atOnce &&
      (rows + more.rows > limits.exchanges || bytes + more.bytes > limits.bytes)
    ) {
      // As many as are too many, and one at a time where it is their size.
      const many = Math.max(1, Math.min(100, rows + more.rows - limits.exchanges))
      const went = drop(userId, oldest.all(userId, many), false)
      if (went.rows === 0) break
      rows -= went.rows
      bytes -= went.bytes
    }
    return rows < before
  }

  return {
    drop,
    makeRoom: (userId: string, bytes: number): boolean => trim(userId, { rows: 1, bytes }),
    /** Lets some go that are too old or too many; returns whether there may be more. */
    trimSome: (userId: string): boolean => {
      const oldest = limits.days ? clock.now() - limits.days * day : undefined
      const went = oldest === undefined ? 0 : drop(userId, outdated.all(userId, oldest, atOnce), false).rows
      return trim(userId, { rows: 0, bytes: 0 }) || went > 0
    },
    limit: (wanted: HistoryLimits): void => void (limits = wanted),
    held: (userId: string): { exchanges: number; bytes: number } => {
      const { rows, bytes } = usageOf(userId)
      return { exchanges: rows, bytes }
    },
    trim: (userId: string): boolean => trim(userId, { rows: 0, bytes: 0 }),
    hasRoom: (userId: string, size: number): boolean => {
      const { rows, bytes } = usageOf(userId)
      return rows < limits.exchanges && bytes + size <= limits.bytes
    },
  }
}

export type Rows = ReturnType<typeof createRows>
