import { fail, ok, type Result } from '@contract/result'
import type { TokenKind } from '@contract/tokens'
import type { ConnectionStore, TokenStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { openTokens } from './token-vault.ts'

/** Seconds after which a revealed token is hidden again. */
export const hideAfterSeconds = 30
/** Seconds after which the clipboard is cleared, if it still holds the token. */
export const clearAfterSeconds = 60

interface Dependencies {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'get'>
  tokens: TokenStore
  copySecret: (text: string, seconds: number) => Promise<void>
}

/** What a user does with the text of a token. Codes: `account_unknown`, `token_missing`, those of the vault. */
export function createTokenActions(deps: Dependencies) {
  function textOf({ accountId, kind }: { accountId: string; kind: TokenKind }): Result<string> {
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
      : ok(text)
  }
  return {
    reveal(choice: {
      accountId: string
      kind: TokenKind
    }): Result<{ text: string; hideAfterSeconds: number }> {
      const text = textOf(choice)
      return text.ok ? ok({ text: text.value, hideAfterSeconds }) : text
    },
    async copy(choice: {
      accountId: string
      kind: TokenKind
    }): Promise<Result<{ clearAfterSeconds: number }>> {
      const text = textOf(choice)
      if (!text.ok) return text
      await deps.copySecret(text.value, clearAfterSeconds)
      return ok({ clearAfterSeconds })
    },
  }
}
