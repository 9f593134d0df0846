import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BinEntry } from '../../src/core/contract/bin.ts'
import type { LogOutEnded } from '../../src/core/contract/account-actions.ts'
import type { SignInEnded } from '../../src/core/contract/accounts.ts'
import type { LockSettings, LockView } from '../../src/core/contract/vault.ts'
import { usualHistory, type HistoryLimits } from '../../src/core/contract/words.ts'
import { fail, ok, type Failure, type Result } from '../../src/core/contract/result.ts'
import { captureWork, judgeWork } from '../../src/node/checks/judge-work.ts'
import { createCollectionDisk } from '../../src/node/collections/collection-disk.ts'
import { lookAtFiles, stampsAt } from '../../src/node/collections/look/look-work.ts'
import { createOwnFolders, withFoldersAside } from '../../src/node/collections/own-folders.ts'
import { computer } from '../../src/node/computer/computer.ts'
import { createAgeFile } from '../../src/node/crypto/age-file.ts'
import { nodeCrypto } from '../../src/node/crypto/node-crypto.ts'
import { keyReaders } from '../../src/node/crypto/key-readers.ts'
import { writePem } from '../../src/node/crypto/write-pem.ts'
import { createOauthFetch } from '../../src/node/net/fetch.ts'
import { createAuthorities } from '../../src/node/net/authorities.ts'
import { serveDocument } from '../../src/node/net/loopback-document.ts'
import { createLoopbackListener } from '../../src/node/net/loopback-listener.ts'
import { createRequestEngine } from '../../src/node/net/send.ts'
import { copyPath, createCopies } from '../../src/node/sqlite/copies.ts'
import { closeDatabase } from '../../src/node/sqlite/generation.ts'
import { findingOf, openDatabase } from '../../src/node/sqlite/open.ts'
import { heavyWork } from '../../src/node/sqlite/heavy-work.ts'
import { restoreBackup } from '../../src/node/sqlite/restore.ts'
import { createFirstStores } from '../../src/node/sqlite/stores/first-stores.ts'
import { createImportWrites } from '../../src/node/sqlite/stores/import-writes.ts'
import { createRowOwner } from '../../src/node/sqlite/stores/rows/row-owner.ts'
import { createSealedFields } from '../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../../src/node/sqlite/stores/settings-reader.ts'
import { openStores } from '../../src/node/sqlite/stores/stores.ts'
import { createUserStore } from '../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../src/node/sqlite/stores/vault-key-store.ts'
import type { RequestStore } from '../../src/core/records/ports.ts'
import { createApp, type App, type AppPorts } from '../../src/core/app/create-app.ts'
import { createFirstPicture } from '../../src/core/app/desk/first-picture.ts'
import type { Desk } from '../../src/core/app/ports.ts'
import { createSessions } from '../../src/core/app/vault/sessions.ts'
import type { startPlayground } from '../../src/playground/index.ts'
import { createFakeKeyring, type FakeKeyring } from './fake-keyring.ts'

/** All of Gatehouse's main process but Electron: real use cases, database, network and playground. */
export interface Workbench {
  app: App
  /** URLs that the browser was asked to open, newest last. */
  opened: string[]
  ended: SignInEnded[]
  /** What went to the bin, newest last. */
  deleted: BinEntry[]
  loggedOut: LogOutEnded[]
  copied: string[]
  /** What the clipboard holds. */
  clipboard: string
  /** Every lock, unlock and change of user, as the page is told. */
  locks: LockView[]
  damages: Failure[]
  /** What was exported last, and what is opened for an import. */
  exported: { name: string; bytes: Uint8Array } | undefined
  idleSeconds: number
  lockSettings: LockSettings
  historyLimits: HistoryLimits
  clock: { now: () => number; forward: (milliseconds: number) => void }
  folder: string
  /** Saved requests as they are stored. */
  requests: () => RequestStore
  keyring: FakeKeyring
  playground: Awaited<ReturnType<typeof startPlayground>>
  /** Timers that wait, with what they will do. */
  timers: { milliseconds: number; then: () => void }[]
  /** Closes and opens again on the same folder, as a restart of the app does. */
  restart: () => Promise<void>
  /** The same profile opened a second time, as by another process. */
  another: () => Promise<{ app: App; close: () => Promise<void> }>
  close: () => Promise<void>
}

/** What can be had otherwise: `keyring: 'none'` keeps secrets in memory only. */
export interface WorkbenchOptions {
  keyring?: 'real' | 'none'
  overrides?: { [Group in keyof AppPorts]?: Partial<AppPorts[Group]> }
  accessTokenLifetimeSeconds?: number
  /** A profile that is there already and stays. */
  folder?: string
  /** The key of the keyring, where a later run is to open what this one sealed. */
  keyringKey?: Uint8Array
  /** Left out, long bodies are held in memory. */
  longBodies?: AppPorts['longBodies']
  /** One that runs elsewhere. */
  playground?: Pick<Workbench['playground'], 'issuer' | 'apiBase' | 'users'>
}

