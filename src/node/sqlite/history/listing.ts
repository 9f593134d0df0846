import type { ExchangeRecord } from '../../../core/records/model.ts'

type Summary = Omit<ExchangeRecord, 'view'>
type Key = Pick<Summary, 'at' | 'id'>

/** What lists and search look through: opened once after an unlock, and kept in memory up to the lock. */
export function createListing(readAll: (userId: string) => Summary[]) {
  const opened = new Map<string, Summary[]>()

  /** Oldest first: the newest is added most often. */
  function of(userId: string): Summary[] {
    const known = opened.get(userId)
    if (known) return known
    const all = readAll(userId)
    opened.set(userId, all)
    return all
  }
  /** How many come before this key. */
  function rank(all: readonly Summary[], key: Key): number {
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
      return all.slice(Math.max(0, end - limit), end).reverse()
    },
    add(summary: Summary): void {
      const all = opened.get(summary.userId)
      all?.splice(rank(all, summary), 0, summary)
    },
    change(userId: string, id: string, change: Partial<Summary>): void {
      const all = opened.get(userId)
      const at = all?.findIndex((each) => each.id === id) ?? -1
      const found = all?.[at]
      if (all && found) all[at] = { ...found, ...change }
    },
    remove(userId: string, keys: readonly Key[]): void {
      const all = opened.get(userId)
      if (!all) return
      for (const key of keys) {
        const at = rank(all, key)
        if (all[at]?.id === key.id) all.splice(at, 1)
      }
    },
    forget: (): void => opened.clear(),
  }
}

/** As SQLite orders: by time, then by the identifier's bytes. */
function isBefore(one: Key | undefined, other: Key): boolean {
  if (one === undefined) return false
  return one.at < other.at || (one.at === other.at && one.id < other.id)
}
