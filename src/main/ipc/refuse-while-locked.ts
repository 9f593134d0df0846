import type { CallHandlers } from '@calls/calls'
import type { ChannelName } from '@calls/channels'
import { fail, type Result } from '@contract/result'

/** What a locked Gatehouse still does: show itself, let someone in, and repair its storage. */
const always: ReadonlySet<ChannelName> = new Set<ChannelName>([
  'app:bootstrap',
  'app:set-theme',
  'app:step-text-size',
  'vault:state',
  'vault:lock',
  'vault:unlock',
  'vault:retry',
  'users:create',
  'users:remove',
  'backups:list',
  'backups:restore',
])

/** The same handlers, refusing all but a few calls while locked. A response that comes when another session has
 *  begun in the meantime is held back: it belongs to someone else. Code: `vault_locked`. */
export function refuseWhileLocked<Some extends Partial<CallHandlers>>(
  handlers: Some,
  sessions: { isLocked: () => boolean; id: () => string },
): Some {
  const guard =
    (handler: Handler): Handler =>
    async (input) => {
      if (sessions.isLocked()) return locked()
      const id = sessions.id()
      const answer = await handler(input)
      return sessions.id() === id ? answer : locked()
    }
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    always.has(name as ChannelName) ? handler : guard(handler as Handler),
  ])
  return Object.fromEntries(guarded) as Some
}

type Handler = (input: never) => Promise<Result<unknown>> | Result<unknown>

function locked() {
  return fail('vault_locked', 'Gatehouse is locked.', 'Unlock it, then try again.')
}
