import { fail, ok, type Result } from '@contract/result'
import type { ConnectionStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'get'>
  copyText: (text: string) => Promise<void>
}

/** What is copied of a connection to be registered elsewhere; nothing of it is secret. Codes: `connection_unknown`,
 *  `connection_no_key`. */
export function createConnectionCopies(deps: Dependencies) {
  return {
    async copyKey({ id, which }: { id: string; which: 'client' | 'dpop' }): Promise<Result<null>> {
      const connection = deps.connections.get(deps.session().user.id, id)
      if (!connection) return fail('connection_unknown', 'This connection was removed.')
      const key = connection.publicKeys?.[which]
      if (!key) return fail('connection_no_key', 'The connection has no such key.')
      await deps.copyText(key.jwk)
      return ok(null)
    },

    async copyRedirect({ redirectUri }: { redirectUri: string }): Promise<Result<null>> {
      await deps.copyText(redirectUri)
      return ok(null)
    },
  }
}
