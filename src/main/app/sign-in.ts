import type { PendingSignIn, SignInEnded } from '@contract/accounts'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { Connection, PendingSignInRecord } from '../domain/shared/model.ts'
import type {
  BrowserOpener,
  CallbackListener,
  Clock,
  ConnectionStore,
  PendingSignInStore,
  SignInWindow,
} from '../domain/shared/ports.ts'
import { stateDigest, type AuthorizationRequest } from '../domain/oauth/authorization-request.ts'
import { registeredRedirectUri } from '../domain/oauth/redirect-uri.ts'
import { responseModeOf } from '../domain/oauth/response-type.ts'
import { readCallback } from '../domain/oauth/callback.ts'
import type { CallbackWay } from '../domain/flow/flow.ts'
import type { RandomBytes } from '../domain/oauth/encoding.ts'
import type { Fetch } from '../domain/oauth/fetch.ts'
import { isPushed, requestAuthorization } from '../domain/oauth/pushed-request.ts'
import type { ClientKeyRing } from './client-keys.ts'
import type { FlowRecorder } from './flow-recorder.ts'
import { createCallbackJudge, notStored, type CompleteSignIn } from './judge-callback.ts'
import type { CurrentSession } from './session.ts'
import { factsOf, steppedUp, type SignInWish } from './sign-in-facts.ts'
import { createSignInsUnderWay, type Live } from './sign-ins-under-way.ts'
import { signInPlace } from './token-vault.ts'

/** How long a sign-in waits for its redirect, in milliseconds. */
export const signInTimeLimit = 10 * 60_000

/** Redirects that are held while locked; each sign-in has one, but nobody is trusted to send only that. */
const heldLimit = 20

interface Dependencies {
  session: CurrentSession
  /** Whether nothing may be begun: the vault is locked, or about to be. */
  isLocked: () => boolean
  clock: Clock
  newId: () => string
  randomBytes: RandomBytes
  connections: ConnectionStore
  pending: PendingSignInStore
  browser: BrowserOpener
  signInWindow: SignInWindow
  listener: CallbackListener
  copyText: (text: string) => Promise<void>
  clientKeys: ClientKeyRing
  fetch: Fetch
  complete: CompleteSignIn
  recorder: FlowRecorder
  /** Calls back after that many milliseconds; answers how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  tell: (ended: SignInEnded) => void
  changed: () => void
  /** Brings the window before the user when the browser has answered. */
  focus: () => void
}

const ended = (signInId: string | null, error: Failure): SignInEnded => ({ signInId, error })

/** Sign-ins under way: many at once, found by `state`, each with its own time limit. A callback that does
 *  not fit is refused with a reason and disturbs none of them. */
