import { defined } from '@contract/defined'
import { oddFacts } from '@contract/tables/connection-settings'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { decodeToken } from '../../jwt/text/decode.ts'
import { momentOf } from '../../jwt/text/numeric-date.ts'
import { lifeOf } from '../../jwt/explain/view-token.ts'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import type { BeforeRefresh } from '../../oauth/token/grants/refresh.ts'
import { refreshTokens, type RefreshedTokens, type RefreshResult } from '../../oauth/token/refresh.ts'
import { isDue } from '../../oauth/token/refresh-policy.ts'
import type { ServerClocks } from '../../oauth/token/server-clock.ts'
import { createSingleFlight } from '../../oauth/token/single-flight.ts'
import { orNotKnown } from '../../text/known.ts'
import type { Account, Connection, TokenSet } from '../../records/model.ts'
import type { Clock, ConnectionStore, TokenStore } from '../../records/ports.ts'
import type { RefreshStateStore } from '../../records/refresh-state.ts'
import { connectionRemoved, ofSameIssuer } from '../accounts/account-connection.ts'
import { displayName } from '../accounts/account-names.ts'
import type { ClientKeyRing, ClientParts } from '../connections/client-keys.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import { describeGranted } from './granted-token-set.ts'
import type { IdTokenJudge } from './judge-id-token.ts'
import { onceUnlocked } from './once-unlocked.ts'
import { createPersistence } from './persistence.ts'
import { refreshChanges } from './refresh-changes.ts'
import { createRefreshMemory } from './refresh-memory.ts'
import type { WatchStock } from './watch-stock.ts'
import type { CurrentSession } from '../vault/session.ts'
import { openTokens, sealTokens, type Tokens } from './token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  randomBytes: RandomBytes
  fetch: Fetch
  connections: ConnectionStore
  tokens: TokenStore
  refreshStates: RefreshStateStore
  serverClocks: ServerClocks
  clientKeys: ClientKeyRing
  judge: IdTokenJudge
  recorder: FlowRecorder
  watchStock: WatchStock
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  changed: () => void
}

/** A token set with its tokens in plain text. */
export interface OpenTokenSet {
  /** As it was when the tokens were opened for where it leads. */
  connection: Connection
  account: Account
  tokenSet: TokenSet
  tokens: Tokens
}

/** Refreshes an account's tokens, one run at a time for each token set however many ask. The intent is on the
 *  disk before the request goes out, the new refresh token before the new access token is used; a failure
 *  deletes nothing. See docs/sign-in.md, "Refresh".
 *  Codes: `account_unknown`, `refresh_no_token`, `refresh_waiting`, `refresh_answer_lost`,
 *  `account_other_issuer`, those of
 *  `refreshTokens` and of the vault. */
