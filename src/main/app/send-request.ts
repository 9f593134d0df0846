import type { CarriedToken, ExchangeView, RequestDraft } from '@contract/requests'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { readChallenges } from '../domain/diagnosis/challenges.ts'
import { explainRefusal, type TokenFacts } from '../domain/diagnosis/refusal.ts'
import { decodeToken } from '../domain/jwt/decode.ts'
import { lifeOf } from '../domain/jwt/view-token.ts'
import { firstText, firstTextLimit } from '../domain/http/body-text.ts'
import { maskSent, maskUrl, secretTexts } from '../domain/http/draft-secrets.ts'
import { prepareDraft, type PreparedDraft } from '../domain/http/draft.ts'
import { coverSecrets, resolveDraft } from '../domain/http/variables.ts'
import { withoutText } from '../domain/http/without-text.ts'
import { maskHeaders } from '../domain/http/origin.ts'
import type { CarriedCredential, HttpAnswer, WireRequest } from '../domain/http/wire.ts'
import { usesCertificate } from '../domain/oauth/client.ts'
import type { EnvironmentStore } from '../domain/shared/environment-store.ts'
import type { Account, Connection } from '../domain/shared/model.ts'
import type { Clock, ConnectionStore, ExchangeStore, TokenStore } from '../domain/shared/ports.ts'
import { displayName } from './account-names.ts'
import type { ClientKeyRing } from './client-keys.ts'
import type { DirectGrants } from './direct-grants.ts'
import type { Environments } from './environments.ts'
import type { FlowRecorder } from './flow-recorder.ts'
import type { OpenTokenSet, RefreshAccount } from './refresh-account.ts'
import { createRemedies } from './refusal-remedies.ts'
import type { CurrentSession } from './session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  connections: ConnectionStore
  tokens: TokenStore
  environments: EnvironmentStore
  exchanges: ExchangeStore
  refreshAccount: RefreshAccount
  variables: Pick<Environments, 'values'>
  clientKeys: ClientKeyRing
  directGrants: DirectGrants
  recorder: FlowRecorder
  send: (
    request: WireRequest,
    options: { credential?: CarriedCredential; signal: AbortSignal },
  ) => Promise<Result<HttpAnswer>>
  changed: () => void
}

/** What is sent as whom. */
interface Caller {
  credential: CarriedCredential
  carried: CarriedToken
  /** What the token says, for the explanation of a refusal. */
  accessToken: string
}

interface Sending {
  sendId: string
  requestId?: string | undefined
  draft: RequestDraft
}

/** What the carried token says that may explain a refusal. */
const tokenFacts = ({ accessToken, carried }: Caller): TokenFacts => {
  const token = decodeToken(accessToken)
  const life = token.format === 'jwt' ? lifeOf(token.claims) : {}
  const aud = token.format === 'jwt' ? token.claims['aud'] : undefined
  const audience = (Array.isArray(aud) ? aud : [aud]).filter((each) => typeof each === 'string')
  const expiresAt = life.expiresAt ?? carried.life.expiresAt
  return {
    scopes: carried.scope.split(' ').filter((scope) => scope !== ''),
    ...(audience.length === 0 ? {} : { audience }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(life.notBefore === undefined ? {} : { notBefore: life.notBefore }),
  }
}

/** Whether an answer names the token as the cause (RFC 6750 section 3.1). */
const refusesToken = (headers: [string, string][]): boolean =>
  readChallenges(
    headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value),
  ).challenges.some(({ parameters }) => parameters.get('error') === 'invalid_token')

/** Sends requests as an account and writes each exchange down, without the token.
 *  Codes: those of `prepareDraft` and `accounts`; what fails on the wire is an exchange with an `error`. */
