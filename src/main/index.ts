import { defined } from '@contract/defined'
import type { Failure } from '@contract/result'
import { join, resolve } from 'node:path'
import { app, nativeTheme, type BrowserWindow } from 'electron'
import { hardenEverything, refuseSwitches } from './window/hardening.ts'
import { installMenu } from './window/menu.ts'
import { watchMishaps } from './window/mishaps.ts'
import { declarePageScheme, isPageUrl, servePage } from './window/page-protocol.ts'
import { createTextSize } from './window/text-size.ts'
import { focusWindow, openWindow } from './window/window.ts'
import { whyNotLocked } from '../node/files/profile-lock.ts'
import { readSettings } from '../node/settings/settings.ts'
import { createLazyLog } from '../node/log/lazy-log.ts'
import { closeInTime } from './close-in-time.ts'
import type { Composition } from './composition.ts'
import { findCallbackUrl } from '../core/oauth/redirect/redirect-address.ts'
import { expectedFailure, failureIn } from '../core/text/expected-failure.ts'
import { createPush } from './ipc/push.ts'
import { route } from './ipc/router.ts'
import { startOnce, type Started } from './start-once.ts'

const refused = app.isPackaged ? refuseSwitches() : []

// One switch moves the whole profile; it comes before the lock, which lives in the profile.
const profile = app.commandLine.getSwitchValue('user-data-dir')
if (profile) {
  app.setPath('userData', resolve(profile))
  app.setPath('sessionData', resolve(profile))
  app.setPath('crashDumps', join(resolve(profile), 'Crashpad'))
  app.setAppLogsPath(join(resolve(profile), 'logs'))
}

const log = createLazyLog(() => ({
  directory: app.getPath('logs'),
  now: () => Date.now(),
  places: [
    { path: app.getPath('home'), name: '~' },
    { path: app.getPath('userData'), name: '<profile>' },
    { path: app.getAppPath(), name: '<app>' },
  ],
}))

declarePageScheme()

/** Read before Electron is ready: from then on the window waits for every turn of the loop. */
const settings = readSettings(app.getPath('userData'))

let window: BrowserWindow | undefined
const { push, flush } = createPush(() => {
  const page = window?.isDestroyed() ? undefined : window?.webContents
  // While the window closes, its page is gone before it.
  return page?.isDestroyed() ? undefined : page
})

/** Settled when the page has its outline and its first script. */
let showOutline = (): void => undefined
const outline = new Promise<void>((done) => (showOutline = done))
const textSize = createTextSize({
  settings,
  window: () => (window?.isDestroyed() ? undefined : window),
  changed: () => push('changed', { area: 'text-size' }),
})

let pageCalled = false
/** Called when the page has made its first call. The log says which version wrote what follows; the first picture
 *  does not wait for the log. */
function pageListens(): void {
  flush()
  if (pageCalled) return
  pageCalled = true
  const versions = { version: app.getVersion(), electron: process.versions.electron }
  setTimeout(() => log.write('info', 'page_opened', versions), 1_000)
}

let startError: unknown

/** Taken before everything else; where that failed, again with each try of a start. */
let isLocked = false
/** Where the lock can't be had, a running Gatehouse was handed the arguments, or there is a reason. */
function takeLock(): 'ours' | 'theirs' | Failure {
  isLocked ||= app.requestSingleInstanceLock({ argv: process.argv })
  return isLocked ? 'ours' : (whyNotLocked(app.getPath('userData')) ?? 'theirs')
}
async function insistOnLock(): Promise<void> {
  const lock = takeLock()
  if (lock === 'theirs') app.exit(0)
  else if (lock !== 'ours') throw expectedFailure(lock)
}

/** What the first picture shows is read beside its opening; everything heavy (schemas, protocol libraries) comes after
 *  it. */
