import { fail, ok, type Result } from '@contract/result'
import type { User } from '../../records/model.ts'
import type { UserStore } from '../../records/ports.ts'
import { provePassword } from './prove-password.ts'
import { readUsername } from './username.ts'
import type { VaultParts } from '../box/vault-parts.ts'

/** What can be done to a user beyond the first start. All writes are durable when they return. */
export interface UserRegistry extends UserStore {
  rename(userId: string, username: string): void
  /** Removes the user with everything that is theirs. */
  remove(userId: string): void
  /** Whoever was here last is let in first. On the disk with the next write: the start does not wait for it. */
  noteUnlock(userId: string, at: number): void
}

/** What the use cases of users need. */
export interface UserParts extends VaultParts {
  users: UserRegistry
  newId: () => string
}

/** Makes a user with a first environment; the vault is made when it is opened first.
 *  Codes: `username_invalid`, `username_taken`. */
export function createUser({ users, store, clock, newId }: UserParts, text: string): Result<User> {
  const username = freeName(users, text)
  if (!username.ok) return username
  const user: User = { id: newId(), username: username.value, createdAt: clock.now() }
  store.atomically(() => {
    users.add(user)
    users.addEnvironment({ id: newId(), userId: user.id, name: 'local' })
  }, users.list().length === 0)
  return ok(user)
}

/** Gives a user another name. Codes: `username_invalid`, `username_taken`, `user_unknown`. */
export function renameUser(users: UserRegistry, userId: string, text: string): Result<null> {
  const username = freeName(users, text, userId)
  if (!username.ok) return username
  if (!users.list().some(({ id }) => id === userId)) return unknown()
  users.rename(userId, username.value)
  return ok(null)
}

/** Deletes a user with tokens, requests and history, permanently. Proof: the username as it is shown, and the
 *  password where one guards the vault. Codes: `user_unknown`, `username_differs`, `password_required`,
 *  `password_wrong`, `password_wait`. */
export async function deleteUser(
  parts: UserParts,
  userId: string,
  proof: { username: string; password?: string },
): Promise<Result<null>> {
  const { users, store } = parts
  const user = users.list().find(({ id }) => id === userId)
  if (!user) return unknown()
  if (proof.username.trim().normalize('NFC') !== user.username)
    return fail(
      'username_differs',
      'The name does not match; nothing was deleted.',
      `Type "${user.username}".`,
    )
  const record = store.list(userId).find(({ state }) => state === 'current')
  if (record && record.guard !== 'keyring') {
    const proved = await provePassword(parts, record, proof.password)
    if (!proved.ok) return proved
    proved.value.fill(0)
  }
  users.remove(userId)
  return ok(null)
}

function unknown() {
  return fail('user_unknown', 'This user no longer exists.', 'Choose another user.')
}

function freeName(users: UserStore, text: string, except?: string): Result<string> {
  const username = readUsername(text)
  if (!username.ok) return username
  const taken = users.findByUsername(username.value)
  return taken && taken.id !== except
    ? fail('username_taken', `A user named "${taken.username}" already exists.`, 'Choose another name.')
    : username
}
