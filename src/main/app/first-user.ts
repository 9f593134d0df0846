import type { Environment, User } from '../domain/shared/model.ts'
import type { Clock, UserStore } from '../domain/shared/ports.ts'

/** The user to open with: the one who was here last, or on the first start a new one without a
 *  password, so that nothing stands between a newcomer and the first request. */
export const openingUser = (
  users: UserStore,
  clock: Clock,
  newId: () => string,
): { user: User; environment: Environment } => {
  const known = users
    .list()
    .sort((a, b) => (b.lastUnlockAt ?? b.createdAt) - (a.lastUnlockAt ?? a.createdAt))[0]
  const user: User = known ?? { id: newId(), username: 'default', createdAt: clock.now() }
  if (!known) users.add(user)
  const environment = users.environments(user.id)[0] ?? { id: newId(), userId: user.id, name: 'local' }
  if (users.environments(user.id).length === 0) users.addEnvironment(environment)
  return { user, environment }
}
