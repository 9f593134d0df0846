import { fail, ok, type Failure, type Result } from '@contract/result'
import { decodeToken } from '../domain/jwt/decode.ts'
import { lifeOf } from '../domain/jwt/view-token.ts'
import type { RandomBytes } from '../domain/oauth/encoding.ts'
import type { Fetch } from '../domain/oauth/fetch.ts'
import { refreshTokens, type RefreshedTokens, type RefreshResult } from '../domain/oauth/refresh.ts'
import { isDue } from '../domain/oauth/refresh-policy.ts'
import type { ServerClocks } from '../domain/oauth/server-clock.ts'
import { createSingleFlight } from '../domain/oauth/single-flight.ts'
import type { TokenFailure } from '../domain/oauth/token-failure.ts'
import type { Account, Connection, TokenSet } from '../domain/shared/model.ts'
import type { Clock, ConnectionStore, TokenStore } from '../domain/shared/ports.ts'
import type { RefreshState, RefreshStateStore } from '../domain/shared/refresh-state.ts'
import { displayName } from './account-names.ts'
import type { ClientKeyRing, ClientParts } from './client-keys.ts'
import type { FlowRecorder, FlowTrace } from './flow-recorder.ts'
import { describeGranted } from './granted-token-set.ts'
import type { IdTokenJudge } from './judge-id-token.ts'
import { otherIssuer } from './other-issuer.ts'
import { createPersistence } from './persistence.ts'
import { refreshChanges } from './refresh-changes.ts'
import type { CurrentSession } from './session.ts'
import { asidePlace, openTokens, sealTokens, type Tokens } from './token-vault.ts'

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
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  changed: () => void
}

/** A token set with its tokens in plain text. */
export interface OpenTokenSet {
  account: Account
  tokenSet: TokenSet
  tokens: Tokens
}

const lostAnswer = (intent: NonNullable<RefreshState['intent']>, run: string): Failure => ({
  code: 'refresh_answer_lost',
  message:
    intent.run === run
      ? 'The answer to an earlier refresh was lost on its way here, and the new refresh token with it. The provider takes the old one no more.'
      : 'Gatehouse ended while a refresh was under way: the provider’s answer, and the new refresh token in it, never reached the disk. The provider takes the old one no more.',
  next: 'Sign in again. Nothing else is lost.',
})

/** The nonce that a new ID token may leave out but not change (OpenID Connect Core section 12.2). */
const firstNonce = (idToken: string | undefined): { nonce?: string } => {
  const token = idToken === undefined ? undefined : decodeToken(idToken)
  const nonce = token?.format === 'jwt' ? token.claims['nonce'] : undefined
  return typeof nonce === 'string' ? { nonce } : {}
}

/** Refreshes an account's tokens, one run at a time for each token set however many ask. The intent is on the
 *  disk before the request goes out, the new refresh token before the new access token is used; a failure
 *  deletes nothing. See docs/sign-in.md, "Refresh".
 *  Codes: `account_unknown`, `refresh_no_token`, `refresh_waiting`, `refresh_answer_lost`,
 *  `account_other_issuer`, those of
 *  `refreshTokens` and of the vault. */
