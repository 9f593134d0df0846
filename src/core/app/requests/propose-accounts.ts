import { ok, type Result } from '@contract/result'
import { resolveText } from '../../http/variables.ts'
import type { ConnectionStore, TokenStore } from '../../records/ports.ts'
import type { TokenOriginStore } from '../../records/token-origins.ts'
import type { Environments } from '../environments/environments.ts'
import { openTokens } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'
import { meantFor } from './token-origin.ts'

interface Dependencies {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'list'>
  tokens: Pick<TokenStore, 'listAccounts'>
  tokenOrigins: Pick<TokenOriginStore, 'allows'>
  variables: Pick<Environments, 'values'>
}

/** As many accounts are looked at. */
const mostAccounts = 200

/** Finds the accounts of the current environment whose token is for an address, or was allowed to go there. Nothing is
 *  sent, and no request takes one without a press. Codes: those of the vault. */
export function createProposeAccounts({
  session,
  connections,
  tokens,
  tokenOrigins,
  variables,
}: Dependencies) {
  return ({ url }: { url: string }): Result<string[]> => {
    const { user, environment } = session()
    const values = variables.values()
    if (!values.ok) return values
    const address = resolveText(url, values.value).text.trim()
    if (!/^https?:/i.test(address) || !URL.canParse(address)) return ok([])
    const { origin } = new URL(address)
    const here = new Map(
      connections
        .list(user.id)
        .filter(({ environmentId, unreadable }) => environmentId === environment.id && !unreadable)
        .map((connection) => [connection.id, connection]),
    )
    const fitting = tokens
      .listAccounts(user.id)
      .slice(0, mostAccounts)
      .filter(({ account, tokenSet }) => {
        const connection = here.get(account.connectionId)
        if (!connection || !tokenSet) return false
        if (tokenOrigins.allows(user.id, account.id, origin)) return true
        const opened = openTokens(session, { connection, account, tokenSet })
        return opened.ok && meantFor({ connection, tokenSet, tokens: opened.value }).has(origin)
      })
    return ok(fitting.map(({ account }) => account.id))
  }
}
