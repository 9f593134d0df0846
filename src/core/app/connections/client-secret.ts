import { ok, type Result } from '@contract/result'
import type { Connection } from '../../records/model.ts'
import type { CurrentSession } from '../vault/session.ts'
import { connectionPlace } from '../tokens/token-vault.ts'

/** Opens a connection's client secret; `undefined` for a public client. Codes: those of SecretBox.open. */
export function clientSecretOf(session: CurrentSession, connection: Connection): Result<string | undefined> {
  return connection.sealedClientSecret === undefined
    ? ok(undefined)
    : session().box.open(connectionPlace(connection, 'client_secret'), connection.sealedClientSecret)
}
