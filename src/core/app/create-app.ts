import type { TextSize, TextStep } from '@contract/about'
import type { Theme } from '@contract/app'
import { ok, type Result } from '@contract/result'
import { isSchemePing } from '../oauth/redirect/scheme-ping.ts'
import { discoverProvider } from '../oauth/discovery/discover.ts'
import { createProviderKeys } from '../oauth/discovery/jwks.ts'
import { createServerClocks } from '../oauth/token/server-clock.ts'
import { createAbout } from './desk/about.ts'
import { createAccountActions } from './accounts/account-actions.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createClientKeys } from './connections/client-keys.ts'
import { createCompleteSignIn } from './sign-in/complete-sign-in.ts'
import { createAutoLock } from './vault/auto-lock.ts'
import { createBackups } from './vault/backups.ts'
import { createConnectUrl } from './connections/connect-url.ts'
import { createConnections } from './connections/connections.ts'
import { createEnvironments } from './environments/environments.ts'
import { createExchangeHistory } from './requests/exchange-history.ts'
import { createDeviceSignIn } from './sign-in/device-sign-in.ts'
import { createDirectGrants } from './sign-in/direct-grants.ts'
import type { FirstPicture } from './desk/first-picture.ts'
import { createFlowRecorder, discoveryFacts } from './flows/flow-recorder.ts'
import { createFlows } from './flows/flows.ts'
import { createLogOut } from './sign-in/log-out.ts'
import { createIdTokenJudge } from './tokens/judge-id-token.ts'
import { createPendingSignIns } from './sign-in/pending-sign-ins.ts'
import { createPlayground } from './playground/playground.ts'
import { createProviderCheckup } from './connections/provider-checkup.ts'
import { createRefreshAccount } from './tokens/refresh-account.ts'
import { createRegisterClient } from './connections/register-client.ts'
import { createSavedRequests } from './requests/saved-requests.ts'
import { createSchemeCheck } from './sign-in/scheme-check.ts'
import { createSendRequest } from './requests/send-request.ts'
import { createSignIn } from './sign-in/sign-in.ts'
import { createStoreTokens } from './sign-in/store-tokens.ts'
import type { Surroundings } from './surroundings.ts'
import { createTemplates } from './connections/templates.ts'
import { createTokenBench } from './tokens/token-bench.ts'
import { createTokenActions } from './tokens/token-actions.ts'
import { createVaultFile } from './vault/vault-file.ts'

/** Makes all use cases but those of the first picture, which are there already. Pure wiring: no adapter is known
 *  here, so that tests run it as it is. */
