import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app as electronApp, nativeTheme, safeStorage, type BrowserWindow } from 'electron'
import type { CallHandlers } from '@calls/calls'
import { firstPictureChannels, type ChannelName } from '@calls/channels'
import type { Result } from '@contract/result'
import { nodeCrypto } from '../node/crypto/node-crypto.ts'
import { createSafeStorageProtector } from './system/key-protector.ts'
import type { Settings } from '../node/settings/create-settings.ts'
import { createBallast, eraseThrough, type Ballast } from '../node/sqlite/ballast.ts'
import type { Database } from '../node/sqlite/database.ts'
import { createFirstStores } from '../node/sqlite/stores/first-stores.ts'
import { openDatabase } from '../node/sqlite/open.ts'
import { createSealedFields } from '../node/sqlite/stores/sealed-fields.ts'
import { createSettingsReader } from '../node/sqlite/stores/settings-reader.ts'
import { createUserStore } from '../node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../node/sqlite/stores/vault-key-store.ts'
import {
  createFirstPicture,
  type FirstPicture,
  type FirstPicturePorts,
} from '../core/app/desk/first-picture.ts'
import type { Preferences } from '../core/app/ports.ts'
import { createSessions } from '../core/app/vault/sessions.ts'
import type { Rest } from './compose.ts'
import { expectedFailure } from '../core/text/expected-failure.ts'
import type { Clock } from '../core/records/ports.ts'
import type { UserRegistry } from '../core/vault/guard/users.ts'
import { createFirstHandlers } from './ipc/first-handlers.ts'
import type { Push } from './ipc/push.ts'
import { refuseWhileLocked } from './ipc/refuse-while-locked.ts'

/** What the frame (index.ts) gives. */
export interface Frame {
  push: Push
  /** Sends what was pushed before the page listened. */
  flush: () => void
  /** Settled when the window shows its outline. */
  outline: Promise<void>
  focus: () => void
  window: () => BrowserWindow | undefined
  /** Closes all of this, runs `between`, and starts anew whatever came of it. */
  restart: <T>(between: () => T) => Promise<T>
  settings: Settings
  textSize: Preferences['textSize']
  /** Folder of the build: main, preload and renderer below it. */
  outDirectory: string
}

/** What the frame gets. */
export interface Composition {
  /** Handlers with the one of this call among them. */
  handlersFor: (channel: ChannelName) => Promise<Partial<CallHandlers>>
  /** All that the first picture does not need, loaded on first use. */
  rest: () => Promise<Rest>
  /** Waits until no tokens are on their way from a provider. */
  granting: () => Promise<void>
  close: () => Promise<void>
}

/** What is there when the rest is loaded. */
export interface Ground extends FirstPicturePorts {
  frame: Frame
  profile: string
  /** The database's. */
  file: string
  db: Database
  ballast: Ballast
  users: UserRegistry
  store: ReturnType<typeof createVaultKeyStore>
  clock: Clock
  first: FirstPicture
}

/** Milliseconds after which the rest is loaded even if no page asks for it: it keeps an eye on the clock. */
const restDelay = 2_000

/** Opens the database and the vault, and makes what the first picture needs. Throws an error with a `failure`
 *  where the database cannot be opened; nothing was changed then.
 *
 *  The window waits for this module and all that it imports: no schema library, no protocol library, nothing of
 *  the use cases (tests/unit/first-picture-imports.test.ts). */
export async function composeFirst(frame: Frame): Promise<Composition> {
  const profile = electronApp.getPath('userData')
  const clock = { now: () => Date.now() }
  const file = join(profile, 'gatehouse.db')
  const db = expectOk(openDatabase(file))
  const ballast = createBallast(profile)
  const users = eraseThrough(ballast, createUserStore(db), ['remove'])
  const store = createVaultKeyStore(db)
  const settingsReader = createSettingsReader()
  let loading: Promise<Rest> | undefined
  let loaded: Rest | undefined
  const sessions = createSessions({
    users,
    store,
    fields: createSealedFields(db),
    protector: createSafeStorageProtector(safeStorage, process.platform),
    crypto: nodeCrypto,
    clock,
    newId: randomUUID,
    beforeLock: async () => loaded?.settle(),
    notify: (lock) => frame.push('lock', lock),
  })
  const theme: FirstPicturePorts['theme'] = {
    get: () => frame.settings.theme,
    set: (wanted) => {
      frame.settings.saveTheme(wanted)
      nativeTheme.themeSource = wanted
    },
  }
  const program = {
    version: electronApp.getVersion(),
    platform: process.platform as 'linux' | 'darwin' | 'win32',
  }
  const stores = createFirstStores(db, settingsReader)
  // A keyring that asks for its password holds this thread up: not before there is something to see.
  await frame.outline
  const ports: FirstPicturePorts = { sessions, program, theme, pageListens: frame.flush, stores }
  await Promise.all([sessions.start(), settingsReader.isNeeded(db) ? settingsReader.load() : undefined])
  const first = createFirstPicture(ports)
  const firstHandlers = refuseWhileLocked(createFirstHandlers(first), sessions)
  const isOfFirstPicture: ReadonlySet<ChannelName> = new Set(firstPictureChannels)

  async function load(): Promise<Rest> {
    const [{ composeRest }] = await Promise.all([import('./compose.ts'), settingsReader.load()])
    loaded = composeRest({ frame, profile, file, db, ballast, users, store, clock, first, ...ports })
    return loaded
  }
  const rest = (): Promise<Rest> => (loading ??= load())
  const loadingAnyway = setTimeout(() => void rest().catch(() => undefined), restDelay)

  return {
    handlersFor: async (channel) => (isOfFirstPicture.has(channel) ? firstHandlers : (await rest()).handlers),
    rest,
    granting: async () => loaded?.granting(),
    close: async () => {
      clearTimeout(loadingAnyway)
      await loading?.catch(() => undefined)
      await sessions.close()
      await loaded?.close()
      db.close()
    },
  }
}

function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw expectedFailure(result.error)
}
