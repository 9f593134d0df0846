import { ok, type Result } from '@contract/result'
import { createCollectionParts } from './collections/create-collections.ts'
import { createConnectionDesk } from './connections/create-connection-desk.ts'
import { createHeadless, type HeadlessPorts } from './create-headless.ts'
import { createAbout } from './desk/about.ts'
import { createAuthorityDesk } from './desk/authorities.ts'
import { createAppearance } from './desk/appearance.ts'
import type { FirstPicture } from './desk/first-picture.ts'
import { createFlows } from './flows/flows.ts'
import { createKeyRing } from './keys/key-ring.ts'
import { createPlayground } from './playground/playground.ts'
import type { Clipboard, Desk, Files, KeyOutlets, Preferences, Storage } from './ports.ts'
import { openPage } from './requests/open-page.ts'
import { createInScope } from './requests/scope/in-scope.ts'
import { createHistoryLimits } from './history/history-limits.ts'
import { createRequestDesk } from './requests/create-request-desk.ts'
import { createRunParts } from './runs/create-runs.ts'
import { createSignIns } from './sign-in/create-sign-ins.ts'
import { createTokenActions } from './tokens/token-actions.ts'
import { failureIn } from '../text/expected-failure.ts'
import { createBenchKeys } from './tokens/bench-keys.ts'
import { createTokenBench } from './tokens/token-bench.ts'
import { createTokenComparison } from './tokens/compare-tokens.ts'
import { createPins } from './tokens/pins.ts'
import { createTokenShare } from './tokens/share-token.ts'
import { createTokenText } from './tokens/token-text.ts'
import { besideUsers } from './vault/beside-users.ts'
import { createVaultParts } from './vault/create-vault-parts.ts'

/** What a program with a window has to bring. */
export interface AppPorts extends HeadlessPorts {
  storage: Storage
  desk: Desk
  clipboard: Clipboard
  files: Files
  keyOutlets: KeyOutlets
  preferences: Preferences
}

/** How often the bin is looked through for what has stayed long enough, in milliseconds. */
const sweepEvery = 10 * 60_000

/** Joins all use cases but those of the first picture, which are there already. No adapter is known here, so that
 *  tests run it as it is. */
