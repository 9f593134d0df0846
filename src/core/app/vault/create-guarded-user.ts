import type { Result } from '@contract/result'
import type { User } from '../../records/model.ts'
import { guardVault, type GuardParts } from '../../vault/guard/guard-vault.ts'
import { openVault } from '../../vault/box/open-vault.ts'
import { createUser, type UserRegistry } from '../../vault/guard/users.ts'

interface Dependencies extends GuardParts {
  users: UserRegistry
  newId: () => string
}

/** Makes a user; one with a password gets a vault that it guards, at once, or is not made at all.
 *  Codes: those of `createUser`, `openVault` and `guardVault`. */
export async function createGuardedUser(
  deps: Dependencies,
  { username, password }: { username: string; password?: string | undefined },
): Promise<Result<User>> {
  const made = createUser(deps, username)
  if (!made.ok || password === undefined) return made
  const opened = await openVault(made.value.id, deps)
  const guarded = opened.ok
    ? await guardVault(opened.value, deps, { guard: 'password', newPassword: password })
    : opened
  if (opened.ok) opened.value.box.lock()
  if (guarded.ok) return made
  deps.users.remove(made.value.id)
  return guarded
}
