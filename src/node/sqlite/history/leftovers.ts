import { binTime } from '@contract/tables/bin-kinds'
import type { Clock } from '../../../core/records/ports.ts'
import type { HistoryKeys } from '../../../core/vault/box/history-keys.ts'
import type { Database } from '../database.ts'
import { movedAtOnce, type Moves } from './moves.ts'
import type { Rows } from './rows.ts'

interface Parts {
  keys: HistoryKeys
  clock: Clock
  rows: Rows
  moves: Moves
  /** Rows were dropped: what they leave is swept. */
  swept: () => void
}

/** What nothing can open any more, in the file of the history. `db` is the database, which knows the users. */
export function createLeftovers(db: Database, history: Database, { keys, clock, rows, moves, swept }: Parts) {
  const ofKey = history.prepare('SELECT number, id, stored FROM exchanges WHERE user_id = ? AND key_id = ?')
  const ofUser = history.prepare('SELECT number, id, stored FROM exchanges WHERE user_id = ?')
  const newestOf = history.prepare(`
    SELECT user_id AS id, max(
      coalesce((SELECT max(at) FROM exchanges e WHERE e.user_id = held.user_id AND e.bin_id IS NULL), 0),
      coalesce((SELECT max(deleted_at) FROM bin b WHERE b.user_id = held.user_id), 0)) AS at
    FROM (SELECT DISTINCT user_id FROM held) held`)
  const isUser = db.prepare('SELECT 1 FROM users WHERE id = ?')
  const clearBin = history.prepare('DELETE FROM bin WHERE user_id = ?')
  const clearEmptyBin = history.prepare(`
    DELETE FROM bin WHERE user_id = ? AND NOT EXISTS (SELECT 1 FROM held WHERE held.bin_id = bin.id)
      AND NOT EXISTS (SELECT 1 FROM moves WHERE moves.id = bin.id)`)
  const clearNote = history.prepare('DELETE FROM cleared WHERE user_id = ?')
  const countOfUser = history.prepare('SELECT coalesce(sum(rows), 0) FROM held WHERE user_id = ?').pluck()
  const countOfKey = history
    .prepare('SELECT coalesce(sum(rows), 0) FROM held WHERE user_id = ? AND key_id = ?')
    .pluck()
  const lastOf = history.prepare('SELECT coalesce(max(number), 0) FROM exchanges').pluck()
  const cleared = history.prepare('SELECT at FROM cleared WHERE user_id = ?').pluck()
  const entryOf = history
    .prepare("SELECT id FROM bin WHERE user_id = ? AND kind = 'history' AND deleted_at = ?")
    .pluck()

  const dropUser = history.transaction((userId: string) => {
    const count = countOfUser.get(userId) as number
    if (count > movedAtOnce) moves.note('user', userId, userId)
    else rows.drop(userId, ofUser.all(userId))
    clearBin.run(userId)
    clearNote.run(userId)
    return count
  })
  const dropDead = history.transaction((userId: string, dead: readonly string[]) => {
    let dropped = 0
    for (const keyId of dead) {
      const count = countOfKey.get(userId, keyId) as number
      dropped += count
      // Those that open are hidden, too, where there are any, until these are gone.
      if (count > movedAtOnce) moves.note('key', userId, keyId, lastOf.get() as number)
      else if (count > 0) rows.drop(userId, ofKey.all(userId, keyId))
    }
    clearEmptyBin.run(userId)
    return dropped
  })

  return {
    /** Takes away what an earlier run sealed with a key that was in memory only. What belongs to a user who is not in
     *  this database may belong to one who was there before a backup was restored: it stays for as long as anything
     *  deleted. Returns whether anything went. */
    clear(userId: string): boolean {
      let dropped = dropDead.immediate(userId, keys.discardDead(userId))
      const now = clock.now()
      for (const { id, at } of newestOf.all() as { id: string; at: number }[])
        if (at < now - binTime && isUser.get(id) === undefined) dropped += dropUser.immediate(id)
      if (dropped > 0) swept()
      return dropped > 0
    },
    removeUser(userId: string): void {
      dropUser.immediate(userId)
      swept()
    },
    /** Whether what was stored in plain at this time was deleted since, and in which entry of the bin it goes. */
    deletedIn(userId: string, at: number): { binId: string | undefined } | undefined {
      const until = cleared.get(userId) as number | undefined
      if (until === undefined || at > until) return undefined
      return { binId: entryOf.get(userId, until) as string | undefined }
    },
  }
}
