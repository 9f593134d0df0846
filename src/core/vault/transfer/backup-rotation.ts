const day = 86_400_000

/** Which backups stay (milliseconds since 1970, any order): the newest three, the newest of each of the last
 *  seven days that have one, and of each of the last four weeks that have one. */
export function backupsToKeep(times: readonly number[]): number[] {
  const newestFirst = [...new Set(times)].sort((a, b) => b - a)
  function newestOfEach(length: number, count: number): number[] {
    const seen = new Map<number, number>()
    for (const time of newestFirst) {
      const period = Math.floor(time / length)
      if (!seen.has(period) && seen.size < count) seen.set(period, time)
    }
    return [...seen.values()]
  }
  const keep = new Set([...newestFirst.slice(0, 3), ...newestOfEach(day, 7), ...newestOfEach(7 * day, 4)])
  return newestFirst.filter((time) => keep.has(time))
}

/** Whether a backup is due: none yet, the newest is a day old, or the clock was set back behind it. */
export function isBackupDue(times: readonly number[], now: number): boolean {
  const newest = Math.max(...times)
  return times.length === 0 || now - newest >= day || newest > now + day
}
