import type { Failure } from '@contract/result'
import type { Account, Connection } from '../domain/shared/model.ts'

/** Why an account's tokens are not sent to its connection's provider: they came from another one, before the
 *  connection was changed. Code: `account_other_issuer`. */
export const otherIssuer = (
  { issuer }: Pick<Account, 'issuer'>,
  { name, metadata }: Pick<Connection, 'name' | 'metadata'>,
): Failure | undefined =>
  issuer === metadata.issuer
    ? undefined
    : {
        code: 'account_other_issuer',
        message: `The tokens of this account came from ${issuer}; “${name}” leads to ${metadata.issuer} now. They were not sent there.`,
        next: 'Sign in again with the connection as it is now, or set its issuer back.',
      }
