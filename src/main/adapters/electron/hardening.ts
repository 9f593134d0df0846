import { app, session, type WebContents } from 'electron'
import { pageOrigin } from './page-protocol.ts'

const isPage = (url: string): boolean => url === pageOrigin || url.startsWith(`${pageOrigin}/`)

const harden = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
}

/** Denies what no screen of Gatehouse needs: new windows, navigation, webviews, permissions, devices,
 *  downloads, and every network access of the page but its own files. */
export const hardenEverything = (): void => {
  app.on('web-contents-created', (_event, contents) => harden(contents))
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  page.setPermissionCheckHandler(() => false)
  page.setDevicePermissionHandler(() => false)
  page.on('will-download', (event) => event.preventDefault())
  page.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isPage(details.url) || details.url.startsWith('devtools://')
    answer({ cancel: !allowed })
  })
}