export function createRefreshAccount(deps: Dependencies) {
  const flight = createSingleFlight<Result<OpenTokenSet>>()
  const running = new Set<Promise<unknown>>()
  const memory = createRefreshMemory(deps)
  const persistence = createPersistence(deps)

  function load(accountId: string): Result<OpenTokenSet> {
    const found = deps.tokens.getAccount(deps.session().user.id, accountId)
    if (!found?.tokenSet) return fail('account_unknown', 'This account has no tokens.', 'Sign in again.')
    const { account, tokenSet } = found
    const connection = deps.connections.get(account.userId, account.connectionId)
    if (!connection) return connectionRemoved
    const tokens = openTokens(deps.session, { connection, account, tokenSet })
    return tokens.ok ? ok({ connection, account, tokenSet, tokens: tokens.value }) : tokens
  }

  function due({ account, tokenSet, tokens }: OpenTokenSet): boolean {
    const token = decodeToken(tokens.access)
    const ownExpiry = token.format === 'jwt' ? lifeOf(token.claims).expiresAt : undefined
    const { obtainedAt, expiresAt } = tokenSet
    const life = {
      obtainedAt,
      ...defined({ expiresAt, ownExpiry }),
    }
    return isDue(life, deps.clock.now(), deps.serverClocks.skew(account.issuer))
  }

  function store(
    { connection, account, tokenSet, tokens }: OpenTokenSet,
    granted: RefreshedTokens,
    reason: string,
  ): OpenTokenSet {
    const idToken = granted.idToken ?? tokens.id
    const renewed: Tokens = {
      access: granted.accessToken,
      refresh: granted.refreshToken,
      ...defined({ id: idToken }),
    }
    const described = { ...tokenSet, ...describeGranted(granted, tokenSet) }
    const after: TokenSet = {
      ...described,
      ...sealTokens(deps.session, { connection, account, tokenSet: described }, renewed),
      refreshCount: tokenSet.refreshCount + 1,
      refreshedAt: granted.receivedAt,
    }
    deps.tokens.saveRefresh(after, {
      tokenSetId: tokenSet.id,
      at: granted.receivedAt,
      event: 'refreshed',
      reason,
      changes: refreshChanges({ tokenSet, tokens }, { tokenSet: after, tokens: renewed }, granted),
    })
    memory.fulfilled(tokenSet.id)
    return { connection, account, tokenSet: after, tokens: renewed }
  }

  async function refresh(
    flow: FlowTrace,
    accountId: string,
    reason: string,
    byHand: boolean,
  ): Promise<Result<OpenTokenSet>> {
    const loaded = load(accountId)
    if (!loaded.ok) return loaded
    const { account, tokenSet, tokens } = loaded.value
    if (tokens.refresh === undefined) {
      const refused = deps.refreshStates.get(tokenSet.id)?.refused
      if (refused) return { ok: false, error: refused }
      return fail(
        'refresh_no_token',
        'The provider issued no refresh token to this account.',
        'Sign in again. Many providers issue one when the scope offline_access is requested.',
      )
    }
    const state = deps.refreshStates.get(tokenSet.id)
    const block = byHand ? undefined : memory.blocked(state, tokenSet.id)
    if (block) return { ok: false, error: block }
    const { connection } = loaded.value
    const same = ofSameIssuer(connection, account)
    if (!same.ok) return same
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    flow.about({
      title: `Refresh · ${displayName(account)}`,
      providerName: connection.name,
      metadata: connection.metadata,
      manner: 'refresh token',
      odd: oddFacts(connection.settings),
      accountId,
    })
    const watched = deps.watchStock(flow, connection, null)
    const { before, intent } = memory.intend(state, tokenSet)
    const ask = (refreshToken: string) =>
      persistence.persist(
        () => askProvider(watched, connection, parts.value, loaded.value, refreshToken),
        () => (before.intent ??= intent),
      )

    let answer: RefreshResult | undefined
    for (const refreshToken of memory.candidates(state, loaded.value)) {
      answer = await ask(refreshToken)
      if (answer.ok || answer.error.remedy !== 'sign-in-again') break
    }
    const now = load(accountId)
    // The account was forgotten or signed in again while the provider answered: what is stored now counts.
    if (!now.ok || now.value.tokenSet.id !== tokenSet.id) return now
    const rotatedElsewhere = now.value.tokens.refresh !== tokens.refresh
    if (answer && !answer.ok && answer.error.remedy === 'sign-in-again' && rotatedElsewhere) {
      if (!due(now.value)) return now
      answer = await ask(now.value.tokens.refresh ?? '')
    }
    if (answer === undefined) return fail('refresh_no_token', 'There is no refresh token.', 'Sign in again.')
    if (!answer.ok) {
      const said = memory.failed(before, now.value, reason, answer)
      deps.changed()
      return said
    }
    flow.about({ manner: answer.value.rotated ? 'rotated' : 'refresh token kept' })
    const granted = answer.value
    const stored = await onceUnlocked(deps.wait, () => {
      // What is stored now counts, after a wait too.
      const at = load(accountId)
      return at.ok && at.value.tokenSet.id === tokenSet.id ? store(at.value, granted, reason) : undefined
    })
    deps.changed()
    return stored === undefined ? load(accountId) : ok(stored)
  }

  const askProvider = (
    flow: FlowTrace,
    connection: Connection,
    parts: ClientParts,
    { account, tokenSet, tokens }: OpenTokenSet,
    refreshToken: string,
  ): Promise<RefreshResult> =>
    refreshTokens(
      {
        refreshToken,
        subject: account.subject,
        ...saidBefore(tokens.id),
        ...defined({ resource: tokenSet.resource }),
      },
      {
        connection,
        ...parts,
        fetch: deps.serverClocks.watching(account.issuer, flow.fetch),
        now: () => deps.clock.now(),
        judgeIdToken: deps.judge(connection, parts.clientSecret, flow),
      },
    )

  return {
    /** The account's tokens as they are stored. */
    load,
    /** Whether the access token is to be refreshed before it is used. */
    due,
    /** Why the account's tokens cannot be refreshed anymore, as far as that is known. */
    trouble: (tokenSetId: string): Failure | undefined => deps.refreshStates.get(tokenSetId)?.refused,
    /** Refreshes now. `reason` is told in the lineage; `byHand` asks even a provider that refused before. */
    refresh: (accountId: string, reason: string, byHand = false): Promise<Result<OpenTokenSet>> => {
      const begun = flight(accountId, () =>
        deps.recorder.run('refresh', (flow) => refresh(flow, accountId, reason, byHand)),
      )
      const settled = begun.catch(() => undefined).finally(() => running.delete(settled))
      running.add(settled)
      return begun
    },
    /** Waits until no refresh is under way: a response that rotated the refresh token must be written. One that
     *  only waits for another attempt gives up. */
    settle: async (): Promise<void> => {
      persistence.hurry()
      await Promise.all(running)
      persistence.calm()
    },
  }
}

/** What a new ID token may leave out but not change (OpenID Connect Core section 12.2). */
function saidBefore(idToken: string | undefined): Pick<BeforeRefresh, 'nonce' | 'authTime'> {
  const token = idToken === undefined ? undefined : decodeToken(idToken)
  const { nonce, auth_time: authTime }: Record<string, unknown> = token?.format === 'jwt' ? token.claims : {}
  return {
    nonce: orNotKnown(typeof nonce === 'string' ? nonce : undefined),
    authTime: orNotKnown(momentOf(authTime)),
  }
}
export type RefreshAccount = ReturnType<typeof createRefreshAccount>
