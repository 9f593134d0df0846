import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fail, type Failure } from '@contract/result'
import { createCollectionDisk } from '../node/collections/collection-disk.ts'
import { createLookThread } from '../node/collections/look/look-thread.ts'
import { createOwnFolders, withFoldersAside } from '../node/collections/own-folders.ts'
import { createLazyAgeFile } from '../node/crypto/lazy-age-file.ts'
import { createIdentityThread } from '../node/crypto/identity/identity-thread.ts'
import { keyReaders } from '../node/crypto/key-readers.ts'
import { writePem } from '../node/crypto/write-pem.ts'
import { serveDocument } from '../node/net/loopback-document.ts'
import {
  chooseFiles,
  chooseFolder,
  chooseIdentity,
  choosePem,
  openBytes,
  saveBytes,
} from './files/file-dialogs.ts'
import { saveBody } from './files/save-body.ts'
import { saveText } from './files/save-text.ts'
import { clearSecret, copySecret, copyText, readClipboard } from './system/secret-clipboard.ts'
import { createBodyShelf } from '../node/bodies/body-shelf.ts'
import { createAuthorities } from '../node/net/authorities.ts'
import { createJudgeThread } from '../node/checks/judge-thread.ts'
import { createOauthFetch } from '../node/net/fetch.ts'
import { createOpenRelay } from '../node/net/window/relay.ts'
import { createVouch } from '../node/net/window/vouch.ts'
import { createRequestEngine } from '../node/net/send.ts'
import { eraseThrough } from '../node/sqlite/ballast.ts'
import { copyPath, createCopies } from '../node/sqlite/copies.ts'
import { createImportWrites } from '../node/sqlite/stores/import-writes.ts'
import { createRowOwner } from '../node/sqlite/stores/rows/row-owner.ts'
import { openStores } from '../node/sqlite/stores/stores.ts'
import { watchHistory, watchPlace } from '../node/sqlite/start/synced.ts'
import { createApp } from '../core/app/create-app.ts'
import { createDesk } from './desk.ts'
import { createFindProxy } from './system/find-proxy.ts'
import { createHandlers } from './ipc/handlers.ts'
import { refuseWhileLocked } from './ipc/refuse-while-locked.ts'
import type { Ground, Rest } from './composition.ts'

/** Milliseconds after the start at which space is set aside: no one waits for it. */
const ballastDelay = 30_000
/** How often it is looked whether a sync program has replaced the database, in milliseconds. */
const placeEvery = 10_000
/** Milliseconds after the start at which the system is told of our scheme: that starts programs of its own. */
const registrationDelay = 1_500

