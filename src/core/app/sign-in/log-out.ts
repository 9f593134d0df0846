import { defined } from '@contract/defined'
import type { LogOutEnded, PendingLogOut } from '@contract/account-actions'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import {
  buildLogoutRequest,
  isLogoutReturn,
  logoutRedirectUri,
  readLogoutReturn,
} from '../../oauth/endpoints/logout.ts'
import type { Connection } from '../../records/model.ts'
import type {
  BrowserOpener,
  CallbackListener,
  Clock,
  ConnectionStore,
  TokenStore,
} from '../../records/ports.ts'
import { accountConnection } from '../accounts/account-connection.ts'
import { displayName } from '../accounts/account-names.ts'
import type { CurrentSession } from '../vault/session.ts'
import { openTokens } from '../tokens/token-vault.ts'
import { takesLoopback } from './held-redirect.ts'

/** How long the way back from a logout is recognised, in milliseconds. */
const logOutTimeLimit = 10 * 60_000

interface Dependencies {
  session: CurrentSession
  clock: Clock
  randomBytes: RandomBytes
  connections: ConnectionStore
  tokens: TokenStore
  browser: BrowserOpener
  listener: CallbackListener
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Stores a connection with loopback as its redirect. */
  takeLoopback: (connection: Connection) => { connection: Connection }
  notify: (ended: LogOutEnded) => void
  changed: () => void
  focus: () => void
}

interface Waiting {
  userId: string
  accountId: string
  displayName: string
  expiresAt: number
  /** Ends the waiting: the timer, and the listener where there is one. */
  close: () => void
}

/** RP-initiated log-outs: opened in the system's browser; when it comes back, the account's tokens are forgotten here.
 *  Until then they stay, as the person may change his mind there. */
export function createLogOut(deps: Dependencies) {
  /** By `state`. A restart forgets them: the tokens then stay, and Sign out here forgets them. */
  const waiting = new Map<string, Waiting>()

  function end(state: string): void {
    waiting.get(state)?.close()
    waiting.delete(state)
  }
  function runOut(state: string): void {
    const run = waiting.get(state)
    end(state)
    if (run) deps.notify({ accountId: run.accountId, displayName: run.displayName, error: notBack })
  }

  /** Where the browser is to come back to, as the connection's redirects do; a loopback address is listened on. */
  async function wayBackOf({
    redirectKind,
    settings = {},
  }: Connection): Promise<Result<{ redirectUri: string; close: () => void }>> {
    if (redirectKind !== 'loopback') return ok({ redirectUri: logoutRedirectUri, close: () => undefined })
    const { loopbackHost, loopbackPort } = settings
    return deps.listener.listen((url) => void receive(url), {
      ...defined({ host: loopbackHost, port: loopbackPort }),
    })
  }

  function ended(outcome: LogOutEnded): void {
    deps.notify(outcome)
    deps.focus()
  }
  function refuse(error: Failure): Result<never> {
    ended({ error })
    return { ok: false, error }
  }

  /** Takes the way back. Codes: `logout_malformed`, `logout_state_missing`, `logout_state_unknown`. */
  function receive(url: string): Result<{ accountId: string }> {
    const state = readLogoutReturn(url)
    if (!state.ok) return refuse(state.error)
    const run = waiting.get(state.value)
    if (run === undefined || run.expiresAt <= deps.clock.now()) {
      return refuse({
        code: 'logout_state_unknown',
        message: 'A logout redirect arrived that belongs to no logout in progress.',
        next: 'Nothing was changed. Use “Sign out here” to remove an account from this computer.',
      })
    }
    end(state.value)
    deps.tokens.removeAccount(run.userId, run.accountId)
    deps.changed()
    ended({ accountId: run.accountId, displayName: run.displayName })
    return ok({ accountId: run.accountId })
  }

  return {
    /** Whether a URL that came in is a way back from a logout. */
    isReturn: isLogoutReturn,

    /** With `loopback` the way back is taken there, now and from now on. */
    async start({
      id,
      wayBack,
      loopback = false,
    }: {
      id: string
      wayBack: boolean
      loopback?: boolean | undefined
    }): Promise<Result<PendingLogOut>> {
      const { user } = deps.session()
      const found = deps.tokens.getAccount(user.id, id)
      if (!found)
        return fail('account_unknown', 'This account no longer exists.', 'Nothing needs to be done.')
      const at = accountConnection(deps.connections, found.account)
      if (!at.ok) return at
      let connection = at.value
      const tokens =
        found.tokenSet === undefined
          ? undefined
          : openTokens(deps.session, { ...found, connection, tokenSet: found.tokenSet })
      if (tokens?.ok === false) return tokens
      const idToken = tokens?.value.id
      for (const [key, { accountId }] of waiting) if (accountId === id) end(key)
      if (loopback && takesLoopback(connection)) connection = deps.takeLoopback(connection).connection
      const back = wayBack ? await wayBackOf(connection) : undefined
      if (back?.ok === false) return back
      const request = await buildLogoutRequest(connection, {
        ...defined({ idToken, wayBack: back?.value.redirectUri }),
        randomBytes: deps.randomBytes,
      })
      if (!request.ok) {
        back?.value.close()
        return request
      }
      const { url, state } = request.value
      const browserOpened = await deps.browser.open(url)
      if (!browserOpened) {
        back?.value.close()
        return fail(
          'logout_no_browser',
          'No browser could be opened.',
          'Sign out on the provider’s own pages, and here with “Sign out here”.',
        )
      }
      if (state === undefined || back === undefined) return ok({ browserOpened })
      const expiresAt = deps.clock.now() + logOutTimeLimit
      const callOff = deps.after(logOutTimeLimit, () => runOut(state))
      waiting.set(state, {
        userId: user.id,
        accountId: id,
        displayName: displayName(found.account),
        expiresAt,
        close: () => {
          callOff()
          back.value.close()
        },
      })
      return ok({ browserOpened, expiresAt, loopback: takesLoopback(connection) })
    },

    receive,

    /** Stops waiting for any. */
    close(): void {
      for (const state of [...waiting.keys()]) end(state)
    },
  }
}

const notBack: Failure = {
  code: 'logout_timed_out',
  message: `The browser did not return from the logout within ${logOutTimeLimit / 60_000} minutes.`,
  next: 'The account and its tokens are still here. Use “Sign out here” to remove them.',
}
