import type { Database } from './database.ts'

/** Writes the log back into the database and leaves it empty. SQLite reads a log up to the first bit that is wrong and
 *  forgets all commits behind it without a word; what must not be lost that way does not stay there. Does nothing
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

/** The same store; the log is emptied after its methods of these names. */
export function emptyLogAfter<Store extends object>(
  db: Database,
  store: Store,
  names: (keyof Store)[],
): Store {
  const wrapped = names.map((name) => {
    const method = store[name] as (...args: unknown[]) => unknown
    return [
      name,
      (...args: unknown[]) => {
        const answer = method(...args)
        emptyLog(db)
        return answer
      },
    ]
  })
  return { ...store, ...Object.fromEntries(wrapped) } as Store
}
