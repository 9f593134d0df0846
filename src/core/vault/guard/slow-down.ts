/** Wrong passwords in a row, and when the last one came. */
export interface UnlockFailures {
  count: number
  lastAt: number
}

const free = 3
const longest = 15 * 60_000

/** Milliseconds to wait before the next password is looked at: none after the first three wrong ones, then 2 s,
 *  doubled each time up to 15 minutes. A clock that was set back never makes the wait longer than that. */
export function waitBeforeNext({ count, lastAt }: UnlockFailures, now: number): number {
  if (count <= free) return 0
  const pause = Math.min(longest, 1_000 * 2 ** Math.min(count - free, 30))
  return Math.min(pause, Math.max(0, lastAt + pause - now))
}
