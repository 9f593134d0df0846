import type { Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { createSaveConnection, type Resealing } from '../connections/connection-proof.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  resealing: Resealing
  changed: () => void
}

/** Has a connection take its redirects on loopback from now on, with all that is sealed for it; `undo` puts back what was
 *  before. */
export function createTakeLoopback(deps: Dependencies) {
  const save = createSaveConnection(deps)
  return (before: Connection): { connection: Connection; undo: () => void } => {
    const connection: Connection = { ...before, redirectKind: 'loopback', updatedAt: deps.clock.now() }
    save(before, connection)
    deps.changed()
    return {
      connection,
      undo: () => {
        save(deps.connections.get(before.userId, before.id), before)
        deps.changed()
      },
    }
  }
}
