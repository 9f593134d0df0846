import type { UnlockFailures } from '../guard/slow-down.ts'

/** What wraps a vault key: the keyring, the password, or both, one inside the other. */
export type Guard = 'keyring' | 'password' | 'both'

/** A wrapped vault key as it is stored. */
export interface VaultKeyRecord {
  /** 32 hexadecimal digits; sealed fields name their key by it. */
  id: string
  userId: string
  /** One key of a user is current. Those set aside only open what they sealed. */
  state: 'current' | 'set-aside'
  guard: Guard
  /** The keyring's backend at the time of wrapping; absent where the password alone wraps. */
  backend?: string
  /** PHC string of the password that wraps; absent where the keyring alone wraps. */
  passwordHash?: string
  wrapped: Uint8Array
  checkValue: Uint8Array
  createdAt: number
}

/** Wrapped keys of all users. All writes are durable when they return. */
export interface VaultKeyStore {
  list(userId: string): VaultKeyRecord[]
  /** Which key is current: asked before anything is sealed. */
  currentId(userId: string): string | undefined
  add(record: VaultKeyRecord): void
  /** Replaces how a key is wrapped, in one write. */
  rewrap(record: VaultKeyRecord): void
  /** Sets the current key aside, so that another can become current; it is never deleted. */
  setAside(userId: string): void
  /** Deletes a key that no sealed field names anymore. */
  remove(userId: string, id: string): void
  failures(userId: string): UnlockFailures
  /** Counts a wrong password; survives a restart. */
  saveFailures(userId: string, failures: UnlockFailures): void
  /** Runs the writes of `work` in one transaction: all of them, or none where it throws. `isFirst`: the profile is empty,
   *  so that damage to the log could lose nothing but this. */
  atomically<T>(work: () => T, isFirst?: boolean): T
}
