const day = 86_400_000

/** Bytes of all copies together, at most; the newest of each kind stays whatever its size. */
export const backupsLimit = 1024 * 1024 * 1024

const copyKinds = ['routine', 'beforeRestore', 'beforeUpdate'] as const
type CopyKind = (typeof copyKinds)[number]

/** Which backups stay (times in milliseconds since 1970, any order): the newest three, the newest of each of the last
 *  seven days that have one, and of each of the last four weeks that have one. Where they are too large together, the
 *  oldest go. */
export function backupsToKeep(backups: readonly { at: number; size: number }[]): number[] {
  const sizes = new Map(backups.map(({ at, size }) => [at, size]))
  const newestFirst = [...sizes.keys()].sort((a, b) => b - a)
  function newestOfEach(length: number, count: number): number[] {
    const seen = new Map<number, number>()
    for (const time of newestFirst) {
      const period = Math.floor(time / length)
      if (!seen.has(period) && seen.size < count) seen.set(period, time)
    }
    return [...seen.values()]
  }
  const keep = new Set([...newestFirst.slice(0, 3), ...newestOfEach(day, 7), ...newestOfEach(7 * day, 4)])
  let total = 0
  return newestFirst.filter((time, index) => {
    if (!keep.has(time)) return false
    total += sizes.get(time) ?? 0
    return index === 0 || total <= backupsLimit
  })
}

/** Which backups stay, and which copies that were kept before a restore and before an update, where all of them together
 *  count: the oldest go first, of whichever kind, and never the newest of a kind. */
export function copiesToKeep(
  copies: Record<CopyKind, readonly { at: number; size: number }[]>,
): Record<CopyKind, Set<number>> {
  const stays = new Set(backupsToKeep(copies.routine))
  const kept = {
    routine: new Set<number>(),
    beforeRestore: new Set<number>(),
    beforeUpdate: new Set<number>(),
  }
  const all = copyKinds
    .flatMap((kind) => copies[kind].map(({ at, size }) => ({ at, size, kind })))
    .filter(({ at, kind }) => kind !== 'routine' || stays.has(at))
    .sort((a, b) => b.at - a.at)
  let total = 0
  for (const { at, size, kind } of all) {
    total += size
    if (total <= backupsLimit || kept[kind].size === 0) kept[kind].add(at)
  }
  return kept
}

/** Whether a backup is due: none yet, the newest is a day old, or the clock was set back behind it. */
export function isBackupDue(times: readonly number[], now: number): boolean {
  const newest = Math.max(...times)
  return times.length === 0 || now - newest >= day || newest > now + day
}