export const createSignIn = (need: Dependencies) => {
  const underWay = createSignInsUnderWay(need.pending, need.changed)
  const { live, finish, withoutSignIn } = underWay
  const judge = createCallbackJudge({ ...need, finish })
  /** Redirects that came while locked, or for another user than the one who is in: in memory only. */
  const held: { record: PendingSignInRecord; url: string; way: CallbackWay; at: number }[] = []
  const running = new Set<Promise<unknown>>()

  const isHeld = (id: string): boolean => held.some(({ record }) => record.id === id)

  const runOut = (record: PendingSignInRecord): void => {
    if (isHeld(record.id)) return
    if (!finish(record, 'ran out of time')) return
    need.recorder.signIn.ended(record.userId, record.id, timedOut())
    need.tell(ended(record.id, timedOut().error))
  }

  const timedOut = () =>
    fail(
      'sign_in_timed_out',
      `Nobody finished this sign-in within ${signInTimeLimit / 60_000} minutes.`,
      'Start the sign-in again.',
    )

  const view = (record: PendingSignInRecord): PendingSignIn => {
    const connection = need.connections.get(record.userId, record.connectionId)
    return {
      id: record.id,
      connectionId: record.connectionId,
      connectionName: connection?.name ?? '',
      startedAt: record.startedAt,
      expiresAt: record.expiresAt,
      browserOpened: live.get(record.id)?.browserOpened ?? false,
      survivesRestart: need.session().box.storageOf(record.sealedSecrets) === 'vault',
      ...(connection ? { redirectKind: connection.redirectKind } : {}),
    }
  }

  /** Whether this redirect has to wait for its user. */
  const waitsForUser = (record: PendingSignInRecord): boolean =>
    need.isLocked() || record.userId !== need.session().user.id

  const hold = (record: PendingSignInRecord, url: string, way: CallbackWay): Result<never> => {
    held.push({ record, url, way, at: need.clock.now() })
    if (held.length > heldLimit) held.shift()
    return need.isLocked()
      ? fail(
          'vault_locked',
          'The answer of the provider has come.',
          'Unlock Gatehouse to finish the sign-in.',
        )
      : fail(
          'sign_in_other_user',
          'This answer belongs to another user.',
          'Switch to that user to finish it.',
        )
  }

  const take = async (
    url: string,
    way: CallbackWay,
    arrivedAt = need.clock.now(),
  ): Promise<Result<{ accountId: string }>> => {
    const read = readCallback(url, {
      loopbackRedirectUris: [...live.values()].map(({ redirectUri }) => redirectUri),
    })
    let signInId: string | null = null
    let outcome: Result<{ accountId: string }>
    if (!read.ok) {
      outcome = read
      need.recorder.stray(url, way, read.error)
    } else {
      const digest = await stateDigest(read.value.state)
      const record = need.pending.findByStateDigest(digest)
      if (!record) {
        const unwanted = withoutSignIn(digest)
        if (!unwanted.ok) need.recorder.stray(url, way, unwanted.error)
        outcome = unwanted
      } else if (record.expiresAt <= arrivedAt) {
        finish(record, 'ran out of time')
        outcome = timedOut()
        need.recorder.signIn.ended(record.userId, record.id, outcome)
        signInId = record.id
      } else if (waitsForUser(record)) {
        outcome = hold(record, url, way)
        // Nothing has ended: only somebody at another user's page is told why nothing happens there.
        if (need.isLocked()) {
          need.focus()
          return outcome
        }
      } else {
        signInId = record.id
        outcome = await judge(record, read.value, { url, way })
      }
    }
    need.tell(
      outcome.ok ? { signInId, accountId: outcome.value.accountId } : { signInId, error: outcome.error },
    )
    need.focus()
    return outcome
  }

  /** Takes a redirect, however it came. Every outcome is told to the page; one that comes while locked is held
   *  and finished after the unlock. */
  const receive = (
    url: string,
    way: CallbackWay = 'custom-scheme',
    arrivedAt?: number,
  ): Promise<Result<{ accountId: string }>> => {
    const taken = take(url, way, arrivedAt).catch((thrown: unknown) => {
      const failed = notStored(thrown)
      if (!failed.ok) need.tell({ signInId: null, error: failed.error })
      need.focus()
      return failed
    })
    const settled = taken.catch(() => undefined).finally(() => running.delete(settled))
    running.add(settled)
    return taken
  }

  const cancel = (record: PendingSignInRecord): boolean => {
    if (!finish(record, 'was cancelled')) return false
    need.recorder.signIn.ended(record.userId, record.id, 'cancelled')
    return true
  }

  /** The window that stands in for the system's browser; to close it is to cancel. */
  const openWindow = (record: PendingSignInRecord, connection: Connection, run: Live): Live['window'] =>
    need.signInWindow.open(
      {
        id: record.id,
        url: run.url,
        redirectUri: run.redirectUri,
        allowInsecure: connection.allowInsecure,
      },
      { onRedirect: (url) => void receive(url, 'window'), onClosed: () => void cancel(record) },
    )

  /** What the pages of a provider show is not left standing. */
  const cancelWindows = (): void => {
    for (const [id, { window }] of live) {
      const record = window ? need.pending.get(id) : undefined
      if (record && !isHeld(id)) cancel(record)
    }
  }

  const prepare = async (
    connection: Connection,
    id: string,
    asked: { redirectUri: string; scope?: string },
  ): Promise<Result<AuthorizationRequest>> => {
    const parts = await need.clientKeys.open(connection)
    if (!parts.ok) return parts
    const { userId } = connection
    const flow = isPushed({ connection })
      ? need.recorder.signIn.begun(userId, id, factsOf(connection))
      : undefined
    const request = await requestAuthorization(
      { connection, ...parts.value, fetch: flow?.fetch ?? need.fetch, now: () => need.clock.now() },
      { ...asked, randomBytes: need.randomBytes },
    )
    if (!request.ok && flow) need.recorder.signIn.ended(userId, id, request)
    return request
  }

  /** What waits under this id, unless it is another user's. */
  const mine = (id: string): PendingSignInRecord | undefined => {
    const record = need.pending.get(id)
    return record?.userId === need.session().user.id ? record : undefined
  }

  const unknown = () => fail('sign_in_unknown', 'This sign-in has already ended.', 'Start it again.')

  return {
    receive,
    async start(input: SignInWish): Promise<Result<PendingSignIn>> {
      const { user, box } = need.session()
      const connection = need.connections.get(user.id, input.connectionId)
      if (!connection) return fail('connection_unknown', 'This connection was removed.', 'Connect again.')
      const id = need.newId()
      let redirectUri = registeredRedirectUri(connection)
      let closeListener: (() => void) | undefined
      if (connection.redirectKind === 'loopback') {
        const { settings = {} } = connection
        const { loopbackHost, loopbackPort, responseType } = settings
        const isForm = responseModeOf(settings).startsWith('form_post')
        const listening = await need.listener.listen((url) => void receive(url, 'loopback'), {
          form: isForm && responseType !== undefined ? 'only' : isForm,
          host: loopbackHost,
          port: loopbackPort,
        })
        if (!listening.ok) return listening
        redirectUri = listening.value.redirectUri
        closeListener = listening.value.close
      }
      const request = await prepare(steppedUp(connection, input), id, {
        redirectUri,
        ...(input.scope === undefined ? {} : { scope: input.scope }),
      })
      if (!request.ok) {
        closeListener?.()
        return request
      }
      const { url, secrets } = request.value
      const digest = await stateDigest(secrets.state)
      if (need.isLocked() || need.session().user.id !== user.id) {
        closeListener?.()
        return fail('vault_locked', 'Gatehouse was locked meanwhile.', 'Start the sign-in again.')
      }
      const startedAt = need.clock.now()
      const record: PendingSignInRecord = {
        id,
        userId: user.id,
        connectionId: connection.id,
        stateDigest: digest,
        startedAt,
        expiresAt: startedAt + signInTimeLimit,
        sealedSecrets: box.seal(signInPlace(user.id, id), JSON.stringify(secrets)),
      }
      need.pending.add(record)
      live.set(id, {
        url,
        redirectUri,
        browserOpened: false,
        ...(closeListener ? { closeListener } : {}),
        callOff: need.after(signInTimeLimit, () => runOut(record)),
      })
      const run = live.get(id)
      if (run && connection.redirectKind === 'window') run.window = openWindow(record, connection, run)
      const browserOpened = run?.window ? true : await need.browser.open(url)
      need.recorder.signIn.opened(user.id, id, factsOf(connection), url, browserOpened)
      if (run) run.browserOpened = browserOpened
      need.changed()
      return ok({ ...view(record), browserOpened })
    },
    list(): Result<PendingSignIn[]> {
      const now = need.clock.now()
      const browser = need.pending.list(need.session().user.id).filter(({ kind }) => kind !== 'device')
      const late = browser.filter(({ id, expiresAt }) => expiresAt <= now && !isHeld(id))
      for (const record of late)
        if (finish(record, 'ran out of time'))
          need.recorder.signIn.ended(record.userId, record.id, timedOut())
      return ok(browser.filter((record) => !late.includes(record)).map(view))
    },
    cancel(id: string): Result<null> {
      const record = mine(id)
      return record && cancel(record) ? ok(null) : unknown()
    },
    async openAgain(id: string): Promise<Result<{ browserOpened: boolean }>> {
      const run = mine(id) && live.get(id)
      if (!run) return unknown()
      if (run.window) run.window.focus()
      else run.browserOpened = await need.browser.open(run.url)
      need.changed()
      return ok({ browserOpened: run.browserOpened })
    },
    async copyUrl(id: string): Promise<Result<null>> {
      const run = mine(id) && live.get(id)
      if (!run) return unknown()
      await need.copyText(run.url)
      return ok(null)
    },
    paste: (redirectUrl: string): Promise<Result<{ accountId: string }>> => receive(redirectUrl, 'pasted'),
    /** Finishes what came while nobody was in. */
    async resume(): Promise<void> {
      for (const { url, way, at } of held.splice(0)) await receive(url, way, at)
    },
    /** Waits until no answer of a provider is being turned into an account. */
    settle: async (): Promise<void> => {
      await Promise.all(running)
      cancelWindows()
    },
    /** Closes listeners and timers; what waits stays stored. */
    close(): void {
      cancelWindows()
      underWay.close()
    },
  }
}
