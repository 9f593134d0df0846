import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { CallHandlers } from '@calls/calls'
import { fail } from '@contract/result'
import { createLazyAgeFile } from '../node/crypto/lazy-age-file.ts'
import { readCertificate } from '../node/crypto/read-certificate.ts'
import { openSchemePing, systemBrowser } from './system/browser-opener.ts'
import { openBytes, saveBytes } from './files/file-dialogs.ts'
import { createMachine } from './system/machine.ts'
import { launchPlayground } from './playground/playground-process.ts'
import { systemPresence } from './system/presence.ts'
import { schemeHandler, takeScheme } from './system/scheme-handler.ts'
import { registerScheme } from './system/scheme-registration.ts'
import { saveBody } from './files/save-body.ts'
import { saveText } from './files/save-text.ts'
import { clearSecret, copySecret, copyText, readClipboard } from './system/secret-clipboard.ts'
import { createSignInWindow } from './window/sign-in-window.ts'
import { createOauthFetch } from '../node/net/fetch.ts'
import { createLoopbackListener } from '../node/net/loopback-listener.ts'
import { createRequestEngine } from '../node/net/send.ts'
import { eraseThrough } from '../node/sqlite/ballast.ts'
import { copyPath, createCopies } from '../node/sqlite/copies.ts'
import { restoreBackup } from '../node/sqlite/restore.ts'
import { createRowOwner } from '../node/sqlite/stores/row-owner.ts'
import { createStores } from '../node/sqlite/stores/stores.ts'
import { createApp } from '../core/app/create-app.ts'
import type { Surroundings } from '../core/app/surroundings.ts'
import type { Ground } from './compose-first.ts'
import type { StoredBody } from '../core/app/requests/exchange-history.ts'
import { callbackScheme } from '../core/oauth/redirect/redirect-address.ts'
import { createHandlers } from './ipc/handlers.ts'
import { refuseWhileLocked } from './ipc/refuse-while-locked.ts'

/** What comes after the first picture. */
export interface Rest {
  handlers: CallHandlers
  receiveCallback: (url: string) => void
  /** The stored body of an exchange, for the page's own address of it; nothing while locked. */
  readBody: (id: string) => StoredBody | undefined
  /** Waits until nothing is halfway that must not be torn. */
  settle: () => Promise<void>
  /** Waits until no tokens are on their way from a provider. */
  granting: () => Promise<void>
  close: () => Promise<void>
}

/** Milliseconds after the start at which space is set aside: nobody waits for it. */
const ballastDelay = 30_000
/** Milliseconds after the start at which the system is told of our scheme: that starts programs of its own. */
const registrationDelay = 1_500

/** Wires all use cases: the only place that knows every adapter. */
export function composeRest(ground: Ground): Rest {
  const { frame, profile, file, db, ballast, store, clock, first, sessions } = ground
  const userAgent = `Gatehouse/${ground.about.version}`
  const stores = createStores(db)
  const fetch = createOauthFetch({ now: () => clock.now(), userAgent })
  const engine = createRequestEngine({ userAgent })
  // The system is told once, after the first picture; who needs to know whether it worked asks sooner.
  let registering: Promise<boolean> | undefined
  const schemeRegistered = (): Promise<boolean> => (registering ??= registerScheme(callbackScheme))

  const surroundings: Surroundings = {
    ...ground,
    ...stores,
    presence: systemPresence,
    textSize: frame.textSize,
    machine: createMachine(file),
    lockSettings: {
      get: () => frame.settings.lock,
      set: (lock) => frame.settings.saveLock(lock),
    },
    copies: createCopies(db),
    replaceDatabase: (name) =>
      frame.restart(() => {
        const copy = copyPath(file, name)
        return copy === undefined
          ? fail('backup_unknown', 'This backup is not there any more.', 'Choose another one.')
          : restoreBackup(file, copy, clock.now())
      }),
    storageDamaged: (failure) => frame.push('storage:damaged', failure),
    secretFile: createLazyAgeFile(),
    dialogs: { save: saveBytes, open: openBytes },
    ownerOf: createRowOwner(db),
    atomically: store.atomically,
    clearSecret,
    every: (milliseconds, then) => {
      const timer = setInterval(then, milliseconds)
      return () => clearInterval(timer)
    },
    newId: randomUUID,
    randomBytes: (length) => randomBytes(length),
    connections: eraseThrough(ballast, ground.connections, ['remove']),
    // A rotated refresh token that a full disk does not take is lost: it is worth the ballast too.
    tokens: eraseThrough(ballast, ground.tokens, ['removeAccount', 'saveRefresh']),
    readCertificate,
    saveText,
    fetch,
    send: (request, options) => engine.send(request, options),
    warmSending: () => engine.warm(),
    saveBody,
    browser: {
      // Without the registration the browser would not know where to go with the answer.
      open: (url) => schemeRegistered().then(() => systemBrowser.open(url)),
    },
    listener: createLoopbackListener(),
    copyText,
    readClipboard,
    copySecret,
    launchPlayground: () =>
      launchPlayground(join(frame.outDirectory, 'main', 'playground.js'), join(profile, 'playground')),
    signInWindow: createSignInWindow(frame.window),
    schemeWorks: schemeRegistered,
    scheme: {
      // What was begun at the start is waited for: nobody has the scheme in between.
      handler: () => schemeRegistered().then(() => schemeHandler(callbackScheme)),
      register: () => takeScheme(callbackScheme),
      open: openSchemePing,
    },
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds)
      return () => clearTimeout(timer)
    },
    wait: (milliseconds) => new Promise((done) => void setTimeout(done, milliseconds)),
    changed: (area) => frame.push('changed', { area }),
    signInEnded: (ended) => frame.push('sign-in:ended', ended),
    logOutEnded: (ended) => frame.push('log-out:ended', ended),
    playgroundState: (state) => frame.push('playground:state', state),
    focus: frame.focus,
  }
  const app = createApp(surroundings, first)

  const settingAside = setTimeout(() => ballast.keep(), ballastDelay)
  const telling = setTimeout(() => void schemeRegistered(), registrationDelay)

  return {
    handlers: refuseWhileLocked(createHandlers(app), sessions),
    receiveCallback: (url) => void app.receiveRedirect(url),
    readBody: (id) => (sessions.isLocked() ? undefined : app.history.open(id)),
    settle: () => app.settle(),
    granting: () => app.granting(),
    close: async () => {
      clearTimeout(settingAside)
      clearTimeout(telling)
      // What the playground is just answering is written down before it ends.
      await app.close()
      await Promise.all([fetch.close(), engine.close()])
    },
  }
}
