import { fail, ok, type Result } from '@contract/result'
import type { TokenKind, TokenLife } from '@contract/tokens/tokens'
import type { ConnectionStore, TokenStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { lifeOfTokenSet } from './token-set-life.ts'
import { openTokens } from './token-vault.ts'

/** One of an account's tokens. */
export interface TokenChoice {
  accountId: string
  kind: TokenKind
}

interface Dependencies {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'get'>
  tokens: Pick<TokenStore, 'getAccount'>
}

/** The text of an account's token, with the life that its response told.
 *  Codes: `account_unknown`, `token_missing`, `connection_unknown`, those of the vault. */
export function createTokenText(deps: Dependencies) {
  return ({ accountId, kind }: TokenChoice): Result<{ text: string; life: TokenLife }> => {
    const found = deps.tokens.getAccount(deps.session().user.id, accountId)
    if (!found) return fail('account_unknown', 'This account no longer exists.', 'Sign in again.')
    if (!found.tokenSet) return fail('token_missing', 'This account has no tokens.', 'Sign in again.')
    const connection = deps.connections.get(found.account.userId, found.account.connectionId)
    if (!connection) return fail('connection_unknown', 'The connection of this account was removed.')
    const tokens = openTokens(deps.session, { ...found, connection, tokenSet: found.tokenSet })
    if (!tokens.ok) return tokens
    const text = tokens.value[kind]
    return text === undefined || text === ''
      ? fail('token_missing', `The provider issued no ${kind} token to this account.`)
      : ok({ text, life: kind === 'access' ? lifeOfTokenSet(found.tokenSet) : {} })
  }
}

export type TokenText = ReturnType<typeof createTokenText>
