import type { AccountSummary } from '@contract/accounts'
import type { Account, TokenSet } from '../../records/model.ts'
import { lifeOfTokenSet } from '../tokens/token-set-life.ts'
import { displayName } from './account-names.ts'

/** What the page shows of an account in a list. */
export function accountSummary(
  account: Account,
  tokenSet: TokenSet,
  storage: AccountSummary['storage'],
): AccountSummary {
  return {
    id: account.id,
    connectionId: account.connectionId,
    issuer: account.issuer,
    subject: account.subject,
    displayName: displayName(account),
    scope: tokenSet.scope,
    life: lifeOfTokenSet(tokenSet),
    accessTokenFormat: tokenSet.accessTokenFormat,
    hasRefreshToken: tokenSet.sealedRefreshToken !== undefined,
    storage,
  }
}
