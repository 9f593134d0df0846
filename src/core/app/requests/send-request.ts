import { defined } from '@contract/defined'
import type { ExchangeView } from '@contract/requests'
import { ok, type Failure, type Result } from '@contract/result'
import type { SendSettings } from '@contract/sending/settings'
import { looksIntoBody } from '../../checks/capture.ts'
import { coverAnswer, oddities } from '../../http/cover-answer.ts'
import { fieldSecrets } from '../../http/draft-secrets.ts'
import { prepareDraft, type PreparedDraft } from '../../http/draft.ts'
import { resolveDraft, variableSecrets, withSecretHeaders } from '../../http/variables.ts'
import type { Way } from '../../records/way.ts'
import { secretsOnWay } from '../../secrecy/carried.ts'
import { maskUrl } from '../../secrecy/mask.ts'
import { maskHeaders } from '../../secrecy/redact.ts'
import { createScrubber, type KnownSecret } from '../../secrecy/scrub.ts'
import { scrubThrown } from '../../secrecy/scrub-thrown.ts'
import { createPacer, type Pacer } from '../../text/pacer.ts'
import { cookiesSent, cookieTrouble } from '../cookies/keeper-words.ts'
import { tokensInAnswer } from './held/answer-tokens.ts'
import { keptOf, receiveBody, withKeptSize } from './long/arrival.ts'
import { knownSecrets, secretsHandedOut, tokensCovered } from './exchange-secrets.ts'
import { describeAnswer, describeSentBody, sizeSent } from './exchange-view.ts'
import { createProgressTeller } from './progress-teller.ts'
import { givenCredential } from './given-credential.ts'
import { createRemedies } from './refusal-remedies.ts'
import { fillCaptures, withoutResponse } from '../captures/fill-captures.ts'
import { createRawBody } from '../captures/raw-body.ts'
import { resolveChecks, withChecks, withUnjudged } from '../checks/judge-answer.ts'
import { createRequestCallers, type Caller } from './request-caller.ts'
import { proxyRemedies } from '../network/proxy-remedies.ts'
import { createNoteRefusal } from './note-refusal.ts'
import { createTokenFacts } from './token-facts.ts'
import { createWriteDown } from './write-down.ts'
import { refusedFile } from './scope/file-word.ts'
import { withWholePaths } from './scope/own-files.ts'
import { limitsFor } from './scope/send-limits.ts'
import type { Beside, SendDependencies, Sending } from './sending.ts'

/** Sends requests as an account and writes each exchange down, without the token.
 *  Codes: those of `prepareDraft` and `accounts`; what fails on the wire is an exchange with an `error`. */
