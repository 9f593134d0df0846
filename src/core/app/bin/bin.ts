import type { BinEntry, BinKind } from '@contract/bin'
import { binBriefTime, binKindTable, binTime } from '@contract/tables/bin-kinds'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { BinRecord, BinStore } from '../../records/bin-store.ts'
import type { Clock } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  bin: BinStore
  /** Something of this kind came back. Answers whether its content was in memory only, and is gone. */
  restored: (kind: BinKind) => boolean
  /** Told of everything that was deleted. */
  deleted: (entry: BinEntry) => void
  changed: () => void
}

/** What is deleted: the name under which the bin shows it. */
export interface Discarded {
  kind: BinKind
  name: string
  detail?: string | undefined
}

/** Deleted things: 30 days in the bin, where they are restored or deleted permanently. Accounts stay for an hour, as their
 *  tokens still count at the provider, and so does history. Codes: `bin_unknown`, `bin_conflict`,
 *  `bin_lost`. */
export function createBin({ session, clock, newId, bin, restored, deleted, changed }: Dependencies) {
  function record({ kind, name, detail }: Discarded): BinRecord {
    const userId = session().user.id
    return { id: newId(), userId, kind, name, ...defined({ detail }), deletedAt: clock.now() }
  }
  function sweep(): void {
    const userId = session().user.id
    const now = clock.now()
    bin.eraseOlder(userId, now - binTime)
    bin.eraseBrief(userId, now - binBriefTime)
  }
  function told(entry: BinRecord): void {
    changed()
    deleted(toEntry(entry))
  }

  return {
    /** Moves these into the bin, as one thing. */
    discard(what: Discarded, ids: readonly string[]): void {
      const entry = record(what)
      if (bin.discard(entry, ids)) told(entry)
    },
    /** Moves all of a kind into the bin. */
    discardAll(what: Discarded): void {
      const entry = record(what)
      if (bin.discardAll(entry)) told(entry)
    },
    list(): Result<BinEntry[]> {
      sweep()
      return ok(bin.list(session().user.id).map(toEntry))
    },
    restore({ id }: { id: string }): Result<BinEntry> {
      sweep()
      const userId = session().user.id
      const entry = bin.list(userId).find((each) => each.id === id)
      const outcome = entry ? bin.restore(userId, id) : 'unknown'
      if (!entry || outcome === 'unknown')
        return fail('bin_unknown', 'This is no longer in the bin.', 'Check what the bin contains.')
      if (outcome === 'conflict')
        return fail(
          'bin_conflict',
          `“${entry.name}” cannot be restored: something else has taken its place, or what it belonged to was deleted too.`,
          'Restore what it belonged to first, or rename what now has its name.',
        )
      const isLost = restored(entry.kind)
      changed()
      return isLost
        ? fail(
            'bin_lost',
            `“${entry.name}” cannot be restored: this vault has no password or keyring, so it was in memory only.`,
            'Set a password in Settings › User & vault to keep such things over a restart.',
          )
        : ok(toEntry(entry))
    },
    erase({ id }: { id: string }): Result<null> {
      bin.erase(session().user.id, id)
      changed()
      return ok(null)
    },
    empty(): Result<null> {
      bin.eraseAll(session().user.id)
      changed()
      return ok(null)
    },
    /** Deletes permanently what has stayed long enough. */
    sweep,
  }
}

export type Bin = ReturnType<typeof createBin>

function toEntry({ id, kind, name, detail, deletedAt }: BinRecord): BinEntry {
  const goesAt = deletedAt + binKindTable[kind].keptFor
  const accountsUntil = kind === 'connection' ? deletedAt + binBriefTime : undefined
  return { id, kind, name, deletedAt, goesAt, ...defined({ detail, accountsUntil }) }
}