export const createRefreshAccount = (need: Dependencies) => {
  const flight = createSingleFlight<Result<OpenTokenSet>>()
  const running = new Set<Promise<unknown>>()
  const run = need.newId()
  /** Until when a provider asked to be left alone, by token set. */
  const notBefore = new Map<string, number>()
  const persistence = createPersistence(need)

  const load = (accountId: string): Result<OpenTokenSet> => {
    const found = need.tokens.getAccount(need.session().user.id, accountId)
    if (!found?.tokenSet) return fail('account_unknown', 'This account holds no tokens.', 'Sign in again.')
    const tokens = openTokens(need.session, found.tokenSet)
    return tokens.ok ? ok({ account: found.account, tokenSet: found.tokenSet, tokens: tokens.value }) : tokens
  }

  const due = ({ account, tokenSet, tokens }: OpenTokenSet): boolean => {
    const token = decodeToken(tokens.access)
    const ownExpiry = token.format === 'jwt' ? lifeOf(token.claims).expiresAt : undefined
    const { obtainedAt, expiresAt } = tokenSet
    const life = {
      obtainedAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(ownExpiry === undefined ? {} : { ownExpiry }),
    }
    return isDue(life, need.clock.now(), need.serverClocks.skew(account.issuer))
  }

  const saveState = (state: RefreshState): void => {
    if (state.intent ?? state.refused ?? state.aside) need.refreshStates.save(state)
    else need.refreshStates.clear(state.tokenSetId)
  }

  const refuse = (state: RefreshState, tokenSet: TokenSet, why: string, failure: TokenFailure): Failure => {
    const { intent } = state
    const lost = intent !== undefined && intent.refreshCount === tokenSet.refreshCount
    const { code, message, next, remedy } = failure
    // The first refusal explains best: a dead token that is tried once more by hand says nothing new.
    const known = state.refused ?? (lost ? lostAnswer(intent, run) : undefined)
    const said: Failure =
      remedy === 'sign-in-again' && known !== undefined
        ? { code: known.code, message: known.message, next: known.next }
        : { ...failure, code, message, next }
    need.tokens.addLineage({
      tokenSetId: tokenSet.id,
      at: need.clock.now(),
      event: 'refresh-failed',
      reason: why,
      changes: [said.message, ...(said.message === message ? [] : [message])],
    })
    return said
  }

  const store = (
    { account, tokenSet, tokens }: OpenTokenSet,
    granted: RefreshedTokens,
    reason: string,
  ): OpenTokenSet => {
    const idToken = granted.idToken ?? tokens.id
    const renewed: Tokens = {
      access: granted.accessToken,
      refresh: granted.refreshToken,
      ...(idToken === undefined ? {} : { id: idToken }),
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
      changes: refreshChanges({ tokenSet, tokens }, { tokenSet: after, tokens: renewed }, granted),
    })
    need.refreshStates.clear(tokenSet.id)
    notBefore.delete(tokenSet.id)
    return { account, tokenSet: after, tokens: renewed }
  }

  /** The refresh tokens to try, the newest first: one kept aside came after the stored one. */
  const candidates = (state: RefreshState | undefined, { tokens }: OpenTokenSet): string[] => {
    const stored = tokens.refresh === undefined ? [] : [tokens.refresh]
    if (state?.aside === undefined) return stored
    const aside = need.session().box.open(asidePlace(state.userId, state.tokenSetId), state.aside.sealed)
    return aside.ok ? [aside.value, ...stored] : stored
  }

  const failed = (
    before: RefreshState,
    opened: OpenTokenSet,
    reason: string,
    answer: RefreshResult & { ok: false },
  ): Result<never> => {
    const { tokenSet } = opened
    const { error } = answer
    const now = need.clock.now()
    const said = refuse(before, tokenSet, reason, error)
    const state: RefreshState = { tokenSetId: tokenSet.id, userId: tokenSet.userId }
    // Without an answer nobody knows whether the provider has rotated: the intent stays and explains it later.
    if (error.remedy === 'try-later' && before.intent !== undefined) state.intent = before.intent
    if (error.remedy === 'sign-in-again') {
      state.refused = { at: now, code: said.code, message: said.message, next: said.next ?? 'Sign in again.' }
    } else if (answer.aside !== undefined) {
      const sealed = need.session().box.seal(asidePlace(tokenSet.userId, tokenSet.id), answer.aside)
      state.aside = { at: now, why: error.message, sealed }
    } else if (before.aside !== undefined) state.aside = before.aside
    saveState(state)
    if (error.remedy === 'try-later' && error.retryAfterSeconds !== undefined) {
      notBefore.set(tokenSet.id, now + error.retryAfterSeconds * 1000)
    }
    need.changed()
    return { ok: false, error: said }
  }

  const blocked = (state: RefreshState | undefined, tokenSetId: string): Failure | undefined => {
    if (state?.refused) {
      const { code, message, next } = state.refused
      return { code, message, ...(next === undefined ? {} : { next }) }
    }
    const left = (notBefore.get(tokenSetId) ?? 0) - need.clock.now()
    if (left <= 0) return undefined
    return {
      code: 'refresh_waiting',
      message: `The provider asked to be left alone for another ${Math.ceil(left / 1000)} s.`,
      next: 'Send again after that. Nothing was deleted.',
    }
  }

  const refresh = async (
    flow: FlowTrace,
    accountId: string,
    reason: string,
    byHand: boolean,
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
    const state = need.refreshStates.get(tokenSet.id)
    const block = byHand ? undefined : blocked(state, tokenSet.id)
    if (block) return { ok: false, error: block }
    const connection = need.connections.get(account.userId, account.connectionId)
    if (!connection)
      return fail('connection_unknown', 'The connection of this account was removed.', 'Connect again.')
    const elsewhere = otherIssuer(account, connection)
    if (elsewhere) return { ok: false, error: elsewhere }
    const parts = await need.clientKeys.open(connection)
    if (!parts.ok) return parts
    flow.about({
      title: `Refresh · ${displayName(account)}`,
      providerName: connection.name,
      metadata: connection.metadata,
      manner: 'refresh token',
      accountId,
    })
    const intent = { at: need.clock.now(), run, refreshCount: tokenSet.refreshCount }
    const before: RefreshState = { ...state, tokenSetId: tokenSet.id, userId: tokenSet.userId }
    // An intent of an earlier count was fulfilled: the process ended before it was taken away.
    if (before.intent?.refreshCount !== tokenSet.refreshCount) delete before.intent
    saveState({ ...before, intent: before.intent ?? intent })
    const ask = (refreshToken: string) =>
      persistence.persist(
        () => askProvider(flow, connection, parts.value, loaded.value, refreshToken),
        () => (before.intent ??= intent),
      )

    let answer: RefreshResult | undefined
    for (const refreshToken of candidates(state, loaded.value)) {
      answer = await ask(refreshToken)
      if (answer.ok || answer.error.remedy !== 'sign-in-again') break
    }
    const now = load(accountId)
    // The account was forgotten or signed in anew while the provider answered: what is stored now counts.
    if (!now.ok || now.value.tokenSet.id !== tokenSet.id) return now
    const rotatedElsewhere = now.value.tokens.refresh !== tokens.refresh
    if (answer && !answer.ok && answer.error.remedy === 'sign-in-again' && rotatedElsewhere) {
      if (!due(now.value)) return now
      answer = await ask(now.value.tokens.refresh ?? '')
    }
    if (answer === undefined) return fail('refresh_no_token', 'There is no refresh token.', 'Sign in again.')
    if (!answer.ok) return failed(before, now.value, reason, answer)
    flow.about({ manner: answer.value.rotated ? 'rotated' : 'refresh token kept' })
    const stored = store(now.value, answer.value, reason)
    need.changed()
    return ok(stored)
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
        ...firstNonce(tokens.id),
        ...(tokenSet.resource === undefined ? {} : { resource: tokenSet.resource }),
      },
      {
        connection,
        ...parts,
        fetch: need.serverClocks.watching(account.issuer, flow.fetch),
        now: () => need.clock.now(),
        judgeIdToken: need.judge(connection, parts.clientSecret, flow),
      },
    )

  return {
    /** The account's tokens as they are stored. */
    load,
    /** Whether the access token is to be refreshed before it is used. */
    due,
    /** Why the account's tokens can not be refreshed any more, as far as that is known. */
    trouble: (tokenSetId: string): Failure | undefined => need.refreshStates.get(tokenSetId)?.refused,
    /** Refreshes now. `reason` is told in the lineage; `byHand` asks even a provider that refused before. */
    refresh: (accountId: string, reason: string, byHand = false): Promise<Result<OpenTokenSet>> => {
      const begun = flight(accountId, () =>
        need.recorder.run('refresh', (flow) => refresh(flow, accountId, reason, byHand)),
      )
      const settled = begun.catch(() => undefined).finally(() => running.delete(settled))
      running.add(settled)
      return begun
    },
    /** Waits until no refresh is under way: an answer that rotated the refresh token must be written. One that
     *  only waits for another attempt gives up. */
    settle: async (): Promise<void> => {
      persistence.hurry()
      await Promise.all(running)
      persistence.calm()
    },
  }
}
export type RefreshAccount = ReturnType<typeof createRefreshAccount>
