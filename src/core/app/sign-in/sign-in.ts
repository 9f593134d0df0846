import { defined } from '@contract/defined'
import type { PendingSignIn, SignInEnded } from '@contract/accounts'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { responseModeTable } from '@contract/tables/response-modes'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { signInSecretsDocument } from '../../records/documents/sign-in-secrets.ts'
import type { Connection, PendingSignInRecord } from '../../records/model.ts'
import type { BrowserOpener, CallbackListener, SignInWindow } from '../../records/ports.ts'
import { stateDigest } from '../../oauth/authorization/authorization-request.ts'
import { registeredRedirectUri } from '../../oauth/redirect/redirect-uri.ts'
import { responseModeOf } from '../../oauth/authorization/response-type.ts'
import { createAuthorize, type AuthorizeDependencies } from './authorize.ts'
import { createCallbackReceiver, type ReceiveDependencies } from './receive-callback.ts'
import { createHeldRedirect, unknownSignIn, type HeldDependencies } from './held-redirect.ts'
import { factsOf, type SignInWish } from './sign-in-facts.ts'
import { signInTimeLimit, timedOut } from './sign-in-time.ts'
import { createSignInsUnderWay, type Live } from './sign-ins-under-way.ts'
import { signInPlace } from '../tokens/token-vault.ts'

interface Dependencies
  extends ReceiveDependencies, AuthorizeDependencies, Pick<HeldDependencies, 'takeLoopback'> {
  newId: () => string
  browser: BrowserOpener
  signInWindow: SignInWindow
  listener: CallbackListener
  copyText: (text: string) => Promise<void>
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  changed: () => void
}

/** Sign-ins under way: many at once, found by `state`, each with its own time limit. A callback that does
 *  not fit is refused with a reason and disturbs none of them. */
