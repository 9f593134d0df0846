import { join, resolve } from 'node:path'
import { app, nativeTheme, type BrowserWindow } from 'electron'
import { hardenEverything } from './adapters/electron/hardening.ts'
import { declarePageScheme, servePage } from './adapters/electron/page-protocol.ts'
import { focusWindow, openWindow } from './adapters/electron/window.ts'
import { readSettings } from './adapters/settings/settings.ts'
import type { Composition } from './compose.ts'
import { findCallbackUrl } from './domain/oauth/callback.ts'
import { createPush } from './ipc/push.ts'
import { route } from './ipc/router.ts'

// One switch moves the whole profile; it comes before the lock, which lives in the profile.
const profile = app.commandLine.getSwitchValue('user-data-dir')
if (profile) {
  app.setPath('userData', resolve(profile))
  app.setPath('sessionData', resolve(profile))
  app.setPath('crashDumps', join(resolve(profile), 'Crashpad'))
  app.setAppLogsPath(join(resolve(profile), 'logs'))
}

declarePageScheme()

const settings = readSettings()

let window: BrowserWindow | undefined
let composing: Promise<Composition> | undefined
const { push, flush } = createPush(() => (window?.isDestroyed() ? undefined : window?.webContents))

/** Everything heavy (database, protocol libraries) is loaded beside the window's first picture. */
const composed = (): Promise<Composition> => {
  composing ??= import('./compose.ts').then(({ compose }) =>
    compose({
      push,
      flush,
      settings,
      focus: () => focusWindow(window),
      outDirectory: join(import.meta.dirname, '..'),
    }),
  )
  return composing
}

/** A redirect that the system handed over, whichever way it came. */
const receive = (url: string | undefined): void => {
  if (url !== undefined) void composed().then(({ receiveCallback }) => receiveCallback(url))
}

const open = (): void => {
  nativeTheme.themeSource = settings.theme
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    ...(settings.bounds ? { bounds: settings.bounds } : {}),
    devTools: !app.isPackaged,
    onBounds: (bounds) => settings.saveBounds(bounds),
  })
}

const start = (): void => {
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
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => void composing?.then(({ close }) => close()))
  void app.whenReady().then(() => {
    hardenEverything()
    servePage(join(import.meta.dirname, '../renderer'))
    route({
      handlers: () => composed().then(({ handlers }) => handlers),
      isTrusted: (event) =>
        event.sender === window?.webContents && event.senderFrame === event.sender.mainFrame,
      onDefect: () => undefined,
    })
    open()
    receive(findCallbackUrl(process.argv))
  })
}

// The lock comes before everything else. A second instance only hands its arguments over, and leaves at
// once: `quit()` would let it go on to open a window first.
if (app.requestSingleInstanceLock({ argv: process.argv })) start()
else app.exit(0)
