/** Redirects that are looked at within one second. Any page can make the browser send them. */
const lookedAt = 100
/** Redirects without a sign-in that are recorded and told within ten seconds. */
const told = 5

const second = 1_000
const tenSeconds = 10_000

/** Counts redirects, so that a flood of them costs nothing but itself. Those that belong to a sign-in are always taken, as
 *  long as they can be looked at. */
export function createCallbackFlood(now: () => number) {
  const seen: number[] = []
  const strays: number[] = []
  return {
    /** Whether one more may be looked at. */
    mayLook: () => take(seen, now(), second, lookedAt),
    /** Whether one more that belongs to nothing may be recorded and told. */
    mayTell: () => take(strays, now(), tenSeconds, told),
  }
}

function take(times: number[], now: number, span: number, most: number): boolean {
  // The clock can be set back: what lies ahead of it counts no more.
  while (times.length > 0 && !within(times[0] ?? 0, now, span)) times.shift()
  if (times.length >= most) return false
  times.push(now)
  return true
}

function within(time: number, now: number, span: number): boolean {
  return time <= now && now - time < span
}
