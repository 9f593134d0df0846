import { z } from 'zod'
import type { Protection } from '@contract/vault'
import { call } from './call.ts'
import { id, nothing } from '@contract/limits'
import { keptPageLimit } from '@contract/words'
import { type UserView, type LockView, type LockSettingsView, username, guard } from '@contract/vault'

const password = z.string().min(1).max(1024)

export const vaultCalls = {
  'vault:state': call(nothing).returns<LockView>(),
  /** Locks at once: keys are wiped, pages cleared. Code: `lock_needs_password` where nothing would keep
   *  anyone out. */
  'vault:lock': call(nothing).returns<LockView>(),
  /** Keeps in memory, sealed, what the page wants to show again after an unlock: its tabs. */
  'page:keep': call(z.object({ text: z.string().max(keptPageLimit) }).strict()).returns<null>(),
  /** What `page:keep` was last given by this user; null where nothing was. */
  'page:kept': call(nothing).returns<{ text: string | null }>(),
  /** Codes: `password_required`, `password_wrong`, `password_wait`, `user_unknown`. */
  'vault:unlock': call(z.object({ userId: id, password: password.optional() }).strict()).returns<LockView>(),
  /** Tries the keyring again after trouble. */
  'vault:retry': call(nothing).returns<LockView>(),
  /** Gives up on a key that cannot be had; what it sealed is kept. */
  'vault:set-aside': call(nothing).returns<LockView>(),
  /** Tries to bring back what keys that were set aside had sealed; they may have had a password of their own.
   *  Codes: `nothing_to_recover`, `vault_in_memory`, `password_*`, `keyring_*`. */
  'vault:recover': call(z.object({ password: password.optional() }).strict()).returns<{
    resealed: number
    left: number
  }>(),
  /** Sets, changes or removes the password. */
  'vault:guard': call(
    z.object({ guard, password: password.optional(), newPassword: z.string().max(1024).optional() }).strict(),
  ).returns<{ protection: Protection }>(),
  /** Makes a new key and seals everything again. */
  'vault:rotate': call(z.object({ password: password.optional() }).strict()).returns<{
    resealed: number
    left: number
  }>(),
  'vault:lock-settings': call(
    z.object({ idleMinutes: z.number().int().min(0).max(1440), onScreenLock: z.boolean() }).strict(),
  ).returns<LockSettingsView>(),
  'vault:read-lock-settings': call(nothing).returns<LockSettingsView>(),
  'users:create': call(z.object({ username, password: password.optional() }).strict()).returns<UserView>(),
  'users:rename': call(z.object({ id, username }).strict()).returns<LockView>(),
  /** Permanently. Proof: the name as shown, and the password where there is one. */
  'users:remove': call(
    z.object({ id, username, password: password.optional() }).strict(),
  ).returns<LockView>(),
}
