/** How often a password may be guessed: after three wrong ones each further try costs twice the wait, up to a minute. */
export type SignInThrottle = {
  /** Seconds to wait before this username may be tried again; 0 when it may be tried now. */
  waitSeconds: (username: string) => number
  failed: (username: string) => void
  succeeded: (username: string) => void
  clear: () => void
}

const freeTries = 3
const longestWaitSeconds = 60
const maximumNames = 1000

/** Kept in memory by username, known or not, so that it does not tell which names exist. */
export function createSignInThrottle(now: () => number): SignInThrottle {
  const failures = new Map<string, { count: number; until: number }>()
  const keyOf = (username: string) => username.normalize('NFKC').toLowerCase()
  return {
    waitSeconds: (username) => {
      const until = failures.get(keyOf(username))?.until ?? 0
      return Math.max(0, Math.ceil((until - now()) / 1000))
    },
    failed: (username) => {
      const key = keyOf(username)
      const count = (failures.get(key)?.count ?? 0) + 1
      const wait = count < freeTries ? 0 : Math.min(2 ** (count - freeTries), longestWaitSeconds)
      failures.delete(key)
      failures.set(key, { count, until: now() + wait * 1000 })
      const oldest = failures.keys().next()
      if (failures.size > maximumNames && !oldest.done) failures.delete(oldest.value)
    },
    succeeded: (username) => void failures.delete(keyOf(username)),
    clear: () => failures.clear(),
  }
}
