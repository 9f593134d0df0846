import { fail, ok, type Result } from '@contract/result'
import { refreshTokens, type RefreshedTokens } from '../domain/oauth/refresh.ts'
import { createSingleFlight } from '../domain/oauth/single-flight.ts'
import type { Account, TokenSet } from '../domain/shared/model.ts'
import type { Clock, ConnectionStore, TokenStore } from '../domain/shared/ports.ts'
import { displayName } from './account-names.ts'
import { clientSecretOf } from './client-secret.ts'
import { describeGranted } from './granted-token-set.ts'
import type { FlowRecorder, FlowTrace } from './flow-recorder.ts'
import type { IdTokenJudge } from './judge-id-token.ts'
import type { CurrentSession } from './session.ts'
import { openTokens, sealTokens, type Tokens } from './token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  tokens: TokenStore
  judge: IdTokenJudge
  recorder: FlowRecorder
  changed: () => void
}

/** A token set with its tokens in plain text. */
export interface OpenTokenSet {
  account: Account
  tokenSet: TokenSet
  tokens: Tokens
}

const changesOf = (before: TokenSet, after: TokenSet, granted: RefreshedTokens): string[] => [
  granted.rotated ? 'refresh token rotated' : 'refresh token kept',
  ...(before.scope === after.scope ? [] : [`scope is now: ${after.scope || 'none named'}`]),
  ...(granted.idToken === undefined ? [] : ['new ID token']),
  ...granted.notes,
]

/** Refreshes an account's tokens, one run at a time for each token set however many ask. The new refresh
 *  token is on the disk before the new access token is used; a failure deletes nothing.
 *  Codes: `account_unknown`, `refresh_no_token`, those of `refreshTokens` and of the vault. */
export const createRefreshAccount = (need: Dependencies) => {
  const flight = createSingleFlight<Result<OpenTokenSet>>()
  const running = new Set<Promise<unknown>>()

  const load = (accountId: string): Result<OpenTokenSet> => {
    const found = need.tokens.getAccount(need.session().user.id, accountId)
    if (!found?.tokenSet) return fail('account_unknown', 'This account holds no tokens.', 'Sign in again.')
    const tokens = openTokens(need.session, found.tokenSet)
    return tokens.ok ? ok({ account: found.account, tokenSet: found.tokenSet, tokens: tokens.value }) : tokens
  }

  const refresh = async (
    flow: FlowTrace,
    accountId: string,
    reason: string,
  ): Promise<Result<OpenTokenSet>> => {
    const loaded = load(accountId)
    if (!loaded.ok) return loaded
    const { account, tokenSet, tokens } = loaded.value
    if (tokens.refresh === undefined) {
      return fail(
        'refresh_no_token',
        'The provider issued no refresh token to this account.',
        'Sign in again. Many providers issue one when the scope offline_access is asked for.',
      )
    }
    const connection = need.connections.get(account.userId, account.connectionId)
    if (!connection)
      return fail('connection_unknown', 'The connection of this account was removed.', 'Connect again.')
    const clientSecret = clientSecretOf(need.session, connection)
    if (!clientSecret.ok) return clientSecret
    flow.about({
      title: `Refresh · ${displayName(account)}`,
      providerName: connection.name,
      metadata: connection.metadata,
      manner: 'refresh token',
      accountId,
    })
    const answer = await refreshTokens(
      {
        refreshToken: tokens.refresh,
        subject: account.subject,
        ...(tokenSet.resource === undefined ? {} : { resource: tokenSet.resource }),
      },
      {
        connection,
        ...(clientSecret.value === undefined ? {} : { clientSecret: clientSecret.value }),
        fetch: flow.fetch,
        now: () => need.clock.now(),
        judgeIdToken: need.judge(connection, clientSecret.value, flow),
      },
    )
    if (!answer.ok) {
      need.tokens.addLineage({
        tokenSetId: tokenSet.id,
        at: need.clock.now(),
        event: 'refresh-failed',
        reason,
        changes: [answer.error.message],
      })
      need.changed()
      return answer
    }
    const granted = answer.value
    flow.about({ manner: granted.rotated ? 'rotated' : 'refresh token kept' })
    const renewed: Tokens = {
      access: granted.accessToken,
      refresh: granted.refreshToken,
      ...(granted.idToken === undefined
        ? tokens.id === undefined
          ? {}
          : { id: tokens.id }
        : { id: granted.idToken }),
    }
    const after: TokenSet = {
      ...tokenSet,
      ...describeGranted(granted, tokenSet),
      ...sealTokens(need.session, tokenSet.id, renewed),
      refreshCount: tokenSet.refreshCount + 1,
      refreshedAt: granted.receivedAt,
    }
    need.tokens.saveRefresh(after, {
      tokenSetId: tokenSet.id,
      at: granted.receivedAt,
      event: 'refreshed',
      reason,
      changes: changesOf(tokenSet, after, granted),
    })
    need.changed()
    return ok({ account, tokenSet: after, tokens: renewed })
  }

  return {
    /** The account's tokens as they are stored. */
    load,
    /** Refreshes now. `reason` is told in the lineage. */
    refresh: (accountId: string, reason: string): Promise<Result<OpenTokenSet>> => {
      const run = flight(accountId, () =>
        need.recorder.run('refresh', (flow) => refresh(flow, accountId, reason)),
      )
      const settled = run.catch(() => undefined).finally(() => running.delete(settled))
      running.add(settled)
      return run
    },
    /** Waits until no refresh is under way: an answer that rotated the refresh token must be written. */
    settle: async (): Promise<void> => {
      await Promise.all(running)
    },
  }
}
export type RefreshAccount = ReturnType<typeof createRefreshAccount>
