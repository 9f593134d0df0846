import { z } from 'zod'
import type { Failure } from './result.ts'

/** What protects the secrets at rest, said truthfully. */
export interface Protection {
  kind: 'keyring' | 'password' | 'both' | 'memory'
  /** The backend's own name, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  backend: string
  /** Short, for the status bar. */
  label: string
  /** What it protects against and what not. */
  says: string
}

/** Why the app is locked. `password`: it was started and a password guards the vault. */
export type LockReason = 'password' | 'by-hand' | 'idle' | 'screen-lock' | 'suspend'

/** A user as the lock screen and the settings show him. */
export interface UserView {
  id: string
  username: string
  /** What guards the vault; `memory` where nothing is stored. */
  guard: Protection['kind']
  createdAt: number
  lastUnlockAt?: number
  /** After wrong passwords: when the next one is looked at. */
  waitUntil?: number
}

/** Whether someone works with Gatehouse, and who. */
export interface LockView {
  /** Another one after every lock, unlock and change of user: what the page knew before is to be forgotten. */
  session: string
  locked: boolean
  reason?: LockReason
  user: { id: string; username: string }
  users: UserView[]
  /** There are keys that were set aside, with secrets under them. */
  setAside?: true
  /** The vault could not be opened as it should: why, and what to do. Stored secrets are kept. */
  trouble?: Failure
}

/** When the app locks by itself. */
export interface LockSettings {
  /** Minutes without a keystroke or mouse move; 0 is never. */
  idleMinutes: number
  onScreenLock: boolean
}

export interface LockSettingsView extends LockSettings {
  /** Nothing on this system tells when the screen locks. */
  screenLockUnseen?: true
}

export const username = z.string().min(1).max(200)

export const guard = z.enum(['keyring', 'password', 'both'])
