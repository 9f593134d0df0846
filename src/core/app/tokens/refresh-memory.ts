import { defined } from '@contract/defined'
import type { Failure, Result } from '@contract/result'
import type { RefreshResult } from '../../oauth/token/refresh.ts'
import type { TokenFailure } from '../../oauth/token/token-failure.ts'
import type { TokenSet } from '../../records/model.ts'
import type { Clock, TokenStore } from '../../records/ports.ts'
import type { RefreshState, RefreshStateStore } from '../../records/refresh-state.ts'
import type { CurrentSession } from '../vault/session.ts'
import { asidePlace, type TokenOwner, type Tokens } from './token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  tokens: TokenStore
  refreshStates: RefreshStateStore
}

/** What is remembered of refreshes that did not come through: an intent without a response, a refusal, a refresh
 *  token kept aside, and until when a provider asked to be left alone. A failure deletes nothing.
 *  Codes: `refresh_answer_lost`, `refresh_waiting`, those of `refreshTokens`. */
export function createRefreshMemory(deps: Dependencies) {
  /** Names this run of the program in intents. */
  const run = deps.newId()
  /** Until when a provider asked to be left alone, by token set. */
  const notBefore = new Map<string, number>()

  function saveState(state: RefreshState): void {
    if (state.intent ?? state.refused ?? state.aside) deps.refreshStates.save(state)
    else deps.refreshStates.clear(state.tokenSetId)
  }

  /** Notes on the disk that a refresh is about to be asked for. */
  function intend(known: RefreshState | undefined, tokenSet: TokenSet) {
    const intent = { at: deps.clock.now(), run, refreshCount: tokenSet.refreshCount }
    const before: RefreshState = { ...known, tokenSetId: tokenSet.id, userId: tokenSet.userId }
    // An intent of an earlier count was fulfilled: the process ended before it was taken away.
    if (before.intent?.refreshCount !== tokenSet.refreshCount) delete before.intent
    saveState({ ...before, intent: before.intent ?? intent })
    return { before, intent }
  }

  function fulfilled(tokenSetId: string): void {
    deps.refreshStates.clear(tokenSetId)
    notBefore.delete(tokenSetId)
  }

  function refuse(state: RefreshState, tokenSet: TokenSet, why: string, failure: TokenFailure): Failure {
    const { intent } = state
    const lost = intent !== undefined && intent.refreshCount === tokenSet.refreshCount
    const { code, message, next, remedy } = failure
    const kept = keptWords(failure)
    // The first refusal explains best: a dead token that is retried manually says nothing new.
    const known = state.refused ?? (lost ? lostAnswer(intent, run) : undefined)
    const said: Failure =
      remedy === 'sign-in-again' && known !== undefined
        ? { code: known.code, message: known.message, next: known.next }
        : { ...failure, code, message, next }
    deps.tokens.addLineage({
      tokenSetId: tokenSet.id,
      at: deps.clock.now(),
      event: 'refresh-failed',
      reason: why,
      changes: said.message === message ? [kept] : [said.message, kept],
    })
    return said
  }

  /** The refresh tokens to try, the newest first: one kept aside came after the stored one. */
  function candidates(state: RefreshState | undefined, owner: TokenOwner & { tokens: Tokens }): string[] {
    const { tokens } = owner
    const stored = tokens.refresh === undefined ? [] : [tokens.refresh]
    if (state?.aside === undefined) return stored
    const aside = deps.session().box.open(asidePlace(owner), state.aside.sealed)
    return aside.ok ? [aside.value, ...stored] : stored
  }

  /** Notes why a refresh did not come through; answers what is said of it. */
  function failed(
    before: RefreshState,
    owner: TokenOwner & { tokenSet: TokenSet },
    reason: string,
    answer: RefreshResult & { ok: false },
  ): Result<never> {
    const { error } = answer
    const { tokenSet } = owner
    const now = deps.clock.now()
    const said = refuse(before, tokenSet, reason, error)
    const state: RefreshState = { tokenSetId: tokenSet.id, userId: tokenSet.userId }
    // Without a response no one knows whether the provider has rotated: the intent stays and explains it later.
    if (error.remedy === 'try-later' && before.intent !== undefined) state.intent = before.intent
    if (error.remedy === 'sign-in-again') {
      const message = said.message === error.message ? keptWords(error) : said.message
      state.refused = { at: now, code: said.code, message, next: said.next ?? 'Sign in again.' }
    } else if (answer.aside !== undefined) {
      const sealed = deps.session().box.seal(asidePlace(owner), answer.aside)
      state.aside = { at: now, why: keptWords(error), sealed }
    } else {
      // As it is stored now: the key may have been rotated while the provider was asked.
      const aside = deps.refreshStates.get(tokenSet.id)?.aside
      if (aside !== undefined) state.aside = aside
    }
    saveState(state)
    if (error.remedy === 'try-later' && error.retryAfterSeconds !== undefined) {
      notBefore.set(tokenSet.id, now + error.retryAfterSeconds * 1000)
    }
    return { ok: false, error: said }
  }

  /** Why a provider is not asked again by itself. */
  function blocked(state: RefreshState | undefined, tokenSetId: string): Failure | undefined {
    if (state?.refused) {
      const { code, message, next } = state.refused
      return { code, message, ...defined({ next }) }
    }
    const left = (notBefore.get(tokenSetId) ?? 0) - deps.clock.now()
    if (left <= 0) return undefined
    return {
      code: 'refresh_waiting',
      message: `The provider asked for a pause of another ${Math.ceil(left / 1000)} s.`,
      next: 'Send again after that. Nothing was deleted.',
    }
  }

  return { intend, fulfilled, candidates, failed, blocked }
}

/** What is kept in plain of a failure: without the provider's own words, which may be anything. The flow, which is sealed,
 *  has them. */
function keptWords({ message, providerError = '', providerDescription }: TokenFailure): string {
  const words = [providerDescription, /^[a-z_]{1,60}$/.test(providerError) ? undefined : providerError]
  return words.reduce<string>(
    (kept, said) =>
      said === undefined || said === '' ? kept : kept.replace(`: ${said}`, '.').replace(said, 'an error'),
    message,
  )
}

function lostAnswer(intent: NonNullable<RefreshState['intent']>, run: string): Failure {
  return {
    code: 'refresh_answer_lost',
    message:
      intent.run === run
        ? 'The response to an earlier refresh was lost in transit, and the new refresh token with it. The provider no longer accepts the old one.'
        : 'Gatehouse quit during a refresh: the provider’s response, with the new refresh token, never reached the disk. The provider no longer accepts the old one.',
    next: 'Sign in again. Nothing else is lost.',
  }
}
