import type { UserView } from '@contract/vault'
import type { User } from '../../records/model.ts'
import type { GuardParts } from '../../vault/guard/guard-vault.ts'
import { waitBeforeNext } from '../../vault/guard/slow-down.ts'

/** Users as the page may see them: what guards their vault, and how long a wrong password makes them wait. */
export const createUserViews = (need: Pick<GuardParts, 'store' | 'clock'>) => {
  const guardOf = (userId: string): UserView['guard'] =>
    need.store.list(userId).find(({ state }) => state === 'current')?.guard ?? 'memory'

  const waitOf = (userId: string): Pick<UserView, 'waitUntil'> => {
    const now = need.clock.now()
    const wait = waitBeforeNext(need.store.failures(userId), now)
    return wait > 0 ? { waitUntil: now + wait } : {}
  }

  const userView = (each: User): UserView => ({
    id: each.id,
    username: each.username,
    guard: guardOf(each.id),
    createdAt: each.createdAt,
    ...(each.lastUnlockAt === undefined ? {} : { lastUnlockAt: each.lastUnlockAt }),
    ...waitOf(each.id),
  })

  return { guardOf, userView }
}

/** Made by `createUserViews`. */
export type UserViews = ReturnType<typeof createUserViews>
