import { unreadableExchangeTable, type UnreadableExchange } from '@contract/tables/unreadable-exchanges'
import type { Database } from '../database.ts'
import { StorageError } from '../failure.ts'
import { readRow } from '../stores/rows/row.ts'
import type { createHeads } from './heads.ts'
import type { Body, Parts } from './parts.ts'

interface Needed {
  heads: ReturnType<typeof createHeads>
  parts: Parts
  /** A body that is not whole on the disk yet. */
  waiting: (id: string) => Body | undefined
  hiddenUntil: (userId: string) => number
}

/** Rows of the history, and what they open. */
export function createOpened(history: Database, { heads, parts, waiting: waitingBody, hiddenUntil }: Needed) {
  const one = history.prepare('SELECT * FROM exchanges WHERE user_id = ? AND id = ? AND bin_id IS NULL')
  const isWhole = history.prepare(`
    SELECT 1 FROM parts WHERE exchange_id = ? AND part = 1
      AND NOT EXISTS (SELECT 1 FROM unwanted WHERE unwanted.exchange_id = parts.exchange_id)`)

  /** Throws where it does not open. */
  function openRow(row: unknown) {
    const { summary, key, bodySize } = heads.open(row)
    if (key === undefined) throw new StorageError(failureOf(summary.errorCode as UnreadableExchange))
    const { userId, id } = summary
    return { row, summary, bodySize, owner: { userId, id, key } }
  }
  /** Outside the bin, and not on its way there. */
  function rowOf(userId: string, id: string): unknown {
    const row = one.get(userId, id)
    if (row === undefined) return undefined
    return readRow(history, row).number('number') > hiddenUntil(userId) ? row : undefined
  }
  /** Throws where it is there and does not open. */
  function openHead(userId: string, id: string): ReturnType<typeof openRow> | undefined {
    const row = rowOf(userId, id)
    return row === undefined ? undefined : openRow(row)
  }

  /** What is there of a body so far. */
  function bodyIn(
    { row, owner, bodySize: total }: ReturnType<typeof openRow>,
    offset: number,
    length: number,
  ): { bytes: Uint8Array; total: number } | undefined {
    const waiting = waitingBody(owner.id)
    if (waiting)
      return {
        bytes: Uint8Array.from(waiting.subarray(offset, offset + length)),
        total: waiting.byteLength,
      }
    if (total === undefined) return undefined
    if (readRow(history, row).optionalNumber('body_size') === undefined) {
      // Cut short by a crash, it is not there.
      if (isWhole.get(owner.id) === undefined) return undefined
      throw new StorageError(failureOf('exchange_damaged'))
    }
    return { bytes: parts.readBody(owner, offset, length, total), total }
  }

  return { rowOf, openRow, openHead, bodyIn }
}

function failureOf(code: UnreadableExchange) {
  return { code, ...unreadableExchangeTable[code] }
}
