import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'

export interface HistoryLimits {
  exchanges: number
  bytes: number
}

interface Told {
  /** These are in no list any more. */
  gone: (userId: string) => void
  /** Called in the same transaction for each. */
  dropped: (id: string) => void
}

/** What a history holds, and how it keeps to its limits. What is in the bin is counted apart. */
export function createRows(history: Database, limits: HistoryLimits, { gone, dropped }: Told) {
  const usage = history.prepare('SELECT rows, bytes FROM held WHERE user_id = ?')
  const oldest = history.prepare(`
    SELECT number, id, stored FROM exchanges WHERE user_id = ? AND bin_id IS NULL AND pinned = 0 ORDER BY at, id LIMIT ?`)
  const unwant = history.prepare('INSERT OR REPLACE INTO unwanted (exchange_id, from_part) VALUES (?, 0)')
  const remove = history.prepare('DELETE FROM exchanges WHERE id = ?')
  const note = history.prepare('INSERT OR REPLACE INTO search_gone (number, soon) VALUES (?, ?)')

  function usageOf(userId: string): { rows: number; bytes: number } {
    const row = usage.get(userId)
    if (row === undefined) return { rows: 0, bytes: 0 }
    const read = readRow(history, row)
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

  /** Lets the oldest go until so much more has room; returns whether any went. */
  function trim(userId: string, more: { rows: number; bytes: number }): boolean {
    let { rows, bytes } = usageOf(userId)
    const before = rows
    while (rows > 0 && (rows + more.rows > limits.exchanges || bytes + more.bytes > limits.bytes)) {
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
    trim: (userId: string): boolean => trim(userId, { rows: 0, bytes: 0 }),
    hasRoom: (userId: string, size: number): boolean => {
      const { rows, bytes } = usageOf(userId)
      return rows < limits.exchanges && bytes + size <= limits.bytes
    },
  }
}

export type Rows = ReturnType<typeof createRows>
