/** The playground's clock, in milliseconds; the admin API can move it. */
export type Clock = {
  now: () => number
  /** How far it is ahead, in seconds. */
  offsetSeconds: () => number
  move: (seconds: number) => void
  restore: () => void
}

/**
 * oidc-provider and its libraries ask `Date.now`, so moving the clock replaces that: for a process that is the
 * playground alone.
 */
export function createClock(now: (() => number) | undefined): Clock {
  const real = Date.now
  let offset = 0
  function move(seconds: number): void {
    offset = seconds * 1000
    Date.now = offset === 0 ? real : () => real() + offset
  }
  return {
    now: now ?? (() => Date.now()),
    offsetSeconds: () => offset / 1000,
    move,
    restore: () => move(0),
  }
}