export function createSendRequest(deps: SendDependencies) {
  const remediesOf = createRemedies(deps)
  const { callAs, newCaller, noteFutile } = createRequestCallers(deps)
  const tokenFacts = createTokenFacts(deps)
  const noteRefusal = createNoteRefusal(deps)
  const keep = createWriteDown(deps)
  const running = new Map<string, AbortController>()
  const sendings = new Set<Promise<unknown>>()

  async function exchange(
    {
      sendId,
      requestId,
      draft,
      carryBodyTo = [],
      allowToken,
      sameTokenAs,
      scope,
      checks,
      atProxies,
      given,
      inRun = false,
    }: Sending & Beside,
    { request: prepared, notes }: PreparedDraft,
    signal: AbortSignal,
    secrets: ReadonlyMap<string, string>,
  ): Promise<ExchangeView> {
    const request = withSecretHeaders(prepared, secrets)
    const known = knownSecrets(request, secrets, [...fieldSecrets(draft), ...(given?.secrets ?? [])])
    const scrub = createScrubber(known.secrets)
    const startedAt = deps.elapsed()
    const userId = deps.session().user.id
    const base: ExchangeView = {
      id: deps.newId(),
      at: deps.clock.now(),
      method: request.method,
      url: maskUrl(scrub.text(request.url)),
      ...defined({ requestId, notes: notes.length === 0 ? undefined : notes }),
      sent: {
        headers: scrub.data(maskHeaders(request.headers)),
        ...describeSentBody(request, draft, scrub),
      },
    }
    let unchecked: true | undefined
    const ways: Way[] = []
    function onWay(way: Way): void {
      ways.push(way)
      unchecked ??= way.unchecked
      for (const secret of secretsOnWay(way)) atProxies.add(secret)
    }
    function broken(error: Failure): ExchangeView {
      const { code, message, next } = createScrubber([...known.secrets, ...atProxies]).data(error)
      const ofAccount = draft.accountId === null ? [] : remediesOf.ofFailure(userId, draft.accountId, code)
      const remedies = [...proxyRemedies(error, ways), ...ofAccount]
      return {
        ...base,
        error: { code, message, ...defined({ next }) },
        errorCode: code,
        ...defined({ unchecked, remedies: remedies.length === 0 ? undefined : remedies }),
      }
    }
    let caller: Caller | undefined
    if (draft.accountId !== null) {
      const { origin, host } = new URL(request.url)
      const shown = scrub.text(origin)
      const found = await callAs(draft.accountId, { origin, shown, allowed: allowToken }, sameTokenAs)
      if (!found.ok && found.error.code === 'token_origin_unconfirmed') {
        const label = `Send the token to ${scrub.text(host)}`
        const remedy = { kind: 'allow-token', label, accountId: draft.accountId, origin: shown } as const
        return { ...broken(found.error), remedies: [remedy] }
      }
      if (!found.ok) return broken(found.error)
      caller = found.value
    }
    const preparing = deps.elapsed() - startedAt
    const refreshedFirst = caller?.carried.refreshed === true
    let sentAt = deps.clock.now()
    const jar = deps.cookieJars.keeper(draft.accountId)
    const tokens = caller === undefined ? [] : [caller.accessToken, ...caller.secrets]
    const pacer = (): Pacer => createPacer(deps.clock, deps.after)
    function secretsWith(handedOut: readonly string[]): KnownSecret[] {
      const values = [...tokens, ...handedOut, ...cookiesSent(jar), ...atProxies]
      return [...known.secrets, ...values.map((value) => ({ value }))]
    }
    const receive =
      deps.arrivals &&
      receiveBody(deps.arrivals.bodies, deps.arrivals.told, {
        sendId,
        base: { ...base, ...defined({ carried: caller?.carried }) },
        secretsIn: (head) => ({ known: secretsWith(secretsHandedOut(head)), short: known.short }),
        pacer,
      })
    const captures = draft.captures ?? []
    const raw = createRawBody(receive, captures.some(looksIntoBody))
    const onSent = createProgressTeller(sendId, deps)
    const settings: SendSettings = { ...scope?.settings, ...defined({ ...draft.settings }) }
    const along = {
      signal,
      carryBodyTo,
      onWay,
      onSent,
      ...defined({ cookies: jar, limits: limitsFor(settings), http2: settings.http2, receive: raw.receive }),
    }
    const credential = caller?.credential ?? given?.credential
    let answer = await deps.send(request, { ...along, ...defined({ credential }) })
    if (answer.ok && answer.value.status === 401) deps.clientTokens.forget(draft.auth)
    let resent: ExchangeView['resent']
    let firstTry: number | undefined
    const mayRenew = sameTokenAs === undefined
    const renewed =
      answer.ok && caller !== undefined && mayRenew ? await newCaller(answer.value, caller) : undefined
    if (renewed?.ok === true && !signal.aborted) {
      caller = renewed.value
      tokens.push(caller.accessToken, ...caller.secrets)
      firstTry = deps.elapsed() - startedAt - preparing
      sentAt = deps.clock.now()
      answer = await deps.send(request, { ...along, credential: caller.credential })
      if (answer.ok) noteFutile(answer.value, caller)
      resent = { firstStatus: 401 }
    } else if (renewed?.ok === false) {
      resent = { firstStatus: 401, refreshFailed: renewed.error.message }
    }
    const carried =
      caller === undefined ? {} : { carried: caller.carried, accountName: caller.carried.displayName }
    if (!answer.ok) return { ...broken(answer.error), ...carried }
    const { timing } = answer.value
    const total = preparing + (firstTry ?? 0) + timing.total
    const sentHeaders = scrub.data(answer.value.sentHeaders)
    // An API, or a proxy, may echo what it was sent, and hands out tokens of its own: neither must reach the history.
    const handedOut = secretsHandedOut(answer.value)
    const all = createScrubber(secretsWith(handedOut))
    const cameAs = raw.of(answer.value)
    // Before the body is covered, which is done in its place. What was sent is left out.
    const wasSent = (text: string): boolean => createScrubber(secretsWith([])).text(text) !== text
    const tokensHeld = tokensInAnswer(answer.value, wasSent)
    const seen = await coverAnswer(answer.value, { scrub: all, sent: known.short, pacer: pacer() })
    const answeredAt = deps.clock.now()
    // A web page may be a sign-in that stands in for the response; of any other success nothing is asked.
    const doubtful = seen.status >= 400 || /html/i.test(seen.contentType)
    const facts = doubtful ? await tokenFacts(caller, request) : {}
    const odd = caller?.odd.map((each) => `non-standard: ${each}`) ?? []
    const said = [...notes, ...odd, ...oddities(answer.value), ...cookieTrouble(jar)]
    const answered: ExchangeView = {
      ...base,
      ...defined({ unchecked, resent, notes: said.length === 0 ? undefined : said }),
      ...carried,
      ...tokensCovered(base, handedOut),
      sent: { ...base.sent, headers: sentHeaders, ...sizeSent(answer.value) },
      ...describeAnswer(seen, caller, {
        now: answeredAt,
        facts,
        carryBodyTo,
        remediesFor: ({ carried }) => remediesOf.ofAnswer(userId, carried.accountId, seen.headers),
      }),
      timing: {
        ...timing,
        ...(refreshedFirst ? { token: preparing } : { preparing }),
        ...defined({ firstTry }),
        total,
      },
      duration: total,
    }
    const { body, keptSize } = keptOf(deps.arrivals?.bodies, answered.id, seen)
    const isWhole = keptSize === undefined
    const judged = await withChecks(answered, checks, { body, isWhole, cover: all.text, beside: deps.judge })
    const filled = await fillCaptures(captures, {
      answer: answer.value,
      body: cameAs,
      scope,
      cover: all.text,
      beside: deps.capture,
    })
    const view = withKeptSize({ ...judged, ...defined({ captures: filled }) }, keptSize)
    // Secret variables stay covered, even where the API sends them back.
    const own = createScrubber([
      ...variableSecrets(secrets),
      ...[...(caller?.secrets ?? []), ...atProxies].map((value) => ({ value })),
    ])
    deps.heldParts.hold(view, { headers: own.data(answer.value.headers), tokens: tokensHeld })
    const kept = deps.heldParts.mark(keep(view, body, inRun))
    if (seen.tokenSent) noteRefusal(view)
    if (caller !== undefined && seen.tokenSent)
      deps.recorder.apiCall(caller.carried.accountId, {
        method: seen.method,
        url: seen.url,
        sentHeaders,
        at: sentAt,
        took: timing.total,
        waiting: timing.waiting,
        status: seen.status,
        headers: seen.headers,
        accessToken: caller.accessToken,
      })
    return kept
  }

  async function run(sending: Sending): Promise<Result<ExchangeView>> {
    const { scope } = sending
    const variables = deps.requestVariables(sending.draft, scope)
    if (!variables.ok) return variables
    const whole = scope ? scope.inherit(sending.draft) : sending.draft
    const resolved = resolveDraft(whole, variables.value, scope ?? deps.session().environment.name)
    if (!resolved.ok) return resolved
    const { secrets } = resolved.value
    const draft = scope ? withWholePaths(resolved.value.draft, scope.own.folder) : resolved.value.draft
    const prepared = prepareDraft(draft, deps.newId)
    if (!prepared.ok) return prepared
    const files = scope ? ok(scope.files) : sending.files?.()
    if (files?.ok === false) return files
    const word = files && { allowed: files.value, own: scope?.own }
    const drafts = { whole, resolved: resolved.value.draft }
    const refused = word && (await refusedFile(prepared.value.request, word, drafts, variables.value))
    if (refused) return refused
    const given =
      draft.accountId === null ? await givenCredential(draft.auth, deps.clientTokens.ask) : ok(undefined)
    if (!given.ok) return given
    const abort = new AbortController()
    running.set(sending.sendId, abort)
    const atProxies = new Set<string>()
    try {
      const checks = resolveChecks(draft.checks ?? [], variables.value)
      const parts = { ...sending, draft, checks, atProxies, given: given.value }
      const view = await exchange(parts, prepared.value, abort.signal, secrets)
      if (view.response !== undefined) return ok(view)
      const whole = { ...withUnjudged(view, checks), ...withoutResponse(draft.captures ?? [], scope) }
      return ok(keep(whole, undefined, sending.inRun ?? false))
    } catch (thrown) {
      const known = knownSecrets(prepared.value.request, secrets, fieldSecrets(draft)).secrets
      throw scrubThrown(thrown, createScrubber([...known, ...atProxies]))
    } finally {
      running.delete(sending.sendId)
    }
  }

  return {
    send(sending: Sending): Promise<Result<ExchangeView>> {
      const sent = run(sending)
      const settled = sent.catch(() => undefined).finally(() => sendings.delete(settled))
      sendings.add(settled)
      return sent
    },
    /** Ends a sending; nothing happens where it has ended already. */
    cancel(sendId: string): Result<null> {
      running.get(sendId)?.abort()
      return ok(null)
    },
    /** Ends all sendings and waits until each is written down. */
    async stop(): Promise<void> {
      for (const abort of running.values()) abort.abort()
      await Promise.all(sendings)
    },
  }
}

export type SendRequest = ReturnType<typeof createSendRequest>