const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** Opens a workbench in a new folder. Its clock follows the real one and can be moved forward. */
export const openWorkbench = async (options: WorkbenchOptions = {}): Promise<Workbench> => {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'gatehouse-workbench-')))
  let ahead = 0
  const clock = {
    now: () => Date.now() + ahead,
    forward: (milliseconds: number) => void (ahead += milliseconds),
  }
  const start = async () => {
    const { startPlayground } = await import('../../src/playground/index.ts')
    return startPlayground({
      dataDirectory: ':memory:',
      issuerPort: 0,
      apiPort: 0,
      accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds ?? 120,
    })
  }
  const own = options.playground === undefined ? await start() : undefined
  const elsewhere = { clients: [], faults: () => [], setFault: async () => undefined, ...options.playground }
  const playground = (own ?? elsewhere) as Workbench['playground']
  const keyring = createFakeKeyring(options.keyring !== 'none', options.keyringKey)
  const bench = {
    opened: [],
    ended: [],
    deleted: [],
    loggedOut: [],
    copied: [],
    clipboard: '',
    locks: [],
    damages: [],
    exported: undefined,
    timers: [],
    idleSeconds: 0,
    lockSettings: { idleMinutes: 0, onScreenLock: true },
    historyLimits: usualHistory,
    clock,
    folder,
    keyring,
    playground,
  } as unknown as Workbench

  const timer = (milliseconds: number, then: () => void) => {
    const one = { milliseconds, then }
    bench.timers.push(one)
    return () => void (bench.timers = bench.timers.filter((each) => each !== one))
  }

  const open = async (): Promise<() => Promise<void>> => {
    const file = join(folder, 'gatehouse.db')
    const db = expectOk(openDatabase(file))
    const found = findingOf(db)
    if (found) bench.damages.push(found)
    const users = createUserStore(db)
    const store = createVaultKeyStore(db)
    const settings = createSettingsReader()
    await settings.load()
    const first = createFirstStores(db, settings)
    const kept = await openStores(db, first.connections, { session: () => sessions.current(), clock })
    if (kept.trouble) bench.damages.push(kept.trouble)
    const stores = { ...first, ...kept.stores }
    bench.requests = () => stores.requests
    const sessions = createSessions({
      users,
      store,
      fields: createSealedFields(db, stores.connections),
      protector: keyring.protector,
      crypto: nodeCrypto,
      scrypt: { cost: 12, blockSize: 8, parallelization: 1 },
      clock,
      newId: randomUUID,
      beforeLock: () => app.settle(),
      notify: (lock) => void bench.locks.push(lock),
    })
    await sessions.start()
    const fetch = createOauthFetch({ now: () => clock.now() })
    const engine = createRequestEngine()
    const program = { version: '0.0.0', platform: 'linux' } as const
    const { overrides = {} } = options
    const ports: AppPorts = {
      sessions,
      program,
      time: {
        clock,
        elapsed: () => performance.now(),
        // What only waits for the next turn needs no hand to move it on.
        after: (milliseconds, then) => (milliseconds === 0 ? nextTurn(then) : timer(milliseconds, then)),
        every: timer,
        wait: async (milliseconds) => clock.forward(milliseconds),
        ...overrides.time,
      },
      random: { newId: randomUUID, randomBytes: (length) => randomBytes(length) },
      stores: { users, ...stores, ...overrides.stores },
      net: {
        fetch,
        send: (request, sendOptions) => engine.send(request, sendOptions),
        judge: judgeWork,
        capture: captureWork,
        warm: () => engine.warm(),
        rehearse: engine.rehearse,
        forget: () => {
          fetch.renew()
          engine.renew()
        },
        findProxy: async () => 'DIRECT',
        ...keyReaders,
        ...overrides.net,
      },
      notices: {
        changed: () => undefined,
        deleted: (entry) => void bench.deleted.push(entry),
        signInEnded: (ended) => void bench.ended.push(ended),
        logOutEnded: (ended) => void bench.loggedOut.push(ended),
        playgroundState: () => undefined,
        storageDamaged: (failure) => void bench.damages.push(failure),
        importProgress: () => undefined,
        sendProgress: () => undefined,
        ...overrides.notices,
      },
      storage: {
        copies: createCopies(db, heavyWork),
        replaceDatabase: async (name) => {
          await shut()
          const copy = copyPath(file, name)
          const done =
            copy === undefined
              ? fail('backup_unknown', '')
              : await withFoldersAside(folder, clock.now(), async () =>
                  restoreBackup(file, copy, clock.now()),
                )
          shut = await open()
          return done
        },
        ownerOf: createRowOwner(db),
        importWrites: createImportWrites(db),
        secretFile: createAgeFile(4),
        ...overrides.storage,
      },
      desk: { ...deskOf(bench), ...overrides.desk },
      clipboard: {
        readText: async () => bench.clipboard,
        copyText: async (text) => void bench.copied.push(text),
        copySecret: async (text) => {
          bench.clipboard = text
          bench.copied.push(text)
        },
        clearSecret: async () => {
          if (bench.copied.includes(bench.clipboard)) bench.clipboard = ''
        },
      },
      keyOutlets: { serveDocument, writePem },
      files: {
        choosePem: async () => ok(undefined),
        chooseIdentity: async () => ok(undefined),
        chooseFolder: async () => undefined,
        chooseFiles: async () => [],
        collections: createCollectionDisk(async (places) => stampsAt(places)),
        looks: { look: async (root, paths, glance) => lookAtFiles(root, paths, glance) },
        own: createOwnFolders(folder),
        dialogs: {
          save: async (name, bytes) => {
            bench.exported = { name, bytes }
            return ok({ file: name })
          },
          open: async () => ok(bench.exported),
        },
        saveText: async (name) => ok({ file: name }),
        saveBody: async (name, pieces) => {
          bench.exported = { name, bytes: Buffer.concat([...pieces]) }
          return ok({ file: name })
        },
        ...overrides.files,
      },
      preferences: {
        history: { get: () => bench.historyLimits, set: (limits) => void (bench.historyLimits = limits) },
        theme: { get: () => 'system', set: () => undefined },
        listWidth: { get: () => 288, set: () => undefined },
        textSize: { get: () => 100, set: () => undefined, step: () => undefined },
        lock: { get: () => bench.lockSettings, set: (lock) => void (bench.lockSettings = lock) },
        authorities: createAuthorities(join(folder, 'authorities.json')),
      },
    }
    if (options.longBodies !== undefined) ports.longBodies = options.longBodies
    const { theme, listWidth } = ports.preferences
    const app = createApp(
      ports,
      createFirstPicture({ sessions, program, stores, theme, listWidth, pageListens: () => undefined }),
    )
    bench.app = app
    return async () => {
      await sessions.close()
      await app.close()
      await Promise.all([fetch.close(), engine.close()])
      closeDatabase(db)
      kept.close()
    }
  }

  let shut = await open()
  bench.restart = async () => {
    await shut()
    shut = await open()
  }
  bench.another = async () => {
    const mine = bench.app
    const close = await open()
    const { app } = bench
    bench.app = mine
    return { app, close }
  }
  bench.close = async () => {
    await shut()
    await own?.stop()
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
  }
  return bench
}

