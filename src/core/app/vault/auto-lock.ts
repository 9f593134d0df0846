import { ok, type Result } from '@contract/result'
import type { LockReason, LockSettings } from '@contract/vault'

/** What the system tells about the person at the computer. */
export interface Presence {
  /** Seconds since the last keystroke or mouse move anywhere. */
  idleSeconds: () => number
  onScreenLock: (then: () => void) => void
  onSuspend: (then: () => void) => void
}

interface Dependencies {
  presence: Presence
  settings: { get: () => LockSettings; set: (settings: LockSettings) => void }
  /** Calls back every so many milliseconds; answers how to stop it. */
  every: (milliseconds: number, then: () => void) => () => void
  isLocked: () => boolean
  lock: (why: LockReason) => Promise<unknown>
}

/** How often the idle time is looked at, in milliseconds. */
const lookEvery = 10_000

/** Locks by itself: after idle time, when the screen locks, when the computer sleeps. A vault without a
 *  password does not lock (see `createSessions`), as nothing would keep anybody out. */
export function createAutoLock({ presence, settings, every, isLocked, lock }: Dependencies) {
  function unlessLocked(why: LockReason) {
    if (!isLocked()) void lock(why)
  }
  const stop = every(lookEvery, () => {
    const { idleMinutes } = settings.get()
    if (idleMinutes > 0 && presence.idleSeconds() >= idleMinutes * 60) unlessLocked('idle')
  })
  presence.onScreenLock(() => {
    if (settings.get().onScreenLock) unlessLocked('screen-lock')
  })
  presence.onSuspend(() => {
    if (settings.get().onScreenLock) unlessLocked('suspend')
  })
  return {
    read: (): Result<LockSettings> => ok(settings.get()),
    save(wanted: LockSettings): Result<LockSettings> {
      settings.set(wanted)
      return ok(settings.get())
    },
    close: stop,
  }
}
