import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app as electronApp, nativeTheme, safeStorage } from 'electron'
import { firstPictureChannels, type ChannelName } from '@calls/channels'
import type { Result } from '@contract/result'
import { nodeCrypto } from '../node/crypto/node-crypto.ts'
import { createSafeStorageProtector } from './system/key-protector.ts'
import { createBallast } from '../node/sqlite/ballast.ts'
import { storageFailures } from '../node/sqlite/failure.ts'
import { createFirstStores } from '../node/sqlite/stores/first-stores.ts'
import { closeDatabase } from '../node/sqlite/generation.ts'
import { createHeavyThread } from '../node/sqlite/heavy-thread.ts'
import { findingOf } from '../node/sqlite/open.ts'
import { createSealedFields } from '../node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../node/sqlite/stores/settings-reader.ts'
import { openUpdated } from '../node/sqlite/start/update.ts'
import { unlockThrough } from '../node/sqlite/unlock-through.ts'
import { createUserStore } from '../node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../node/sqlite/stores/vault-key-store.ts'
import { createFirstPicture, type FirstPicturePorts } from '../core/app/desk/first-picture.ts'
import { createSessions } from '../core/app/vault/sessions.ts'
import { expectedFailure } from '../core/text/expected-failure.ts'
import { createFirstHandlers } from './ipc/first-handlers.ts'
import { refuseWhileLocked } from './ipc/refuse-while-locked.ts'
import type { Composition, Frame, Rest } from './composition.ts'

/** Milliseconds after which the rest is loaded even if no page asks for it: it keeps an eye on the clock. */
const restDelay = 2_000

/** Milliseconds that the page's scripts, which this thread hands out, have to be asked for before the database is opened. */
const scriptsWithin = 20

/** Opens the database and the vault, and makes what the first picture needs. Throws an error with a `failure`
 *  where the database cannot be opened; nothing was changed then.
 *
 *  The window waits for this module and all that it imports: no schema library, no protocol library, nothing of
 *  the use cases (tests/unit/first-picture-imports.test.ts). */
export async function composeFirst(frame: Frame): Promise<Composition> {
  const profile = electronApp.getPath('userData')
  const clock = { now: () => Date.now() }
  const file = join(profile, 'gatehouse.db')
  const ballast = createBallast(profile, () => frame.push('storage:damaged', storageFailures.ballastSpent()))
  const heavy = createHeavyThread(join(frame.outDirectory, 'main', 'storage.cjs'))
  await Promise.race([frame.outline, new Promise((done) => setTimeout(done, scriptsWithin))])
  const db = expectOk(await ballast.through(() => openUpdated(file, heavy)))
  const found = findingOf(db)
  if (found) frame.push('storage:damaged', found)
  const { users, store } = unlockThrough(ballast, {
    users: createUserStore(db),
    store: createVaultKeyStore(db),
  })
  const settingsReader = createSettingsReader()
  const stores = createFirstStores(db, settingsReader)
  let loading: Promise<Rest> | undefined
  let loaded: Rest | undefined
  const sessions = createSessions({
    users,
    store,
    fields: {
      ...createSealedFields(db, stores.connections),
      ready: () => (settingsReader.isNeeded(db) ? settingsReader.load() : Promise.resolve()),
    },
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
  const listWidth: FirstPicturePorts['listWidth'] = {
    get: () => frame.settings.listWidth,
    set: (pixels) => frame.settings.saveListWidth(pixels),
  }
  const program = {
    version: electronApp.getVersion(),
    platform: process.platform as 'linux' | 'darwin' | 'win32',
  }
  const ports: FirstPicturePorts = { sessions, program, theme, listWidth, pageListens: frame.flush, stores }
  // A keyring that asks for its password holds this thread up: not before there is something to see.
  await frame.outline
  await Promise.all([sessions.start(), settingsReader.isNeeded(db) ? settingsReader.load() : undefined])
  const first = createFirstPicture(ports)
  const firstHandlers = refuseWhileLocked(createFirstHandlers(first), sessions)
  const isOfFirstPicture: ReadonlySet<ChannelName> = new Set(firstPictureChannels)

  async function load(): Promise<Rest> {
    const [{ composeRest }] = await Promise.all([import('./compose.ts'), settingsReader.load()])
    loaded = await composeRest({
      frame,
      profile,
      file,
      db,
      heavy,
      ballast,
      users,
      clock,
      first,
      ...ports,
    })
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
      closeDatabase(db)
    },
  }
}

function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw expectedFailure(result.error)
}