export const createSendRequest = (need: Dependencies) => {
  const remediesOf = createRemedies(need)
  const running = new Map<string, AbortController>()
  const sendings = new Set<Promise<unknown>>()

  /** The account's token, refreshed first if it has run out; once, whoever asks. */
  const currentTokens = async (accountId: string): Promise<Result<OpenTokenSet & { refreshed: boolean }>> => {
    const loaded = need.refreshAccount.load(accountId)
    if (!loaded.ok) return loaded
    const runsOut = need.refreshAccount.due(loaded.value)
    if (runsOut && need.directGrants.isRenewable(loaded.value)) {
      const renewed = await need.directGrants.renew(accountId)
      return renewed.ok ? ok({ ...renewed.value, refreshed: true }) : renewed
    }
    if (!runsOut || loaded.value.tokens.refresh === undefined)
      return ok({ ...loaded.value, refreshed: false })
    const renewed = await need.refreshAccount.refresh(accountId, 'had run out before a request')
    return renewed.ok ? ok({ ...renewed.value, refreshed: true }) : renewed
  }

  /** What a token is sent with: a bound one is worth nothing without its key. */
  const credentialOf = async (
    connection: Connection,
    { tokenSet, tokens }: OpenTokenSet,
  ): Promise<Result<CarriedCredential>> => {
    const plain = { text: tokens.access, allowInsecure: connection.allowInsecure }
    const isBound = tokenSet.tokenType === 'DPoP'
    if (!isBound && !usesCertificate(connection)) return ok({ type: 'Bearer', ...plain })
    const parts = await need.clientKeys.open(connection)
    if (!parts.ok) return parts
    const { dpop, certificate } = parts.value.keys
    const shown = certificate === undefined ? {} : { certificate }
    if (!isBound) return ok({ type: 'Bearer', ...plain, ...shown })
    if (dpop === undefined) {
      return fail(
        'dpop_key_missing',
        'The token is bound to a key (DPoP) that the connection does not use any more.',
        'Switch DPoP on in the connection and sign in again.',
      )
    }
    return ok({ type: 'DPoP', ...plain, ...shown, prover: dpop })
  }

  /** A token never leaves its environment: what was prepared for one is not sent with the other's. */
  const otherEnvironment = (connection: Connection, account: Account) => {
    const { environment } = need.session()
    return connection.environmentId === environment.id
      ? undefined
      : fail(
          'account_other_environment',
          `“${displayName(account)}” belongs to another environment than “${environment.name}”. Nothing was sent.`,
          'Choose an account of this environment, or switch to the other one.',
        )
  }

  const callerOf = async (opened: OpenTokenSet & { refreshed: boolean }): Promise<Result<Caller>> => {
    const { account, tokenSet, tokens, refreshed } = opened
    const connection = need.connections.get(account.userId, account.connectionId)
    if (!connection)
      return fail('connection_unknown', 'The connection of this account was removed.', 'Connect again.')
    const elsewhere = otherEnvironment(connection, account)
    if (elsewhere) return elsewhere
    const credential = await credentialOf(connection, opened)
    if (!credential.ok) return credential
    return ok({
      credential: credential.value,
      accessToken: tokens.access,
      carried: {
        accountId: account.id,
        displayName: displayName(account),
        connectionName: connection.name,
        life: {
          issuedAt: tokenSet.obtainedAt,
          ...(tokenSet.expiresAt === undefined ? {} : { expiresAt: tokenSet.expiresAt }),
        },
        scope: tokenSet.scope,
        refreshed,
      },
    })
  }

  const callAs = async (accountId: string): Promise<Result<Caller>> => {
    const loaded = need.refreshAccount.load(accountId)
    if (!loaded.ok) return loaded
    const { account } = loaded.value
    const connection = need.connections.get(account.userId, account.connectionId)
    const elsewhere = connection && otherEnvironment(connection, account)
    if (elsewhere) return elsewhere
    const current = await currentTokens(accountId)
    return current.ok ? callerOf(current.value) : current
  }

  /** Accounts whose newest token was refused although it had just been refreshed, by refresh count: another
   *  refresh would bring another of its kind. */
  const futile = new Map<string, number>()

  /** After a 401 that names the token as the cause: the caller with a new token, to send once more. A 401 says
   *  that the request was not carried out (RFC 9110 section 15.5.2), and bodies are held whole in memory, so
   *  that every method may be sent again. */
  const newCaller = async (answer: HttpAnswer, caller: Caller): Promise<Result<Caller> | undefined> => {
    const { accountId, refreshed } = caller.carried
    if (answer.status !== 401 || !answer.tokenSent || refreshed || !refusesToken(answer.headers))
      return undefined
    const stored = need.refreshAccount.load(accountId)
    if (!stored.ok || stored.value.tokens.refresh === undefined) return undefined
    if (stored.value.tokens.access !== caller.accessToken)
      return callerOf({ ...stored.value, refreshed: true })
    if (futile.get(accountId) === stored.value.tokenSet.refreshCount) return undefined
    const renewed = await need.refreshAccount.refresh(accountId, 'the API refused the token (invalid_token)')
    return renewed.ok ? callerOf({ ...renewed.value, refreshed: true }) : renewed
  }

  const noteFutile = (answer: HttpAnswer, { carried }: Caller): void => {
    const stored = need.refreshAccount.load(carried.accountId)
    if (stored.ok && answer.status === 401 && refusesToken(answer.headers))
      futile.set(carried.accountId, stored.value.tokenSet.refreshCount)
    else futile.delete(carried.accountId)
  }

  const describe = (answer: HttpAnswer, caller: Caller | undefined): Partial<ExchangeView> => {
    const text = firstText(answer.body, answer.contentType)
    const refusal =
      answer.status === 401 || answer.status === 403
        ? explainRefusal({
            status: answer.status,
            url: answer.url,
            headers: answer.headers,
            now: need.clock.now(),
            ...(text === undefined ? {} : { bodyText: text.slice(0, 20_000) }),
            ...(caller === undefined
              ? {}
              : { token: tokenFacts(caller), tokenLeftBehind: !answer.tokenSent }),
          })
        : undefined
    const remedies =
      refusal !== undefined && caller !== undefined && answer.tokenSent
        ? remediesOf.ofAnswer(need.session().user.id, caller.carried.accountId, answer.headers)
        : []
    return {
      status: answer.status,
      ...(answer.hops.length === 0 ? {} : { hops: answer.hops }),
      ...(caller === undefined || answer.tokenSent ? {} : { tokenLeftBehind: true }),
      response: {
        ...(answer.hops.length === 0 ? {} : { url: answer.url }),
        status: answer.status,
        statusText: answer.statusText,
        headers: maskHeaders(answer.headers),
        bodySize: answer.body.byteLength,
        contentType: answer.contentType,
        truncated: answer.truncated,
        ...(answer.undecoded === undefined ? {} : { undecoded: answer.undecoded }),
        ...(text === undefined ? {} : { firstText: text }),
      },
      ...(answer.problem === undefined ? {} : { error: answer.problem, errorCode: answer.problem.code }),
      ...(refusal === undefined ? {} : { refusal }),
      ...(remedies.length === 0 ? {} : { remedies }),
    }
  }

  const record = (view: ExchangeView, body: Uint8Array | undefined): void => {
    need.exchanges.add(
      {
        id: view.id,
        userId: need.session().user.id,
        at: view.at,
        method: view.method,
        url: view.url,
        ...(view.requestId === undefined ? {} : { requestId: view.requestId }),
        ...(view.carried === undefined
          ? {}
          : { accountId: view.carried.accountId, accountName: view.carried.displayName }),
        ...(view.carried?.life.expiresAt === undefined
          ? {}
          : { tokenExpiresAt: view.carried.life.expiresAt }),
        ...(view.status === undefined ? {} : { status: view.status }),
        ...(view.duration === undefined ? {} : { duration: view.duration }),
        ...(view.errorCode === undefined ? {} : { errorCode: view.errorCode }),
        view: JSON.stringify(view),
      },
      body,
    )
    need.changed()
  }

  const sentBody = (
    request: WireRequest,
    draft: RequestDraft,
    cover: (text: string) => string,
  ): { bodySize: number; bodyText?: string } => {
    const { body } = request
    if (body === undefined) return { bodySize: 0 }
    const text = new TextDecoder().decode(body.subarray(0, firstTextLimit))
    return { bodySize: body.byteLength, bodyText: cover(maskSent(draft, text)) }
  }

  const exchange = async (
    { requestId, draft }: Sending,
    { request, notes }: PreparedDraft,
    signal: AbortSignal,
    secrets: ReadonlyMap<string, string>,
  ): Promise<ExchangeView> => {
    const cover = coverSecrets(secrets)
    const covered = (headers: [string, string][]) =>
      headers.map(([name, text]): [string, string] => [name, cover(text)])
    const at = need.clock.now()
    const userId = need.session().user.id
    const base: ExchangeView = {
      id: need.newId(),
      at,
      method: request.method,
      url: cover(maskUrl(request.url)),
      ...(requestId === undefined ? {} : { requestId }),
      sent: { headers: covered(maskHeaders(request.headers)), ...sentBody(request, draft, cover) },
      ...(notes.length === 0 ? {} : { notes }),
    }
    const broken = (error: Failure): ExchangeView => {
      const { code, message, next } = error
      const remedies = draft.accountId === null ? [] : remediesOf.ofFailure(userId, draft.accountId, code)
      return {
        ...base,
        error: { code, message, ...(next === undefined ? {} : { next }) },
        errorCode: code,
        ...(remedies.length === 0 ? {} : { remedies }),
      }
    }
    let caller: Caller | undefined
    if (draft.accountId !== null) {
      const found = await callAs(draft.accountId)
      if (!found.ok) return broken(found.error)
      caller = found.value
    }
    const tokenTime = need.clock.now() - at
    let answer = await need.send(request, {
      signal,
      ...(caller === undefined ? {} : { credential: caller.credential }),
    })
    let resent: ExchangeView['resent']
    const renewed = answer.ok && caller !== undefined ? await newCaller(answer.value, caller) : undefined
    if (renewed?.ok === true && !signal.aborted) {
      caller = renewed.value
      answer = await need.send(request, { signal, credential: caller.credential })
      if (answer.ok) noteFutile(answer.value, caller)
      resent = { firstStatus: 401 }
    } else if (renewed?.ok === false) {
      resent = { firstStatus: 401, refreshFailed: renewed.error.message }
    }
    const carried =
      caller === undefined ? {} : { carried: caller.carried, accountName: caller.carried.displayName }
    if (!answer.ok) return { ...broken(answer.error), ...carried }
    const { timing } = answer.value
    const sentHeaders = covered(answer.value.sentHeaders)
    // An API may echo what it was sent: the token must not reach the history by that way.
    const hidden = [
      ...(caller === undefined ? [] : [caller.accessToken]),
      ...secrets.values(),
      ...secretTexts(draft),
    ]
    const seen = hidden.reduce(withoutText, answer.value)
    const view: ExchangeView = {
      ...base,
      ...carried,
      ...(resent === undefined ? {} : { resent }),
      sent: { ...base.sent, headers: sentHeaders },
      ...describe(seen, caller),
      timing: {
        ...timing,
        ...(caller?.carried.refreshed === true ? { token: tokenTime } : {}),
        total: timing.total + tokenTime,
      },
      duration: timing.total + tokenTime,
    }
    record(view, seen.body)
    if (caller !== undefined && seen.tokenSent)
      need.recorder.apiCall(caller.carried.accountId, {
        method: seen.method,
        url: seen.url,
        sentHeaders,
        at: at + tokenTime,
        took: timing.total,
        waiting: timing.waiting,
        status: seen.status,
        headers: seen.headers,
        accessToken: caller.accessToken,
      })
    return view
  }

  const run = async (sending: Sending): Promise<Result<ExchangeView>> => {
    const variables = need.variables.values()
    if (!variables.ok) return variables
    const resolved = resolveDraft(sending.draft, variables.value, need.session().environment.name)
    if (!resolved.ok) return resolved
    const { draft, secrets } = resolved.value
    const prepared = prepareDraft(draft)
    if (!prepared.ok) return prepared
    const abort = new AbortController()
    running.set(sending.sendId, abort)
    try {
      const view = await exchange({ ...sending, draft }, prepared.value, abort.signal, secrets)
      if (view.response === undefined) record(view, undefined)
      return ok(view)
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