export function createApp(given: AppPorts, first: FirstPicture) {
  const { sessions, program, time, random, stores, desk, clipboard, files, notices } = given
  const { settle, services, net, ...headless } = createHeadless(given)
  const signInWindow = headless.throughProxy(given.desk.signInWindow)
  const ports = { ...given, net, desk: { ...given.desk, signInWindow } }
  const { session, recorder, providerKeys, discover } = services
  const { clock } = time
  const { connections, tokens } = stores
  const { copyText } = clipboard
  const signIns = createSignIns({ ...ports, services, tokens: headless, isLocked: sessions.isLocked })
  const playground = createPlayground({
    session,
    clock,
    newId: random.newId,
    connections,
    resealing: sessions.resealing,
    launch: desk.launchPlayground,
    discover,
    schemeWorks: desk.schemeWorks,
    copyText,
    notify: (state) => {
      first.notePlayground(state)
      notices.playgroundState(state)
    },
    changed: () => notices.changed('connections'),
  })
  const requestDesk = createRequestDesk({
    ...ports,
    session,
    exchanges: services.exchanges,
    heldParts: services.heldParts,
    environments: headless.environments,
    requestVariables: headless.requestVariables,
    rehearseSending: headless.rehearseSending,
    bin: headless.bin,
    longBodies: headless.longBodies,
  })
  const connectionDesk = createConnectionDesk({ ...ports, services })
  const collectionParts = createCollectionParts({
    ...ports,
    session,
    isLocked: sessions.isLocked,
    environments: headless.environments,
    requestVariables: headless.requestVariables,
    connecting: {
      discover,
      findBehind: (text) => connectionDesk.connectUrl.read({ text, allowInsecure: false }),
      save: headless.connections.save,
    },
    bin: headless.bin,
    deletedParts: headless.deletedParts,
    exchanges: services.exchanges,
  })
  const { own } = collectionParts
  const vault = createVaultParts({ ...ports, own, imported: takeIn })
  const inScope = createInScope({
    scope: collectionParts.collectionScopes.scope,
    send: headless.sendRequest.send,
    files: collectionParts.draftFiles.allowed,
    idOfFile: collectionParts.idOfFile,
    copyCurl: requestDesk.copyCurl,
  })
  const runs = createRunParts({
    ...ports,
    ...collectionParts,
    session,
    exchanges: services.exchanges,
    sendRequest: headless.sendRequest,
  })
  /** What waits to become a file of a collection does: requests of the profile's own, and files that came out of the bin. */
  async function takeIn(): Promise<void> {
    if (sessions.isLocked()) return
    collectionParts.sealWaiting()
    await own.takeIn()
  }
  function tidyFlows(): void {
    if (!sessions.isLocked()) services.tidyFlows()
  }
  function sweepBin(): void {
    if (!sessions.isLocked()) headless.bin.sweep()
  }
  const stopSweeping = time.every(sweepEvery, sweepBin)
  /** No one waits for it. What fails is tried again at the next unlock. */
  async function enterHistory(): Promise<void> {
    if (sessions.isLocked()) return
    try {
      if (await services.exchanges.enter(session().user.id)) notices.changed('exchanges')
      await vault.backups.stripHistory()
    } catch (thrown) {
      const failure = failureIn(thrown)
      if (failure === undefined) throw thrown
      // Someone locked meanwhile.
      if (!sessions.isLocked()) notices.storageDamaged(failure)
    }
  }
  sessions.onEntered(() => {
    void takeIn()
    tidyFlows()
    sealPins()
    sweepBin()
    void enterHistory()
    vault.vaultFile.forget()
    void signIns.signIn.resume()
  })

  // What an earlier version kept in another way; where the vault was opened by itself, no one enters.
  void takeIn()
  tidyFlows()
  sweepBin()
  void enterHistory()

  const keyRing = createKeyRing({
    session,
    clock,
    ...random,
    keyRing: stores.keyRing,
    readPem: ports.net.readPem,
    ...ports.keyOutlets,
    discard: headless.bin.discard,
    ...clipboard,
    changed: () => notices.changed('keys'),
  })

  const tokenBench = createTokenBench({
    session,
    clock,
    connections,
    providerKeys,
    readClipboard: clipboard.readText,
    readPem: ports.net.readPem,
    writePem: ports.keyOutlets.writePem,
    readChain: ports.net.readChain,
    randomBytes: random.randomBytes,
    keys: createBenchKeys({
      fetch: ports.net.fetch,
      providerKeys,
      readPem: ports.net.readPem,
      ringKey: keyRing.input,
    }),
  })
  const tokenText = createTokenText({ session, connections, tokens })
  const pins = createPins({
    session,
    clock,
    newId: random.newId,
    pins: stores.pins,
    tokenText,
    discard: headless.bin.discard,
    changed: () => notices.changed('pins'),
  })
  function sealPins(): void {
    if (!sessions.isLocked()) pins.sealNames()
  }
  sealPins()

  return {
    first,
    keyRing,
    keepPage: ({ text }: { text: string }) => first.keptPage.keep(text, openPage),
    sessions: besideUsers(sessions, { exchanges: services.exchanges, folders: files.own, notices, takeIn }),
    ...headless,
    ...signIns,
    ...vault,
    ...connectionDesk,
    ...requestDesk,
    ...collectionParts,
    bin: {
      ...headless.bin,
      restore: (input: { id: string }) => {
        const restored = headless.bin.restore(input)
        if (restored.ok && ['request', 'file'].includes(restored.value.kind)) void takeIn()
        if (restored.ok && restored.value.kind === 'captured') collectionParts.captured.takeBack()
        return restored
      },
    },
    runs,
    inScope,
    ...createAppearance(ports.preferences),
    authorities: createAuthorityDesk({
      authorities: ports.preferences.authorities,
      choosePem: files.choosePem,
    }),
    chooseIdentity: headless.network.choose(files.chooseIdentity),
    playground,
    tokens: createTokenActions({ tokenText, copySecret: clipboard.copySecret }),
    tokenComparison: createTokenComparison({ clock, tokenText, pinText: pins.text }),
    pins,
    tokenBench,
    tokenShare: createTokenShare({ clock, inspect: tokenBench.inspect, copyText }),
    flows: createFlows({
      session,
      flows: recorder.stored,
      recorder,
      copyText,
      saveText: files.saveText,
      about: program,
      bin: headless.bin,
      changed: () => notices.changed('flows'),
    }),
    copyText: async (text: string): Promise<Result<null>> => {
      await copyText(text)
      return ok(null)
    },
    historyLimits: createHistoryLimits({
      session,
      exchanges: services.exchanges,
      preference: ports.preferences.history,
      changed: () => notices.changed('exchanges'),
    }),
    about: createAbout({
      about: program,
      machine: desk.machine,
      protection: () => session().box.protection(),
      backups: vault.backups.view,
      history: ports.preferences.history.get,
      copyText,
    }),
    /** Ends requests and takes secrets off the clipboard; waits until no sign-in and no refresh is halfway. */
    settle: async (): Promise<void> => {
      vault.vaultFile.forget()
      await runs.stop()
      requestDesk.forgetSearched()
      collectionParts.forgetOutputs()
      await Promise.all([
        signIns.signIn.settle(),
        vault.vaultFile.settle(),
        own.settle(),
        clipboard.clearSecret().catch(() => undefined),
      ])
      await settle()
    },
    /** Waits until no sign-in and no refresh is halfway. */
    granting: async (): Promise<void> => {
      await Promise.all([signIns.signIn.settle(), headless.refreshAccount.settle(), vault.vaultFile.settle()])
    },
    /** Stops what runs; stored things stay. */
    close: async (): Promise<void> => {
      stopSweeping()
      keyRing.stopServing()
      collectionParts.collections.forget()
      vault.autoLock.close()
      signIns.signIn.close()
      signIns.logOut.close()
      await Promise.all([vault.backups.close(), own.settle(), clipboard.clearSecret().catch(() => undefined)])
      await playground.stop()
      recorder.flush()
    },
  }
}

/** All use cases, as the handlers call them. */
export type App = ReturnType<typeof createApp>
