import { app, dialog, session, type Session, type WebContents } from 'electron'
import { isDrawnUrl, isPageUrl } from './page-protocol.ts'
import { refuseFrom } from './refusals.ts'

/** For packaged apps, before `ready`: takes away what would hand the app to whoever starts it, and answers what that
 *  was. Where something of the kind is in effect already, it ends with the reason. */
export function refuseSwitches(): string[] {
  const { removed, early } = refuseFrom(app.commandLine, process.env)
  if (early.length > 0) {
    dialog.showErrorBox(
      'Gatehouse cannot start this way',
      `It was started with ${early.join(', ')}, which could record or change its data. Start it without them.`,
    )
    // Nothing has begun that would have to be ended.
    process.exit(1)
  }
  return removed
}

/** Contents that may leave the page they began with: each was put here by the code that made it. */
const navigating = new WeakSet<WebContents>()

/** Lifts the ban on navigation for these contents alone; whoever does so sets rules of its own first thing. */
export function letNavigate(contents: WebContents): void {
  navigating.add(contents)
}

/** No permission, device, screen capture or download for whatever is shown in this session. */
export function denyPermissions(page: Session): void {
  page.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  page.setPermissionCheckHandler(() => false)
  page.setDevicePermissionHandler(() => false)
  page.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  page.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  page.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  page.on('will-download', (event) => event.preventDefault())
}

/** Denies what no screen of Gatehouse needs: new windows, navigation, webviews, permissions, devices,
 *  screen capture, downloads, and every network access of the page but its own files. */
export function hardenEverything(): void {
  app.on('web-contents-created', (_event, contents) => harden(contents))
  // Left alone, Electron shows a server the first certificate of the person's store.
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault()
    answer()
  })
  const page = session.defaultSession
  denyPermissions(page)
  page.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isPageUrl(details.url) || (!app.isPackaged && details.url.startsWith('devtools://'))
    answer({ cancel: !allowed })
  })
}

function harden(contents: WebContents): void {
  function stay(event: { preventDefault: () => void }): void {
    if (!navigating.has(contents)) event.preventDefault()
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || !isDrawnUrl(event.url)) stay(event)
  })
}
