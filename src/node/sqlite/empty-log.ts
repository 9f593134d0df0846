import type { Database } from './database.ts'
import { explained } from './explained.ts'
import { countOn, noteGeneration } from './generation.ts'

/** When the log is emptied: before the write answers, as soon as no one waits for it, or with the next that matters. */
type When = 'at once' | 'soon' | 'with the next'

/** Runs writes that matter in one transaction: they are counted (`generation.ts`), and do not stay in the log. Inside a
 *  transaction, that one's end does both. */
export function lastingly<T>(db: Database, work: () => T, when: When = 'at once'): T {
  if (db.inTransaction) return work()
  const answer = db
    .transaction(() => {
      const done = work()
      countOn(db)
      return done
    })
    .immediate()
  if (when === 'soon') settleSoon(db)
  else if (when === 'at once') settle(db)
  else noteGeneration(db)
  return answer
}

/** After a transaction that counted on by itself. */
export function settle(db: Database): void {
  emptyLog(db)
  noteGeneration(db)
}

const due = new WeakSet<Database>()

/** One turn later, once for all writes of this turn: the commit is on the disk already. */
function settleSoon(db: Database): void {
  if (due.has(db)) return
  due.add(db)
  setImmediate(() => {
    due.delete(db)
    if (!db.open) return // Closing empties the log, too.
    try {
      settle(db)
    } catch {
      // As in emptyLog.
    }
  })
}

/** Writes the log back into the database and leaves it empty. SQLite reads a log up to the first bit that is wrong and
 *  forgets all commits behind it silently; what must not be lost that way does not stay there. Does nothing
 *  inside a transaction, or while someone else reads: the commit is on the disk all the same, and the next call
 *  takes it along. */
export function emptyLog(db: Database): void {
  if (db.inTransaction) return
  const patience = Number(db.pragma('busy_timeout', { simple: true }))
  try {
    db.pragma('busy_timeout = 0')
    // FULL would leave the old frames: damaged, they would be in front of newer pages of the database.
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // A full or failing disk tells of itself where something is written.
  } finally {
    db.pragma(`busy_timeout = ${patience}`)
  }
}

/** The same store, whose methods of these names write what matters. */
export function emptyLogAfter<Store extends object>(
  db: Database,
  store: Store,
  names: (keyof Store)[],
  when: When = 'at once',
): Store {
  const wrapped = names.map((name) => {
    const method = store[name] as (...args: unknown[]) => unknown
    return [name, (...args: unknown[]) => lastingly(db, () => method(...args), when)]
  })
  return explained(db, { ...store, ...Object.fromEntries(wrapped) } as Store)
}
