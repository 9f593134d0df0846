import { fail, ok, type Result } from '@contract/result'
import type { Account, Connection } from '../../records/model.ts'
import type { ConnectionStore } from '../../records/ports.ts'

/** The connection whose provider an account's tokens may be sent to. Codes: `connection_unknown`, and
 *  `account_other_issuer` where they came from another provider, before the connection was changed. */
export function accountConnection(
  connections: Pick<ConnectionStore, 'get'>,
  account: Pick<Account, 'userId' | 'connectionId' | 'issuer'>,
): Result<Connection> {
  const connection = connections.get(account.userId, account.connectionId)
  return connection ? ofSameIssuer(connection, account) : connectionRemoved
}

export const connectionRemoved = fail(
  'connection_unknown',
  'The connection of this account was removed.',
  'Connect again.',
)

/** The connection, as long as it leads to the provider that issued the account's tokens. */
export function ofSameIssuer(
  connection: Connection,
  { issuer }: Pick<Account, 'issuer'>,
): Result<Connection> {
  const { name, metadata } = connection
  return issuer === metadata.issuer
    ? ok(connection)
    : fail(
        'account_other_issuer',
        `The tokens of this account came from ${issuer}; “${name}” now leads to ${metadata.issuer}. They were not sent there.`,
        'Sign in again with the connection as it is now, or restore its issuer.',
      )
}
