import type { UserRegistry } from '../../core/vault/guard/users.ts'
import type { VaultKeyStore } from '../../core/vault/box/vault-keys.ts'
import { eraseThrough, type Ballast } from './ballast.ts'
import { storageFailure } from './failure.ts'

/** The same stores, with which a vault opens on a full disk too: what an unlock writes may give the ballast back, and
 *  where that is spent, wrong passwords are counted in memory and the time of the unlock is not noted. A restart then
 *  forgets the count; whoever can fill the disk has the files, and against him the password's hash holds. */
export function unlockThrough<Users extends UserRegistry>(
  ballast: Ballast,
  stores: { users: Users; store: VaultKeyStore },
): { users: Users; store: VaultKeyStore } {
  const users = eraseThrough(ballast, stores.users, ['remove', 'noteUnlock'])
  const store = eraseThrough(ballast, stores.store, ['saveFailures'])
  const counted = new Map<string, { count: number; lastAt: number }>()
  return {
    users: {
      ...users,
      noteUnlock: (userId: string, at: number) => {
        unlessFull(() => users.noteUnlock(userId, at))
      },
    },
    store: {
      ...store,
      // What an unlock wraps again opens in its old wrapping too.
      rewrap: (record) => {
        unlessFull(() => store.rewrap(record))
      },
      failures: (userId) => counted.get(userId) ?? store.failures(userId),
      saveFailures: (userId, failures) => {
        if (unlessFull(() => store.saveFailures(userId, failures))) counted.delete(userId)
        else counted.set(userId, failures)
      },
    },
  }
}

/** Does the work; `false` where the disk is full. */
function unlessFull(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (storageFailure(error, '').code !== 'disk_full') throw error
    return false
  }
}
