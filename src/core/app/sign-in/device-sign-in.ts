import { defined } from '@contract/defined'
import type { PendingSignIn, SignInEnded } from '@contract/accounts'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { deviceGrantType } from '../../oauth/client/stock-client.ts'
import { pollDeviceCode, requestDeviceCode, type DeviceSecrets } from '../../oauth/token/device-code.ts'
import { sha256Base64url } from '../../oauth/wire/encoding.ts'
import type { GrantedTokens } from '../../oauth/token/token-request.ts'
import { failureIn } from '../../text/expected-failure.ts'
import { deviceSecretsDocument } from '../../records/documents/sign-in-secrets.ts'
import type { Connection, PendingSignInRecord } from '../../records/model.ts'
import type { BrowserOpener, Clock, ConnectionStore, PendingSignInStore } from '../../records/ports.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { IdTokenJudge } from '../tokens/judge-id-token.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { StockRecorded, WatchStock } from '../tokens/watch-stock.ts'
import { newPoller, nextInterval, type Poller } from './device-poller.ts'
import { deviceFactsOf } from './sign-in-facts.ts'
import type { StoreTokens } from './store-tokens.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import { signInPlace } from '../tokens/token-vault.ts'

interface Dependencies {
  session: CurrentSession
  isLocked: () => boolean
  clock: Clock
  newId: () => string
  connections: ConnectionStore
  pending: PendingSignInStore
  browser: BrowserOpener
  clientKeys: ClientKeyRing
  judge: IdTokenJudge
  recorder: FlowRecorder
  watchStock: WatchStock
  storeTokens: StoreTokens
  copyText: (text: string) => Promise<void>
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  notify: (ended: SignInEnded) => void
  changed: () => void
  focus: () => void
}

/** Sign-ins by device code (RFC 8628): the code is shown, and the provider is asked in its own interval until
 *  someone has used it, it expired, or it was canceled. They go on after a restart.
 *  Codes: those of `requestDeviceCode` and `pollDeviceCode`, `device_expired`. */
