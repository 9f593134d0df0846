import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'
import { unhurried } from '../unhurried.ts'
import { inSteps } from './in-steps.ts'
import type { Rows } from './rows.ts'

/** `in`: into the bin; `back`: out of it; `erase`: out of the history with an entry of the bin; `key`, `user`: with all that
 *  has this key, or this user. */
type Kind = 'in' | 'back' | 'erase' | 'key' | 'user'

/** Rows that are moved at once. */
export const movedAtOnce = 500
/** Rows that are dropped in one turn. */
const droppedAtOnce = 100

interface Parts {
  rows: Rows
  /** Rows are listed again, or not any more. */
  changed: () => void
  /** Exchanges of an entry are gone. */
  erased: (userId: string) => void
}

/** Moves many exchanges, some at a time, whatever happens in between: what is to be moved is written down first, with the
 *  last row that belongs to it. */
export function createMoves(history: Database, { rows, changed, erased }: Parts) {
  const next = history.prepare('SELECT * FROM moves ORDER BY until, id LIMIT 1')
  const note = history.prepare('INSERT OR REPLACE INTO moves (id, user_id, kind, until) VALUES (?, ?, ?, ?)')
  const known = history.prepare('SELECT until FROM moves WHERE id = ?').pluck()
  const done = history.prepare('DELETE FROM moves WHERE id = ?')
  const hidden = history
    .prepare("SELECT coalesce(max(until), 0) FROM moves WHERE user_id = ? AND kind IN ('in', 'erase', 'key')")
    .pluck()
  const putSome = history.prepare(`
    UPDATE exchanges SET bin_id = @id WHERE number IN (
      SELECT number FROM exchanges WHERE user_id = @userId AND bin_id IS NULL AND number <= @until
      ORDER BY at, id LIMIT ${movedAtOnce})`)
  const backSome = history.prepare(`
    UPDATE exchanges SET bin_id = NULL WHERE number IN (
      SELECT number FROM exchanges WHERE bin_id = @id ORDER BY number DESC LIMIT ${movedAtOnce})`)
  const within = history.prepare(
    `SELECT number, id, stored FROM exchanges WHERE bin_id = @id LIMIT ${droppedAtOnce}`,
  )
  const left = history.prepare(`
    SELECT number, id, stored FROM exchanges WHERE user_id = @userId AND bin_id IS NULL AND number <= @until
    ORDER BY at, id LIMIT ${droppedAtOnce}`)
  const ofKey = history.prepare(
    `SELECT number, id, stored FROM exchanges WHERE user_id = @userId AND key_id = @id LIMIT ${droppedAtOnce}`,
  )
  const ofUser = history.prepare(
    `SELECT number, id, stored FROM exchanges WHERE user_id = @userId LIMIT ${droppedAtOnce}`,
  )

  interface Move {
    id: string
    userId: string
    kind: Kind
    until: number
  }
  const hiddenOf = new Map<string, number>()

  /** Does some of it; returns whether that was all. */
  const some: Record<Kind, (move: Move) => boolean> = {
    in: (move) => putSome.run(move).changes < movedAtOnce,
    back: ({ id }) => backSome.run({ id }).changes < movedAtOnce,
    erase: ({ id, userId, until }) =>
      drop(userId, within.all({ id })) && drop(userId, left.all({ userId, until })),
    key: ({ id, userId }) => drop(userId, ofKey.all({ id, userId })),
    user: ({ userId }) => drop(userId, ofUser.all({ userId })),
  }
  function drop(userId: string, some: readonly unknown[]): boolean {
    rows.drop(userId, some)
    return some.length === 0
  }
  const steps = inSteps(history, () =>
    unhurried(history, () => {
      const row = next.get()
      if (row === undefined) return false
      const read = readRow(history, row)
      const move: Move = {
        id: read.text('id'),
        userId: read.text('user_id'),
        kind: read.oneOf('kind', ['in', 'back', 'erase', 'key', 'user']),
        until: read.number('until'),
      }
      const isLast = some[move.kind](move)
      changed()
      if (!isLast) return true
      done.run(move.id)
      hiddenOf.delete(move.userId)
      if (move.kind !== 'in' && move.kind !== 'back') erased(move.userId)
      return true
    }),
  )

  return {
    /** To be called in a transaction; it is done after it. `until`: the last row that belongs to it. */
    note(kind: Kind, userId: string, id: string, until = 0): void {
      note.run(id, userId, kind, until)
      hiddenOf.delete(userId)
      void steps.run()
    },
    /** Up to which row it goes, where it is being moved into the bin. */
    untilOf: (id: string): number | undefined => known.get(id) as number | undefined,
    /** Rows of a user up to this one are in no list any more, whether they were moved already or not. */
    hiddenUntil(userId: string): number {
      const found = hiddenOf.get(userId) ?? (hidden.get(userId) as number)
      hiddenOf.set(userId, found)
      return found
    },
    run: steps.run,
  }
}

export type Moves = ReturnType<typeof createMoves>
