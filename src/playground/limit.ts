const minuteMs = 60_000
const mostKeys = 10_000

export type Limit = {
  /** Counts one; answers the seconds to wait where that was too many. */
  take: (key: string) => number
  /** The seconds to wait before the next; 0 where it may come. Counts nothing. */
  waitOf: (key: string) => number
}

/** So many a minute for each key, in windows that begin with the first; 0 for no limit. */
export function createLimit(perMinute: number, now: () => number): Limit {
  const windows = new Map<string, { since: number; count: number }>()

  function windowOf(key: string) {
    const window = windows.get(key)
    const at = now()
    return window && at - window.since < minuteMs && at >= window.since ? window : undefined
  }
  const secondsLeft = (since: number) => Math.max(1, Math.ceil((since + minuteMs - now()) / 1000))

  return {
    take: (key) => {
      if (perMinute === 0) return 0
      const window = windowOf(key)
      if (window) {
        window.count += 1
        return window.count > perMinute ? secondsLeft(window.since) : 0
      }
      windows.delete(key)
      windows.set(key, { since: now(), count: 1 })
      const oldest = windows.keys().next()
      if (windows.size > mostKeys && !oldest.done) windows.delete(oldest.value)
      return 0
    },
    waitOf: (key) => {
      const window = windowOf(key)
      return perMinute > 0 && window && window.count >= perMinute ? secondsLeft(window.since) : 0
    },
  }
}
