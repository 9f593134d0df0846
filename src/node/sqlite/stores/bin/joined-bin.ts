import type { BinKind } from '@contract/bin'
import type { BinStore } from '../../../../core/records/bin-store.ts'

/** What the file of the history keeps deleted itself: it must not reach the database or its backups. */
const ofHistory: ReadonlySet<BinKind> = new Set(['exchange', 'history'])

/** The bin of the database and that of the history as one. */
export function joinBins(database: BinStore, history: BinStore): BinStore {
  const keeperOf = (kind: BinKind): BinStore => (ofHistory.has(kind) ? history : database)
  return {
    discard: (record, ids) => keeperOf(record.kind).discard(record, ids),
    discardAll: (record) => keeperOf(record.kind).discardAll(record),
    list: (userId) =>
      [...database.list(userId).filter(({ kind }) => !ofHistory.has(kind)), ...history.list(userId)].sort(
        (one, other) => other.deletedAt - one.deletedAt,
      ),
    restore: (userId, id) => {
      const outcome = history.restore(userId, id)
      return outcome === 'unknown' ? database.restore(userId, id) : outcome
    },
    erase: (userId, id) => {
      history.erase(userId, id)
      database.erase(userId, id)
    },
    eraseAll: (userId) => {
      history.eraseAll(userId)
      database.eraseAll(userId)
    },
    eraseOlder: (userId, before) => history.eraseOlder(userId, before) + database.eraseOlder(userId, before),
    eraseBrief: (userId, before) => history.eraseBrief(userId, before) + database.eraseBrief(userId, before),
  }
}