export function createApp(surroundings: Surroundings, first: FirstPicture) {
  const { sessions } = surroundings
  const session = sessions.current
  const around = { ...surroundings, session }
  const { clock, fetch } = around
  const accountsChanged = () => around.changed('accounts')
  const providerKeys = createProviderKeys({ fetch, now: () => clock.now() })
  const recorder = createFlowRecorder({ ...around, changed: () => around.changed('flows') })
  const judge = createIdTokenJudge(providerKeys, clock)
  const discover = (issuer: string, allowInsecure = false) =>
    recorder.run('discovery', async (flow) => {
      const found = await discoverProvider(issuer, { fetch: flow.fetch, allowInsecure })
      flow.about(discoveryFacts(found.ok ? found.value.metadata.issuer : issuer))
      return found.ok ? ok(found.value.metadata) : found
    })
  const serverClocks = createServerClocks(() => clock.now())
  const clientKeys = createClientKeys({ ...around, session })
  const storeTokens = createStoreTokens({ ...around, changed: accountsChanged })
  const refreshAccount = createRefreshAccount({
    ...around,
    recorder,
    clientKeys,
    judge,
    serverClocks,
    changed: accountsChanged,
  })
  const directGrants = createDirectGrants({
    ...around,
    recorder,
    clientKeys,
    judge,
    refreshAccount,
    storeTokens,
  })
  const browserSignIn = createSignIn({
    ...around,
    isLocked: sessions.isLocked,
    recorder,
    clientKeys,
    complete: createCompleteSignIn({ ...around, clientKeys, judge, storeTokens }),
    notify: around.signInEnded,
    changed: () => around.changed('sign-ins'),
  })
  const deviceSignIn = createDeviceSignIn({
    ...around,
    isLocked: sessions.isLocked,
    recorder,
    clientKeys,
    judge,
    storeTokens,
    notify: around.signInEnded,
    changed: () => around.changed('sign-ins'),
  })
  const signIn = createPendingSignIns({ ...around, browser: browserSignIn, device: deviceSignIn })
  const accountActions = createAccountActions({
    ...around,
    recorder,
    refreshAccount,
    serverClocks,
    providerKeys,
    clientKeys,
    changed: accountsChanged,
  })
  const logOut = createLogOut({ ...around, notify: around.logOutEnded, changed: accountsChanged })
  const autoLock = createAutoLock({
    ...around,
    settings: around.lockSettings,
    isLocked: sessions.isLocked,
    lock: sessions.lock,
  })
  const playground = createPlayground({
    ...around,
    launch: around.launchPlayground,
    discover,
    notify: (state) => {
      first.notePlayground(state)
      around.playgroundState(state)
    },
    changed: () => around.changed('connections'),
  })

  const environments = createEnvironments({
    ...around,
    enter: sessions.useEnvironment,
    changed: () => {
      for (const area of ['environments', 'connections', 'accounts', 'requests'] as const)
        around.changed(area)
    },
  })
  const sendRequest = createSendRequest({
    ...around,
    recorder,
    variables: environments,
    refreshAccount,
    clientKeys,
    directGrants,
    changed: () => around.changed('exchanges'),
  })
  const backups = createBackups({
    ...around,
    whoIsIn: () => (sessions.isLocked() ? undefined : session().user.id),
    damaged: around.storageDamaged,
  })
  function everythingChanged(): void {
    for (const area of ['connections', 'accounts', 'requests'] as const) around.changed(area)
  }
  const vaultFile = createVaultFile({
    ...around,
    session: sessions.opened,
    file: around.secretFile,
    changed: everythingChanged,
  })
  const schemeCheck = createSchemeCheck(around)
  sessions.onEntered(() => {
    vaultFile.forget()
    void signIn.resume()
  })

  const connections = createConnections({
    ...around,
    discover,
    changed: () => around.changed('connections'),
  })

  return {
    first,
    setTheme: (theme: Theme): Result<null> => {
      around.theme.set(theme)
      return ok(null)
    },
    textSize: {
      read: (): Result<TextSize> => ok(around.textSize.get()),
      set: (size: TextSize): Result<null> => {
        around.textSize.set(size)
        return ok(null)
      },
      step: (by: TextStep): Result<null> => {
        around.textSize.step(by)
        return ok(null)
      },
    },
    about: createAbout({
      ...around,
      protection: () => session().box.protection(),
      backups: backups.view,
    }),
    playground,
    connectUrl: createConnectUrl({ ...around, recorder }),
    templates: createTemplates(around),
    checkup: createProviderCheckup({ ...around, discover, providerKeys }),
    connections,
    registerClient: createRegisterClient({ ...around, recorder, discover, save: connections.save }),
    accounts: createAccounts({
      ...around,
      providerKeys,
      refreshAccount,
      serverClocks,
      changed: accountsChanged,
    }),
    accountActions,
    environments,
    logOut,
    signIn,
    /** Takes a URL that the system handed over, whatever it answers. */
    receiveRedirect: async (url: string): Promise<void> => {
      if (isSchemePing(url)) schemeCheck.receive(url)
      else if (logOut.isReturn(url)) logOut.receive(url)
      else await signIn.receive(url)
    },
    directGrants,
    tokens: createTokenActions(around),
    tokenBench: createTokenBench({ ...around, providerKeys }),
    savedRequests: createSavedRequests({ ...around, variables: environments }),
    sendRequest,
    flows: createFlows({ ...around, recorder, changed: () => around.changed('flows') }),
    warmRequests: async (): Promise<Result<null>> => {
      await around.warmSending()
      return ok(null)
    },
    history: createExchangeHistory(around),
    sessions,
    schemeCheck,
    autoLock,
    backups,
    vaultFile,
    /** Ends requests and takes secrets off the clipboard; waits until no sign-in and no refresh is halfway. */
    settle: async (): Promise<void> => {
      vaultFile.forget()
      await Promise.all([
        sendRequest.stop(),
        signIn.settle(),
        refreshAccount.settle(),
        around.clearSecret().catch(() => undefined),
      ])
      await refreshAccount.settle()
      clientKeys.forget()
    },
    /** Waits until no sign-in and no refresh is halfway. */
    granting: async (): Promise<void> => {
      await Promise.all([signIn.settle(), refreshAccount.settle()])
    },
    /** Stops what runs; stored things stay. */
    close: async (): Promise<void> => {
      autoLock.close()
      signIn.close()
      await Promise.all([backups.close(), around.clearSecret().catch(() => undefined)])
      await playground.stop()
    },
  }
}

/** All use cases, as the handlers call them. */
export type App = ReturnType<typeof createApp>
