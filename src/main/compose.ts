import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app as electronApp, nativeTheme, safeStorage } from 'electron'
import type { CallHandlers } from '@contract/calls'
import type { Pushes } from '@contract/pushes'
import { ok, type Result } from '@contract/result'
import { nodeCrypto } from './adapters/crypto/node-crypto.ts'
import { systemBrowser } from './adapters/electron/browser-opener.ts'
import { createSafeStorageProtector } from './adapters/electron/key-protector.ts'
import { launchPlayground } from './adapters/electron/playground-process.ts'
import { registerScheme } from './adapters/electron/scheme-registration.ts'
import { copySecret, copyText } from './adapters/electron/secret-clipboard.ts'
import { createOauthFetch } from './adapters/net/fetch.ts'
import { createLoopbackListener } from './adapters/net/loopback-listener.ts'
import { createRequestEngine } from './adapters/net/send.ts'
import type { Settings } from './adapters/settings/create-settings.ts'
import { createConnectionStore } from './adapters/sqlite/connection-store.ts'
import { createExchangeStore } from './adapters/sqlite/exchange-store.ts'
import { openDatabase } from './adapters/sqlite/open.ts'
import { createPendingSignInStore } from './adapters/sqlite/pending-sign-in-store.ts'
import { createRequestStore } from './adapters/sqlite/request-store.ts'
import { createTokenStore } from './adapters/sqlite/token-store.ts'
import { createUserStore } from './adapters/sqlite/user-store.ts'
import { createVaultKeyStore } from './adapters/sqlite/vault-key-store.ts'
import type { App } from './app/app.ts'
import { createAccounts } from './app/accounts.ts'
import { createCompleteSignIn } from './app/complete-sign-in.ts'
import { createConnections } from './app/connections.ts'
import { createExchangeHistory } from './app/exchange-history.ts'
import { openingUser } from './app/first-user.ts'
import { inspectToken } from './app/inspect-token.ts'
import { createIdTokenJudge } from './app/judge-id-token.ts'
import { createPlayground } from './app/playground.ts'
import { createRefreshAccount } from './app/refresh-account.ts'
import { createSavedRequests } from './app/saved-requests.ts'
import { createSendRequest } from './app/send-request.ts'
import type { CurrentSession } from './app/session.ts'
import { createSignIn } from './app/sign-in.ts'
import { createTokenActions } from './app/token-actions.ts'
import { callbackScheme } from './domain/oauth/callback.ts'
import { discoverProvider } from './domain/oauth/discover.ts'
import { createProviderKeys } from './domain/oauth/jwks.ts'
import { openVault } from './domain/vault/open-vault.ts'
import { createHandlers } from './ipc/handlers.ts'
import type { Push } from './ipc/push.ts'

/** What the frame (index.ts) gives and gets. */
export interface Frame {
  push: Push
  /** Sends what was pushed before the page listened. */
  flush: () => void
  focus: () => void
  settings: Settings
  /** Folder of the build: main, preload and renderer below it. */
  outDirectory: string
}

export interface Composition {
  handlers: CallHandlers
  receiveCallback: (url: string) => void
  close: () => Promise<void>
}

const expectOk = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  throw Object.assign(new Error(result.error.message), { failure: result.error })
}

/** Wires all of main: the only place that knows every adapter. Throws an error with a `failure` where the
 *  database cannot be opened; nothing was changed then. */
export const compose = async (frame: Frame): Promise<Composition> => {
  const profile = electronApp.getPath('userData')
  const clock = { now: () => Date.now() }
  const newId = () => randomUUID()
  const changed = (area: Pushes['changed']['area']) => () => frame.push('changed', { area })

  const db = expectOk(openDatabase(join(profile, 'gatehouse.db')))
  const users = createUserStore(db)
  const connections = createConnectionStore(db)
  const tokens = createTokenStore(db)
  const exchanges = createExchangeStore(db)
  const opening = openingUser(users, clock, newId)
  const vault = expectOk(
    await openVault(opening.user.id, {
      store: createVaultKeyStore(db),
      protector: createSafeStorageProtector(safeStorage, process.platform),
      crypto: nodeCrypto,
      clock,
    }),
  )
  const session: CurrentSession = () => ({ ...opening, box: vault.box })

  const fetch = createOauthFetch({ now: clock.now, userAgent: `Gatehouse/${electronApp.getVersion()}` })
  const providerKeys = createProviderKeys({ fetch, now: clock.now })
  const engine = createRequestEngine({ userAgent: `Gatehouse/${electronApp.getVersion()}` })
  const judge = createIdTokenJudge(providerKeys, clock)
  const discover = async (issuer: string, allowInsecure = false) => {
    const found = await discoverProvider(issuer, { fetch, allowInsecure })
    return found.ok ? ok(found.value.metadata) : found
  }
  const accountsChanged = changed('accounts')
  const refreshAccount = createRefreshAccount({
    session,
    clock,
    fetch,
    connections,
    tokens,
    judge,
    changed: accountsChanged,
  })

  const signIn = createSignIn({
    session,
    clock,
    newId,
    randomBytes: (length) => randomBytes(length),
    connections,
    pending: createPendingSignInStore(db),
    browser: systemBrowser,
    listener: createLoopbackListener(),
    copyText,
    complete: createCompleteSignIn({ session, clock, newId, fetch, tokens, judge, changed: accountsChanged }),
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds)
      return () => clearTimeout(timer)
    },
    tell: (ended) => frame.push('sign-in:ended', ended),
    changed: changed('sign-ins'),
    focus: frame.focus,
  })

  // The system is asked once, beside the first picture; who needs the answer waits for it.
  const schemeRegistered = registerScheme(callbackScheme)
  const playground = createPlayground({
    session,
    clock,
    newId,
    connections,
    launch: () =>
      launchPlayground(join(frame.outDirectory, 'main', 'playground.js'), join(profile, 'playground')),
    discover,
    schemeWorks: () => schemeRegistered,
    tell: (state) => frame.push('playground:state', state),
    changed: changed('connections'),
  })

  const app: App = {
    bootstrap: () => {
      frame.flush()
      const { user, environment, box } = session()
      return ok({
        version: electronApp.getVersion(),
        platform: process.platform as 'linux' | 'darwin' | 'win32',
        user: { id: user.id, username: user.username },
        environment: { id: environment.id, name: environment.name },
        protection: box.protection(),
        theme: frame.settings.theme,
        playground: playground.state(),
      })
    },
    setTheme: (theme) => {
      frame.settings.saveTheme(theme)
      nativeTheme.themeSource = theme
      return ok(null)
    },
    playground,
    connections: createConnections({
      session,
      clock,
      newId,
      connections,
      discover,
      changed: changed('connections'),
    }),
    accounts: createAccounts({
      session,
      clock,
      connections,
      tokens,
      providerKeys,
      refreshAccount,
      changed: accountsChanged,
    }),
    signIn,
    tokens: createTokenActions({ session, clock, tokens, copySecret, inspect: inspectToken }),
    savedRequests: createSavedRequests({
      session,
      clock,
      newId,
      requests: createRequestStore(db),
      exchanges,
    }),
    sendRequest: createSendRequest({
      session,
      clock,
      newId,
      connections,
      exchanges,
      refreshAccount,
      send: engine.send,
      changed: changed('exchanges'),
    }),
    history: createExchangeHistory(session, exchanges),
  }

  return {
    handlers: createHandlers(app),
    receiveCallback: (url) => void signIn.receive(url),
    close: async () => {
      signIn.close()
      await playground.stop()
      await Promise.all([fetch.close(), engine.close()])
      vault.box.lock()
      db.close()
    },
  }
}
