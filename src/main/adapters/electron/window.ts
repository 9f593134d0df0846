import { BrowserWindow, nativeTheme, type Rectangle } from 'electron'
import { pageUrl } from './page-protocol.ts'
import { strictPreferences } from './web-preferences.ts'

export interface WindowOptions {
  /** For the window and its task on Linux; elsewhere the program's own icon is taken. */
  icon?: string
  preload: string
  devTools: boolean
  onBounds: (bounds: Rectangle) => void
  /** Theme and place are set; the window is not shown before. */
  prepared: Promise<unknown>
}

/** Background of the page in both themes, so that nothing flashes before the first paint. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#141519' : '#f7f7f8')

/** Opens the one window: sandboxed, isolated, shown when its first picture is ready. */
export const openWindow = ({ icon, preload, devTools, onBounds, prepared }: WindowOptions): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 480,
    show: false,
    title: 'Gatehouse',
    backgroundColor: background(),
    autoHideMenuBar: true,
    ...(icon ? { icon } : {}),
    webPreferences: { ...strictPreferences, preload, devTools },
  })
  const show = (): void => {
    if (!window.isDestroyed()) window.show()
  }
  window.once('ready-to-show', () => void prepared.then(show, show))
  const remember = (): void => {
    if (!window.isMinimized() && !window.isFullScreen()) onBounds(window.getNormalBounds())
  }
  window.on('close', remember)
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })
  void window.loadURL(pageUrl)
  return window
}

/** Brings the window before the user. */
export const focusWindow = (window: BrowserWindow | undefined): void => {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