export function createSignIn(deps: Dependencies) {
  const underWay = createSignInsUnderWay(deps.pending, deps.changed)
  const { live, finish } = underWay
  const receiver = createCallbackReceiver(deps, underWay)
  const { receive, isHeld } = receiver
  const authorize = createAuthorize(deps)

  function runOut(record: PendingSignInRecord): void {
    if (isHeld(record.id)) return
    if (!finish(record, 'timed out')) return
    deps.recorder.signIn.ended(record.userId, record.id, timedOut())
    deps.notify(ended(record.id, timedOut().error))
  }

  function view(record: PendingSignInRecord): PendingSignIn {
    const connection = deps.connections.get(record.userId, record.connectionId)
    return {
      id: record.id,
      connectionId: record.connectionId,
      connectionName: connection?.name ?? '',
      startedAt: record.startedAt,
      expiresAt: record.expiresAt,
      browserOpened: live.get(record.id)?.browserOpened ?? false,
      survivesRestart: deps.session().box.storageOf(record.sealedSecrets) === 'vault',
      ...defined({ redirectKind: connection ? connection.redirectKind : undefined }),
    }
  }

  function cancel(record: PendingSignInRecord): boolean {
    if (!finish(record, 'was canceled')) return false
    deps.recorder.signIn.ended(record.userId, record.id, 'cancelled')
    return true
  }

  /** The window that stands in for the system's browser; to close it is to cancel. */
  const openWindow = (record: PendingSignInRecord, connection: Connection, run: Live): Live['window'] =>
    deps.signInWindow.open(
      {
        id: record.id,
        url: run.url,
        redirectUri: run.redirectUri,
        allowInsecure: connection.allowInsecure,
      },
      { onRedirect: (url) => void receive(url, 'window'), onClosed: () => void cancel(record) },
    )

  /** Where the provider sends the browser back to; a loopback address is listened on from now. */
  async function redirectFor(
    connection: Connection,
  ): Promise<Result<{ redirectUri: string; closeListener?: () => void }>> {
    if (redirectTable[connection.redirectKind].waits !== 'listener')
      return ok({ redirectUri: registeredRedirectUri(connection) })
    const { settings = {} } = connection
    const { loopbackHost, loopbackPort, responseType } = settings
    const isForm = responseModeTable[responseModeOf(settings)].place === 'form'
    const listening = await deps.listener.listen((url) => void receive(url, 'loopback'), {
      form: isForm && responseType !== undefined ? 'only' : isForm,
      host: loopbackHost,
      port: loopbackPort,
    })
    if (!listening.ok) return listening
    const { redirectUri, close } = listening.value
    return ok({ redirectUri, closeListener: close })
  }

  /** What the pages of a provider show is not left standing. */
  function cancelWindows(): void {
    for (const [id, { window }] of live) {
      const record = window ? deps.pending.get(id) : undefined
      if (record && !isHeld(id)) cancel(record)
    }
  }

  /** What waits under this id, unless it is another user's. */
  function mine(id: string): PendingSignInRecord | undefined {
    const record = deps.pending.get(id)
    return record?.userId === deps.session().user.id ? record : undefined
  }

  async function start(input: SignInWish): Promise<Result<PendingSignIn>> {
    const { user, box } = deps.session()
    const connection = deps.connections.get(user.id, input.connectionId)
    if (!connection) return fail('connection_unknown', 'This connection was removed.', 'Connect again.')
    const id = deps.newId()
    const redirect = await redirectFor(connection)
    if (!redirect.ok) return redirect
    const { redirectUri, closeListener } = redirect.value
    const request = await authorize(connection, id, {
      redirectUri,
      wish: input,
      ...defined({ scope: input.scope }),
    })
    if (!request.ok) {
      closeListener?.()
      return request
    }
    const { url, secrets } = request.value
    const digest = await stateDigest(secrets.state)
    if (deps.isLocked() || deps.session().user.id !== user.id) {
      closeListener?.()
      return fail('vault_locked', 'Gatehouse was locked meanwhile.', 'Start the sign-in again.')
    }
    const startedAt = deps.clock.now()
    const record: PendingSignInRecord = {
      id,
      userId: user.id,
      connectionId: connection.id,
      stateDigest: digest,
      startedAt,
      expiresAt: startedAt + signInTimeLimit,
      sealedSecrets: box.seal(signInPlace(connection, id), signInSecretsDocument.write(secrets)),
    }
    deps.pending.add(record)
    live.set(id, {
      url,
      redirectUri,
      browserOpened: false,
      wish: input,
      ...defined({ closeListener }),
      callOff: deps.after(signInTimeLimit, () => runOut(record)),
    })
    const run = live.get(id)
    if (run && redirectTable[connection.redirectKind].waits === 'window')
      run.window = openWindow(record, connection, run)
    const browserOpened = run?.window ? true : await deps.browser.open(url)
    deps.recorder.signIn.opened(user.id, id, factsOf(connection), url, browserOpened)
    if (run) run.browserOpened = browserOpened
    deps.changed()
    return ok({ ...view(record), browserOpened })
  }

  const held = createHeldRedirect(deps, { live, mine, cancel, start })

  return {
    receive,
    start,
    whatHolds: held.whatHolds,
    byLoopback: held.byLoopback,
    list(): Result<PendingSignIn[]> {
      const now = deps.clock.now()
      const browser = deps.pending.list(deps.session().user.id).filter(({ kind }) => kind !== 'device')
      const late = browser.filter(({ id, expiresAt }) => expiresAt <= now && !isHeld(id))
      for (const record of late)
        if (finish(record, 'timed out')) deps.recorder.signIn.ended(record.userId, record.id, timedOut())
      return ok(browser.filter((record) => !late.includes(record)).map(view))
    },
    cancel(id: string): Result<null> {
      const record = mine(id)
      return record && cancel(record) ? ok(null) : unknownSignIn()
    },
    async openAgain(id: string): Promise<Result<{ browserOpened: boolean }>> {
      const run = mine(id) && live.get(id)
      if (!run) return unknownSignIn()
      if (run.window) run.window.focus()
      else run.browserOpened = await deps.browser.open(run.url)
      deps.changed()
      return ok({ browserOpened: run.browserOpened })
    },
    async copyUrl(id: string): Promise<Result<null>> {
      const run = mine(id) && live.get(id)
      if (!run) return unknownSignIn()
      await deps.copyText(run.url)
      return ok(null)
    },
    paste: (redirectUrl: string): Promise<Result<{ accountId: string }>> => receive(redirectUrl, 'pasted'),
    resume: receiver.resume,
    /** Waits until no response of a provider is being turned into an account. */
    settle: async (): Promise<void> => {
      await receiver.settle()
      cancelWindows()
    },
    /** Closes listeners and timers; what waits stays stored. */
    close(): void {
      cancelWindows()
      underWay.close()
    },
  }
}

function ended(signInId: string | null, error: Failure): SignInEnded {
  return { signInId, error }
}
