import { ok, type Result } from '@contract/result'
import type { Connection } from '../domain/shared/model.ts'
import type { CurrentSession } from './session.ts'
import { clientSecretPlace } from './token-vault.ts'

/** Opens a connection's client secret; `undefined` for a public client. Codes: those of SecretBox.open. */
export const clientSecretOf = (
  session: CurrentSession,
  connection: Connection,
): Result<string | undefined> =>
  connection.sealedClientSecret === undefined
    ? ok(undefined)
    : session().box.open(clientSecretPlace(connection.userId, connection.id), connection.sealedClientSecret)
