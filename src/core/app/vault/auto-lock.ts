import { defined } from '@contract/defined'
import { ok, type Result } from '@contract/result'
import type { LockReason, LockSettings, LockSettingsView } from '@contract/vault'

/** What the system tells about the person at the computer. */
export interface Presence {
  /** Seconds since the last keystroke or mouse move anywhere. */
  idleSeconds: () => number
  /** Calls back whenever the screen locks, until it is stopped; `sees`: whether the system tells of it at all. */
  watchScreenLock: (then: () => void) => { sees: () => Promise<boolean>; stop: () => void }
  onSuspend: (then: () => void) => void
}

interface Dependencies {
  presence: Presence
  settings: { get: () => LockSettings; set: (settings: LockSettings) => void }
  /** Calls back every so many milliseconds; returns how to stop it. */
  every: (milliseconds: number, then: () => void) => () => void
  isLocked: () => boolean
  lock: (why: LockReason) => Promise<unknown>
}

/** How often the idle time is looked at, in milliseconds. */
const lookEvery = 10_000

/** Locks by itself: after idle time, when the screen locks, when the computer sleeps. A vault without a
 *  password does not lock (see `createSessions`), as nothing would keep anyone out. */
export function createAutoLock({ presence, settings, every, isLocked, lock }: Dependencies) {
  let watch: ReturnType<Presence['watchScreenLock']> | undefined
  function unlessLocked(why: LockReason) {
    if (!isLocked()) void lock(why)
  }
  const stop = every(lookEvery, () => {
    const { idleMinutes } = settings.get()
    if (idleMinutes > 0 && presence.idleSeconds() >= idleMinutes * 60) unlessLocked('idle')
  })
  /** Listens for as long as it is wanted: it may cost a process. */
  function watchAsSet(): void {
    if (settings.get().onScreenLock) watch ??= presence.watchScreenLock(() => unlessLocked('screen-lock'))
    else {
      watch?.stop()
      watch = undefined
    }
  }
  watchAsSet()
  presence.onSuspend(() => {
    if (settings.get().onScreenLock) unlessLocked('suspend')
  })
  async function view(): Promise<Result<LockSettingsView>> {
    const unseen = watch !== undefined && !(await watch.sees())
    return ok({ ...settings.get(), ...defined({ screenLockUnseen: unseen ? (true as const) : undefined }) })
  }
  return {
    read: view,
    save(wanted: LockSettings): Promise<Result<LockSettingsView>> {
      settings.set(wanted)
      watchAsSet()
      return view()
    },
    close(): void {
      stop()
      watch?.stop()
    },
  }
}
