import { defined } from '@contract/defined'
import type { LogOutEnded, PendingLogOut } from '@contract/account-actions'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import { buildLogoutRequest, isLogoutReturn, readLogoutReturn } from '../../oauth/endpoints/logout.ts'
import type { BrowserOpener, Clock, ConnectionStore, TokenStore } from '../../records/ports.ts'
import { accountConnection } from '../accounts/account-connection.ts'
import { displayName } from '../accounts/account-names.ts'
import type { CurrentSession } from '../vault/session.ts'
import { openTokens } from '../tokens/token-vault.ts'

/** How long the way back from a log-out is recognised, in milliseconds. */
const logOutTimeLimit = 10 * 60_000

interface Dependencies {
  session: CurrentSession
  clock: Clock
  randomBytes: RandomBytes
  connections: ConnectionStore
  tokens: TokenStore
  browser: BrowserOpener
  notify: (ended: LogOutEnded) => void
  changed: () => void
  focus: () => void
}

interface Waiting {
  userId: string
  accountId: string
  displayName: string
  expiresAt: number
}

/** RP-initiated log-outs: opened in the system's browser; when it comes back, the account's tokens are forgotten here.
 *  Until then they stay, as the person may change his mind there. */
export function createLogOut(deps: Dependencies) {
  /** By `state`. A restart forgets them: the tokens then stay, and Sign out here forgets them. */
  const waiting = new Map<string, Waiting>()

  function ended(outcome: LogOutEnded): void {
    deps.notify(outcome)
    deps.focus()
  }
  function refuse(error: Failure): Result<never> {
    ended({ error })
    return { ok: false, error }
  }

  return {
    /** Whether a URL that came in is a way back from a log-out. */
    isReturn: isLogoutReturn,

    async start({ id, wayBack }: { id: string; wayBack: boolean }): Promise<Result<PendingLogOut>> {
      const { user } = deps.session()
      const found = deps.tokens.getAccount(user.id, id)
      if (!found) return fail('account_unknown', 'This account no longer exists.', 'There is nothing to do.')
      const at = accountConnection(deps.connections, found.account)
      if (!at.ok) return at
      const connection = at.value
      const tokens =
        found.tokenSet === undefined
          ? undefined
          : openTokens(deps.session, { ...found, connection, tokenSet: found.tokenSet })
      if (tokens?.ok === false) return tokens
      const idToken = tokens?.value.id
      const request = await buildLogoutRequest(connection, {
        ...defined({ idToken }),
        wayBack,
        randomBytes: deps.randomBytes,
      })
      if (!request.ok) return request
      const { url, state } = request.value
      const now = deps.clock.now()
      for (const [key, { expiresAt, accountId }] of waiting)
        if (expiresAt <= now || accountId === id) waiting.delete(key)
      const browserOpened = await deps.browser.open(url)
      if (!browserOpened) {
        return fail(
          'logout_no_browser',
          'No browser could be opened.',
          'Sign out at the provider’s own pages, and here with “Sign out here”.',
        )
      }
      if (state === undefined) return ok({ browserOpened })
      const expiresAt = now + logOutTimeLimit
      waiting.set(state, {
        userId: user.id,
        accountId: id,
        displayName: displayName(found.account),
        expiresAt,
      })
      return ok({ browserOpened, expiresAt })
    },

    /** Takes the way back. Codes: `logout_malformed`, `logout_state_missing`, `logout_state_unknown`. */
    receive(url: string): Result<{ accountId: string }> {
      const state = readLogoutReturn(url)
      if (!state.ok) return refuse(state.error)
      const run = waiting.get(state.value)
      if (run === undefined || run.expiresAt <= deps.clock.now()) {
        return refuse({
          code: 'logout_state_unknown',
          message: 'A log-out redirect arrived that belongs to no log-out in progress.',
          next: 'Nothing was changed. Use “Sign out here” to forget an account on this computer.',
        })
      }
      waiting.delete(state.value)
      deps.tokens.removeAccount(run.userId, run.accountId)
      deps.changed()
      ended({ accountId: run.accountId, displayName: run.displayName })
      return ok({ accountId: run.accountId })
    },

    forget: (): void => waiting.clear(),
  }
}
