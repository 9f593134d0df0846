import type { ExchangeRecord } from '../../../core/records/model.ts'

type Summary = Omit<ExchangeRecord, 'view'>
type Key = Pick<Summary, 'at' | 'id'>

/** A row of a list: as it is stored until someone looks at it. */
type Entry = Key & ({ row: unknown } | { summary: Summary })

/** What lists and search look through: read once after an unlock, each row opened when it is first looked at, and kept in
 *  memory up to the lock. */
export function createListing(
  readAll: (userId: string) => (Key & { row: unknown })[],
  open: (row: unknown) => Summary,
) {
  const known = new Map<string, Entry[]>()

  /** Oldest first: the newest is added most often. */
  function of(userId: string): Entry[] {
    const all = known.get(userId) ?? readAll(userId)
    known.set(userId, all)
    return all
  }
  function openAt(all: Entry[], at: number): Summary[] {
    const entry = all[at]
    if (entry === undefined) return []
    if ('summary' in entry) return [entry.summary]
    const summary = open(entry.row)
    all[at] = { at: entry.at, id: entry.id, summary }
    return [summary]
  }
  /** How many come before this key. */
  function rank(all: readonly Key[], key: Key): number {
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(all[middle], key)) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    /** Newest first. */
    page(userId: string, limit: number, before?: Key): Summary[] {
      const all = of(userId)
      const end = before === undefined ? all.length : rank(all, before)
      const start = Math.max(0, end - limit)
      return Array.from({ length: end - start }, (_, index) => openAt(all, end - 1 - index)).flat()
    },
    /** Opens rows that no one looked at yet, newest first, up to that time; returns whether any are left. */
    openSome(userId: string, until: number): boolean {
      const all = known.get(userId) ?? []
      for (let at = all.length - 1; at >= 0; at -= 1) {
        if (performance.now() >= until) return true
        openAt(all, at)
      }
      return false
    },
    /** Reads what is stored of a user, sealed as it is. */
    read: (userId: string): void => void of(userId),
    add(summary: Summary): void {
      const { at, id } = summary
      const all = known.get(summary.userId)
      all?.splice(rank(all, summary), 0, { at, id, summary })
    },
    change(userId: string, id: string, change: Partial<Summary>): void {
      const all = known.get(userId) ?? []
      const place = all.findIndex((each) => each.id === id)
      const [summary] = openAt(all, place)
      if (summary) all[place] = { at: summary.at, id, summary: { ...summary, ...change } }
    },
    remove(userId: string, keys: readonly Key[]): void {
      const all = known.get(userId)
      if (!all) return
      for (const key of keys) {
        const at = rank(all, key)
        if (all[at]?.id === key.id) all.splice(at, 1)
      }
    },
    forget: (): void => known.clear(),
  }
}

/** As SQLite orders: by time, then by the identifier's bytes. */
function isBefore(one: Key | undefined, other: Key): boolean {
  if (one === undefined) return false
  return one.at < other.at || (one.at === other.at && one.id < other.id)
}
