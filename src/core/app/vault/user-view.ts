import { defined } from '@contract/defined'
import type { UserView } from '@contract/vault'
import type { User } from '../../records/model.ts'
import type { GuardParts } from '../../vault/guard/guard-vault.ts'
import { waitBeforeNext } from '../../vault/guard/slow-down.ts'

/** Users as the page may see them: what guards their vault, and how long a wrong password makes them wait. */
export function createUserViews(deps: Pick<GuardParts, 'store' | 'clock'>) {
  const guardOf = (userId: string): UserView['guard'] =>
    deps.store.list(userId).find(({ state }) => state === 'current')?.guard ?? 'memory'

  function waitOf(userId: string): Pick<UserView, 'waitUntil'> {
    const now = deps.clock.now()
    const wait = waitBeforeNext(deps.store.failures(userId), now)
    return wait > 0 ? { waitUntil: now + wait } : {}
  }

  const userView = (each: User): UserView => ({
    id: each.id,
    username: each.username,
    guard: guardOf(each.id),
    createdAt: each.createdAt,
    ...defined({ lastUnlockAt: each.lastUnlockAt }),
    ...waitOf(each.id),
  })

  return { guardOf, userView }
}

/** Made by `createUserViews`. */
export type UserViews = ReturnType<typeof createUserViews>
