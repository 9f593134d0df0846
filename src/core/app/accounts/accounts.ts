import type { AccountSummary, AccountView } from '@contract/accounts'
import { fail, ok, type Result } from '@contract/result'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { ServerClocks } from '../../oauth/token/server-clock.ts'
import type { Clock, ConnectionStore, TokenStore } from '../../records/ports.ts'
import { notKnown } from '../../text/known.ts'
import { displayName, isUnidentified } from './account-names.ts'
import { accountSummary } from './account-summary.ts'
import { accountView, type AccountParts } from './account-view.ts'
import type { Bin } from '../bin/bin.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import { keysToDoubt } from '../tokens/judge-id-token.ts'
import type { RefreshAccount } from '../tokens/refresh-account.ts'
import type { CurrentSession } from '../vault/session.ts'
import { openTokens } from '../tokens/token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  tokens: TokenStore
  providerKeys: ProviderKeys
  refreshAccount: RefreshAccount
  serverClocks: ServerClocks
  clientKeys: ClientKeyRing
  bin: Pick<Bin, 'discard'>
  changed: () => void
}

/** One account: show, refresh, join, forget. Codes: `account_unknown`, those of the refresh. */
export function createAccounts(deps: Dependencies) {
  const unknown = () => fail('account_unknown', 'This account no longer exists.', 'Sign in again.')
  const storageOf = (sealed: Uint8Array) => deps.session().box.storageOf(sealed)

  return {
    async get(id: string): Promise<Result<AccountView>> {
      const { user } = deps.session()
      const found = deps.tokens.getAccount(user.id, id)
      const connection = found && deps.connections.get(user.id, found.account.connectionId)
      if (!found?.tokenSet || !connection) return unknown()
      const { account, tokenSet } = found
      const client = await deps.clientKeys.open(connection)
      const parts: AccountParts = {
        account,
        tokenSet,
        connection,
        storage: storageOf(tokenSet.sealedAccessToken),
        lineage: deps.tokens.lineage(tokenSet.id),
        trouble: deps.refreshAccount.trouble(tokenSet.id),
        serverClockSkew: deps.serverClocks.skew(account.issuer),
        keyThumbprint: client.ok ? (client.value.keys.dpop?.thumbprint ?? null) : notKnown,
        now: deps.clock.now(),
      }
      const opened = openTokens(deps.session, parts)
      if (!opened.ok) {
        const { message, next = '' } = opened.error
        return ok(await accountView({ ...parts, storage: 'unreadable' }, { unreadable: { message, next } }))
      }
      return ok(
        await accountView(parts, {
          opened: opened.value,
          keysFor: (token) =>
            keysToDoubt(
              deps.providerKeys,
              connection,
              client.ok ? client.value.clientSecret : undefined,
              token.format === 'jwt' ? token.header['kid'] : undefined,
            ),
        }),
      )
    },

    async refresh(id: string): Promise<Result<AccountSummary>> {
      const refreshed = await deps.refreshAccount.refresh(id, 'requested manually', true)
      if (!refreshed.ok) return refreshed
      const { account, tokenSet } = refreshed.value
      return ok(accountSummary(account, tokenSet, storageOf(tokenSet.sealedAccessToken)))
    },

    /** Takes an account of which no one knows whose it is for the person of another one: that one gets its tokens,
     *  in place of its own. Codes: `account_known`, `account_other_connection`. */
    samePerson({ id, as }: { id: string; as: string }): Result<{ accountId: string }> {
      const { user } = deps.session()
      const [found, other] = [id, as].map((each) => deps.tokens.getAccount(user.id, each))
      if (!found?.tokenSet || !other) return unknown()
      const [from, into] = [found.account, other.account]
      if (!isUnidentified(from))
        return fail('account_known', 'The provider says whose account this is.', 'Keep both accounts.')
      if (from.id === into.id || from.connectionId !== into.connectionId || from.issuer !== into.issuer)
        return fail(
          'account_other_connection',
          'Only accounts of the same connection and provider can be the same person.',
          'Choose another account.',
        )
      deps.tokens.join(user.id, from.id, into.id, {
        tokenSetId: found.tokenSet.id,
        at: deps.clock.now(),
        event: 'signed-in',
        reason: `the same person as “${displayName(into)}”, by the user’s choice`,
        changes: ['the tokens that this account held before were replaced'],
      })
      deps.changed()
      return ok({ accountId: into.id })
    },

    remove(id: string): Result<null> {
      const { user } = deps.session()
      const account = deps.tokens.getAccount(user.id, id)?.account
      if (!account) return ok(null)
      const detail = deps.connections.get(user.id, account.connectionId)?.name
      deps.bin.discard({ kind: 'account', name: displayName(account), detail }, [id])
      deps.changed()
      return ok(null)
    },
  }
}
