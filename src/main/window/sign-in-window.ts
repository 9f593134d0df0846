import { defined } from '@contract/defined'
import { BrowserWindow, session, type Session, type WebContents } from 'electron'
import type { SignInWindow } from '../../core/records/ports.ts'
import { denyPermissions, letNavigate } from './hardening.ts'
import { isOnRedirect, mayVisit } from './sign-in-window-rules.ts'
import { loadThrough } from './window-proxy.ts'
import { strictPreferences } from './web-preferences.ts'

/** Opens sign-in pages in windows of their own, each with a session in memory that is cleared afterwards. `parent`:
 *  the window that they belong to and end with. */
export function createSignInWindow(parent: () => BrowserWindow | undefined): SignInWindow {
  return {
    open({ id, url, redirectUri, allowInsecure, proxy, trusts }, { onRedirect, onClosed }) {
      const own = ownSession(id, allowInsecure)
      const owner = parent()
      const window = new BrowserWindow({
        width: 520,
        height: 720,
        minWidth: 360,
        minHeight: 400,
        ...defined({ parent: owner && !owner.isDestroyed() ? owner : undefined }),
        title: title(url),
        backgroundColor: '#ffffff',
        autoHideMenuBar: true,
        fullscreenable: false,
        webPreferences: { ...strictPreferences, session: own, devTools: false },
      })
      window.removeMenu()
      const { webContents } = window
      let over = false
      function close(): void {
        over = true
        if (!window.isDestroyed()) window.destroy()
      }
      letNavigate(webContents)
      webContents.on('certificate-error', (event, at, _error, { data }, answer) => {
        event.preventDefault()
        void (trusts?.(at, data) ?? Promise.resolve(false)).then(answer, () => answer(false))
      })
      // Whether the response is genuine is judged elsewhere: a forged one ends nothing, and the true one can still come.
      guard(webContents, redirectUri, allowInsecure, (answer) => {
        if (!over) onRedirect(answer)
      })
      window.on('page-title-updated', (event) => event.preventDefault())
      webContents.on('did-navigate', (_event, at) => window.setTitle(title(at)))
      window.once('closed', () => {
        void Promise.all([own.clearStorageData(), own.clearCache(), own.clearAuthCache()]).catch(
          () => undefined,
        )
        if (!over) onClosed()
        over = true
      })
      async function load(): Promise<void> {
        if (proxy !== undefined) await loadThrough(own, webContents, await proxy)
        if (!over) await window.loadURL(url)
      }
      void load().catch(() => undefined)
      return {
        focus: () => {
          if (!window.isDestroyed()) window.focus()
        },
        close,
      }
    },
  }
}

function title(url: string): string {
  return `${URL.canParse(url) ? new URL(url).origin : 'no page yet'} — sign-in window of Gatehouse`
}

/** In memory only, and no one else's: a name without `persist:`. */
function ownSession(id: string, allowInsecure: boolean): Session {
  const own = session.fromPartition(`sign-in-${id}`, { cache: false })
  denyPermissions(own)
  own.setSpellCheckerEnabled(false)
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayVisit(url, allowInsecure, true) }))
  return own
}

/** Wherever the page goes, it stays in this window; the redirect is handed over instead of being loaded. */
function guard(
  contents: WebContents,
  redirectUri: string,
  allowInsecure: boolean,
  onRedirect: (url: string) => void,
): void {
  function judge(event: { preventDefault: () => void }, url: string, isMainFrame: boolean): void {
    const back = isOnRedirect(url, redirectUri)
    if (back || !mayVisit(url, allowInsecure)) event.preventDefault()
    // A frame of another page may not end the sign-in.
    if (back && isMainFrame) onRedirect(url)
  }
  contents.on('will-navigate', (event) => judge(event, event.url, true))
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) judge(event, event.url, false)
  })
  contents.on('will-redirect', (event) => judge(event, event.url, event.isMainFrame))
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url, postBody, referrer }) => {
    if (isOnRedirect(url, redirectUri)) onRedirect(url)
    else if (mayVisit(url, allowInsecure)) {
      void contents
        .loadURL(url, {
          httpReferrer: referrer,
          ...defined({
            postData: postBody ? (postBody.data as Electron.UploadRawData[]) : undefined,
            extraHeaders: postBody ? `content-type: ${postBody.contentType}` : undefined,
          }),
        })
        .catch(() => undefined)
    }
    return { action: 'deny' }
  })
}
