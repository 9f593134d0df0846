import type { Result } from '@contract/result'
import type { User } from '../domain/shared/model.ts'
import { guardVault, type GuardParts } from '../domain/vault/guard-vault.ts'
import { openVault } from '../domain/vault/open-vault.ts'
import { createUser, type UserRegistry } from '../domain/vault/users.ts'

interface Dependencies extends GuardParts {
  users: UserRegistry
  newId: () => string
}

/** Makes a user; one with a password gets a vault that it guards, at once, or is not made at all.
 *  Codes: those of `createUser`, `openVault` and `guardVault`. */
export const createGuardedUser = async (
  need: Dependencies,
  { username, password }: { username: string; password?: string | undefined },
): Promise<Result<User>> => {
  const made = createUser(need, username)
  if (!made.ok || password === undefined) return made
  const opened = await openVault(made.value.id, need)
  const guarded = opened.ok
    ? await guardVault(opened.value, need, { guard: 'password', newPassword: password })
    : opened
  if (opened.ok) opened.value.box.lock()
  if (guarded.ok) return made
  need.users.remove(made.value.id)
  return guarded
}