export function createDeviceSignIn(deps: Dependencies) {
  const pollers = new Map<string, Poller>()
  const running = new Set<Promise<unknown>>()
  let settling = false

  const expired: Failure = {
    code: 'device_expired',
    message: 'No one entered the code before it expired.',
    next: 'Ask for a new code.',
  }

  function stop(id: string): void {
    const poller = pollers.get(id)
    pollers.delete(id)
    poller?.callOff()
    poller?.abort.abort()
  }

  /** Ends it permanently; only the first caller gets `true`. */
  function finish(record: PendingSignInRecord): boolean {
    const mine = deps.pending.take(record.id)
    stop(record.id)
    deps.changed()
    return mine
  }

  function end(record: PendingSignInRecord, outcome: Result<{ accountId: string }>): void {
    deps.recorder.signIn.ended(record.userId, record.id, outcome)
    deps.notify(
      outcome.ok
        ? { signInId: record.id, accountId: outcome.value.accountId }
        : { signInId: record.id, error: outcome.error },
    )
    deps.focus()
  }

  function refuse(record: PendingSignInRecord, error: Failure): void {
    if (finish(record)) end(record, { ok: false, error })
  }

  function schedule(record: PendingSignInRecord, poller: Poller): void {
    if (settling) return
    poller.callOff = deps.after(poller.intervalSeconds * 1000, () => {
      const polled = poll(record, poller).catch((thrown: unknown) => {
        const error = failureIn(thrown)
        stop(record.id)
        if (error !== undefined) deps.notify({ signInId: record.id, error })
      })
      const settled = polled.finally(() => running.delete(settled))
      running.add(settled)
    })
  }

  function flowOf(owner: string, id: string, connection: Connection, recorded: StockRecorded): FlowTrace {
    const flow = deps.recorder.signIn.begun(owner, id, deviceFactsOf(connection))
    return deps.watchStock(flow, connection, { grantType: deviceGrantType }, recorded)
  }

  async function store(
    record: PendingSignInRecord,
    connection: Connection,
    secrets: DeviceSecrets,
    granted: GrantedTokens,
    flow: FlowTrace,
  ): Promise<void> {
    // Cancelled while the provider answered: the tokens are not wanted anymore.
    if (!(await onceUnlocked(deps.wait, () => finish(record)))) return
    async function stored(): Promise<Result<{ accountId: string }>> {
      try {
        return await deps.storeTokens({
          connection,
          grant: 'device_code',
          granted,
          scopeAsked: secrets.scopeAsked,
          ...defined({ resource: secrets.resource }),
          reason: 'signed in with a device code',
          title: 'Device code',
          flow,
        })
      } catch (thrown) {
        const error = failureIn(thrown)
        if (error === undefined) throw thrown
        return { ok: false, error }
      }
    }
    end(record, await stored())
  }

  async function poll(record: PendingSignInRecord, poller: Poller): Promise<void> {
    if (deps.isLocked() || deps.session().user.id !== record.userId) return stop(record.id)
    if (record.expiresAt <= deps.clock.now()) return refuse(record, expired)
    const connection = deps.connections.get(record.userId, record.connectionId)
    if (!connection) {
      return refuse(record, {
        code: 'connection_unknown',
        message: 'The connection of this sign-in was removed.',
        next: 'Connect again.',
      })
    }
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return refuse(record, parts.error)
    const flow = flowOf(record.userId, record.id, connection, poller.recorded)
    const answer = await pollDeviceCode(poller.secrets, {
      connection,
      ...parts.value,
      fetch: flow.fetch,
      now: () => deps.clock.now(),
      signal: poller.abort.signal,
      judgeIdToken: deps.judge(connection, parts.value.clientSecret, flow),
    })
    if (!pollers.has(record.id)) return
    if (answer.ok && answer.value.state === 'granted')
      return store(record, connection, poller.secrets, answer.value.granted, flow)
    if (!answer.ok && answer.error.remedy !== 'try-later') return refuse(record, answer.error)
    const before = poller.trouble?.code
    poller.trouble = answer.ok ? undefined : answer.error
    poller.intervalSeconds = nextInterval(poller, answer)
    if (before !== poller.trouble?.code) deps.changed()
    schedule(record, poller)
  }

  function begin(record: PendingSignInRecord, secrets: DeviceSecrets, recorded: StockRecorded): Poller {
    const poller = newPoller(secrets, recorded)
    pollers.set(record.id, poller)
    schedule(record, poller)
    return poller
  }

  /** Goes on with a code that an earlier run of the app asked for. */
  function goOn(record: PendingSignInRecord): Poller | undefined {
    const known = pollers.get(record.id)
    if (known) return known
    const connection = deps.connections.get(record.userId, record.connectionId)
    if (!connection) return undefined
    const opened = deps.session().box.open(signInPlace(connection, record.id), record.sealedSecrets)
    const secrets = opened.ok ? deviceSecretsDocument.read(opened.value) : opened
    return secrets.ok ? begin(record, secrets.value, {}) : undefined
  }

  function view(record: PendingSignInRecord): PendingSignIn[] {
    const poller = goOn(record)
    if (!poller) return []
    const { userCode, verificationUri, verificationUriComplete, notes } = poller.secrets
    return [
      {
        id: record.id,
        connectionId: record.connectionId,
        connectionName: deps.connections.get(record.userId, record.connectionId)?.name ?? '',
        startedAt: record.startedAt,
        expiresAt: record.expiresAt,
        browserOpened: poller.browserOpened,
        survivesRestart: deps.session().box.storageOf(record.sealedSecrets) === 'vault',
        device: {
          userCode,
          verificationUri,
          ...defined({ verificationUriComplete, notes }),
          ...defined({ trouble: poller.trouble?.message }),
        },
      },
    ]
  }

  const unknown = () => fail('sign_in_unknown', 'This sign-in has already ended.', 'Start it again.')
  const addressOf = ({ verificationUri, verificationUriComplete }: DeviceSecrets): string =>
    verificationUriComplete ?? verificationUri

  return {
    async start(connection: Connection): Promise<Result<PendingSignIn>> {
      const { user, box } = deps.session()
      const id = deps.newId()
      const parts = await deps.clientKeys.open(connection)
      if (!parts.ok) return parts
      const recorded: StockRecorded = {}
      const flow = flowOf(user.id, id, connection, recorded)
      const asked = await requestDeviceCode({
        connection,
        ...parts.value,
        fetch: flow.fetch,
        now: () => deps.clock.now(),
      })
      if (!asked.ok) {
        deps.recorder.signIn.ended(user.id, id, asked)
        return asked
      }
      const { secrets, expiresInSeconds } = asked.value
      const startedAt = deps.clock.now()
      const record: PendingSignInRecord = {
        id,
        kind: 'device',
        userId: user.id,
        connectionId: connection.id,
        stateDigest: await sha256Base64url(secrets.deviceCode),
        startedAt,
        expiresAt: startedAt + expiresInSeconds * 1000,
        sealedSecrets: box.seal(signInPlace(connection, id), deviceSecretsDocument.write(secrets)),
      }
      deps.pending.add(record)
      begin(record, secrets, recorded)
      deps.changed()
      const [shown] = view(record)
      return shown ? ok(shown) : unknown()
    },
    /** Codes that wait; those of an earlier run are taken up again. */
    list: (): PendingSignIn[] => {
      const { user } = deps.session()
      const now = deps.clock.now()
      const records = deps.pending.list(user.id).filter(({ kind }) => kind === 'device')
      for (const record of records) if (record.expiresAt <= now) refuse(record, expired)
      return records.filter(({ expiresAt }) => expiresAt > now).flatMap(view)
    },
    cancel(record: PendingSignInRecord): Result<null> {
      if (!finish(record)) return unknown()
      deps.recorder.signIn.ended(record.userId, record.id, 'cancelled')
      return ok(null)
    },
    /** Opens the provider's page on this computer, with the code filled in where the provider offers that. */
    async openAgain(record: PendingSignInRecord): Promise<Result<{ browserOpened: boolean }>> {
      const poller = goOn(record)
      if (!poller) return unknown()
      poller.browserOpened = await deps.browser.open(addressOf(poller.secrets))
      deps.changed()
      return ok({ browserOpened: poller.browserOpened })
    },
    async copyUrl(record: PendingSignInRecord): Promise<Result<null>> {
      const poller = goOn(record)
      if (!poller) return unknown()
      await deps.copyText(addressOf(poller.secrets))
      return ok(null)
    },
    /** Stops asking and waits for the answers under way, which may bring tokens; what waits stays stored. */
    async settle(): Promise<void> {
      settling = true
      for (const poller of pollers.values()) poller.callOff()
      await Promise.all(running)
      pollers.clear()
      settling = false
    },
  }
}

export type DeviceSignIn = ReturnType<typeof createDeviceSignIn>