const nextTurn = (then: () => void) => {
  const turn = setImmediate(then)
  return () => clearImmediate(turn)
}

/** Windows, browser and system that only note what they are asked. */
const deskOf = (bench: Workbench): Desk => ({
  browser: { open: async (url) => (bench.opened.push(url), true) },
  signInWindow: {
    open: ({ url }) => (bench.opened.push(url), { focus: () => undefined, close: () => undefined }),
  },
  listener: createLoopbackListener(),
  schemeWorks: async () => true,
  scheme: {
    handler: async () => ({ kind: 'this' }),
    register: async () => undefined,
    open: async (url) => (bench.opened.push(url), true),
  },
  computer,
  focus: () => undefined,
  presence: {
    idleSeconds: () => bench.idleSeconds,
    watchScreenLock: () => ({ sees: async () => true, stop: () => undefined }),
    onSuspend: () => undefined,
  },
  machine: {
    versions: { electron: '0.0.0', chromium: '0.0.0', node: '0.0.0' },
    system: { name: 'Linux', release: '0', architecture: 'x64' },
    places: () => [],
    show: () => false,
  },
  launchPlayground: async () => {
    const { playground } = bench
    return ok({
      issuer: playground.issuer,
      api: playground.apiBase,
      users: playground.users,
      clients: playground.clients.map((client) => ({
        clientId: client.client_id,
        authentication: client.token_endpoint_auth_method,
        ...(client.client_secret === undefined ? {} : { secret: client.client_secret }),
        redirectUris: client.redirect_uris,
      })),
      faults: playground.faults(),
      setFault: async (fault, on) => {
        await playground.setFault(fault, on)
        return ok(playground.faults())
      },
      stop: async () => undefined,
      onExit: () => undefined,
    })
  },
})

/** Starts the playground's connection and answers it. */
export const connectPlayground = async (bench: Workbench): Promise<string> => {
  const state = expectOk(await bench.app.playground.start())
  if (state.state !== 'running') throw new Error(`the playground is ${state.state}`)
  return state.connectionId
}