const composition: Started<Composition> = startOnce<Composition>(
  () =>
    // A URL that macOS hands over may ask before `ready`, when the keyring cannot be used yet.
    Promise.all([import('./compose-first.ts'), app.whenReady(), insistOnLock()]).then(([{ composeFirst }]) =>
      composeFirst({
        push,
        flush: pageListens,
        outline,
        settings,
        textSize,
        focus: () => focusWindow(window),
        window: () => window,
        restart: (between) =>
          composition.restart(async (running: Composition) => {
            await running.close()
            return between()
          }),
        outDirectory: join(import.meta.dirname, '..'),
      }),
    ),
  (error) => {
    startError = error
    log.write('error', 'start_failed', {}, error)
    printStartFailure(error)
  },
)

/** The window says it too; who looks at a terminal, or at a display that does not work, reads it there. */
function printStartFailure(error: unknown): void {
  const failure = failureIn(error)
  if (failure) process.stderr.write(`Gatehouse could not start: ${failure.message} ${failure.next ?? ''}\n`)
}

function rest() {
  return composition.get().then((running) => running.rest())
}

/** A redirect that the system handed over, whichever way it came. Where the app cannot start, the page says
 *  why; the provider's response is not kept. */
function receive(url: string | undefined): void {
  if (url === undefined) return
  void rest().then(
    ({ receiveCallback }) => receiveCallback(url),
    () => undefined,
  )
}

/** Ends what runs and writes what waits, as far as that can be waited for. */
async function close(): Promise<void> {
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => void setTimeout(resolve, milliseconds))
  const running = composition.running()
  const closed = running?.then((composed) => composed.close())
  const granting = Promise.resolve(running?.then((composed) => composed.granting()))
  await closeInTime(Promise.allSettled([closed, settings.flush()]), granting, wait)
  await Promise.race([wait(500), log.flush()])
}

function open(): void {
  nativeTheme.themeSource = settings.theme
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    ...defined({
      icon: process.platform === 'linux' ? join(app.getAppPath(), 'resources', 'icon.png') : undefined,
    }),
    devTools: !app.isPackaged,
    bounds: settings.bounds,
    onBounds: (bounds) => settings.saveBounds(bounds),
    zoom: textSize.get() / 100,
  })
  // A sign-in window that is still open belongs to it, and ends with it.
  window.once('closed', () => app.quit())
}

function start(): void {
  // macOS hands a URL over before `ready`.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    receive(findCallbackUrl([url]))
  })
  app.on('second-instance', (_event, argv, _directory, data) => {
    focusWindow(window)
    const exact = (data as { argv?: unknown } | null)?.argv
    receive(findCallbackUrl(Array.isArray(exact) ? exact.map(String) : argv))
  })
  app.once('will-quit', (event) => {
    event.preventDefault()
    // Whoever started it from a script learns that nothing ran.
    const code = composition.running() === undefined ? 1 : 0
    void close().then(() => app.exit(code))
  })
  watchMishaps({ log, window: () => window })
  void app.whenReady().then(() => {
    hardenEverything()
    installMenu((name) => push('command', { name }), textSize.step)
    servePage({
      root: join(import.meta.dirname, '../renderer'),
      readBody: (id) => rest().then(({ readBody }) => readBody(id)),
      // Not before: the page would wait for its first byte.
      onPage: () => void composition.get().catch(() => undefined),
      onScript: showOutline,
    })
    route({
      // The page asks for its first picture again when the user says "try again".
      handlers: (channel) =>
        composition.get(channel === 'app:bootstrap').then(({ handlersFor }) => handlersFor(channel)),
      rescue: () =>
        import('./rescue.ts').then(({ createRescue }) =>
          createRescue(join(import.meta.dirname, 'storage.cjs')),
        ),
      isTrusted: ({ sender, senderFrame }) =>
        sender === window?.webContents && senderFrame === sender.mainFrame && isPageUrl(senderFrame.url),
      onDefect: (channel, error) => {
        // Told once already, not for each call that it concerns.
        if (error !== startError) log.write('error', 'call_failed', { channel }, error)
      },
    })
    open()
    if (refused.length > 0) log.write('warn', 'switches_refused', { switches: refused.join(' ') })
    receive(findCallbackUrl(process.argv))
  })
}

// The lock comes before everything else. A second instance only hands its arguments over, and leaves at
// once: `quit()` would let it go on to open a window first.
if (takeLock() === 'theirs') app.exit(0)
else start()