/** Wires all use cases: the only place that knows every adapter. */
export async function composeRest(ground: Ground): Promise<Rest> {
  const { frame, file, db, heavy, ballast, clock, first, sessions, program } = ground
  const userAgent = `Gatehouse/${program.version}`
  const authorities = createAuthorities(join(ground.profile, 'authorities.json'))
  const { trusted } = authorities
  const fetch = createOauthFetch({ now: () => clock.now(), userAgent, trusted })
  const engine = createRequestEngine({ userAgent, trusted })
  function renew(): void {
    fetch.renew()
    engine.renew()
  }
  authorities.onChange(renew)
  const shelf = createBodyShelf({
    folder: join(ground.profile, 'answers'),
    script: join(frame.outDirectory, 'main', 'bodies.cjs'),
    told: (state) => frame.push('body:state', state),
  })
  const looks = createLookThread(join(frame.outDirectory, 'main', 'looks.cjs'))
  const desk = createDesk(ground)
  const { stores, historyFile, trouble, close } = await openStores(db, ground.stores.connections, {
    session: sessions.current,
    clock,
  })
  const app = createApp(
    {
      sessions,
      program,
      time: {
        clock,
        elapsed: () => performance.now(),
        after: (milliseconds, then) => {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
        every: (milliseconds, then) => {
          const timer = setInterval(then, milliseconds)
          return () => clearInterval(timer)
        },
        wait: (milliseconds) => new Promise((done) => void setTimeout(done, milliseconds)),
      },
      random: { newId: randomUUID, randomBytes: (length) => randomBytes(length) },
      stores: {
        ...ground.stores,
        ...stores,
        bin: eraseThrough(ballast, stores.bin, ['discard', 'discardAll', 'erase', 'eraseAll']),
        users: ground.users,
        connections: eraseThrough(ballast, ground.stores.connections, ['remove']),
        // A rotated refresh token that a full disk does not take is lost: it is worth the ballast too.
        tokens: eraseThrough(ballast, ground.stores.tokens, ['removeAccount', 'saveRefresh']),
      },
      net: {
        fetch,
        send: (request, options) => engine.send(request, options),
        ...createJudgeThread(join(frame.outDirectory, 'main', 'checks.cjs')),
        warm: () => engine.warm(),
        rehearse: engine.rehearse,
        forget: renew,
        findProxy: createFindProxy(),
        vouches: createVouch(trusted),
        openRelay: createOpenRelay(trusted, () => clock.now()),
        ...keyReaders,
        ...createIdentityThread(join(frame.outDirectory, 'main', 'identities.cjs')),
      },
      longBodies: { shelf, arriving: (arrival) => frame.push('request:arriving', arrival) },
      notices: {
        changed: (area) => frame.push('changed', { area }),
        deleted: (entry) => frame.push('deleted', entry),
        signInEnded: (ended) => frame.push('sign-in:ended', ended),
        logOutEnded: (ended) => frame.push('log-out:ended', ended),
        playgroundState: (state) => frame.push('playground:state', state),
        storageDamaged: (failure) => frame.push('storage:damaged', failure),
        importProgress: (progress) => frame.push('import:progress', progress),
        sendProgress: (progress) => frame.push('requests:progress', progress),
      },
      storage: {
        copies: createCopies(db, heavy),
        replaceDatabase: (name) =>
          frame.restart(() => {
            const copy = copyPath(file, name)
            return copy === undefined
              ? fail('backup_unknown', 'This backup no longer exists.', 'Choose another one.')
              : withFoldersAside(ground.profile, clock.now(), () =>
                  heavy.restore({ file, backup: copy, now: clock.now() }),
                )
          }),
        ownerOf: createRowOwner(db),
        importWrites: createImportWrites(db),
        secretFile: createLazyAgeFile(),
      },
      desk,
      clipboard: { readText: readClipboard, copyText, copySecret, clearSecret },
      keyOutlets: { serveDocument, writePem },
      files: {
        dialogs: { save: saveBytes, open: openBytes },
        saveText,
        saveBody,
        choosePem,
        chooseIdentity,
        chooseFolder,
        chooseFiles,
        collections: createCollectionDisk(looks.stamps),
        looks,
        own: createOwnFolders(ground.profile),
      },
      preferences: {
        theme: ground.theme,
        listWidth: {
          get: () => frame.settings.listWidth,
          set: (pixels) => frame.settings.saveListWidth(pixels),
        },
        textSize: frame.textSize,
        lock: { get: () => frame.settings.lock, set: (lock) => frame.settings.saveLock(lock) },
        history: {
          get: () => frame.settings.history,
          set: (limits) => frame.settings.saveHistory(limits),
        },
        authorities,
      },
    },
    first,
  )

  if (trouble) frame.push('storage:damaged', trouble)
  const told = (found: Failure): void => frame.push('storage:damaged', found)
  const place = watchPlace(db, { now: () => clock.now(), told })
  const lookAtHistory = watchHistory(historyFile, told)
  const watching = setInterval(() => (lookAtHistory(), void place.look()), placeEvery)
  const settingAside = setTimeout(() => ballast.keep(), ballastDelay)
  const registering = setTimeout(() => void desk.schemeWorks(), registrationDelay)

  return {
    handlers: refuseWhileLocked(createHandlers(app), sessions),
    receiveCallback: (url) => void app.receiveRedirect(url),
    readBody: async (id) => (sessions.isLocked() ? undefined : app.history.openWhole(id)),
    settle: () => app.settle(),
    granting: () => app.granting(),
    close: async () => {
      clearTimeout(settingAside)
      clearTimeout(registering)
      clearInterval(watching)
      // What the playground is just answering is written down before it ends.
      await app.close()
      await Promise.all([fetch.close(), engine.close(), place.close(), shelf.close()])
      close()
    },
  }
}
