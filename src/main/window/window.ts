import { BrowserWindow, Menu, nativeTheme, type Rectangle } from 'electron'
import { editingItems } from './editing-items.ts'
import { pageUrl } from './page-protocol.ts'
import { strictPreferences } from './web-preferences.ts'

export interface WindowOptions {
  /** For the window and its task on Linux; elsewhere the program's own icon is taken. */
  icon?: string
  preload: string
  devTools: boolean
  onBounds: (bounds: Rectangle) => void
  /** Where it was last, if that is known. */
  bounds: Partial<Rectangle> | undefined
  /** 1 is the usual size of text. */
  zoom: number
}

/** Opens the one window: sandboxed, isolated, in the colour of the page's own background until that is painted. */
export function openWindow({
  icon,
  preload,
  devTools,
  bounds,
  onBounds,
  zoom,
}: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: 'Gatehouse',
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: { ...strictPreferences, preload, devTools, zoomFactor: zoom },
  })
  // Decoding it takes longer than anything else here; the page comes first.
  if (icon) {
    window.webContents.once('did-finish-load', () => {
      if (!window.isDestroyed()) window.setIcon(icon)
    })
  }
  function remember(): void {
    if (!window.isMinimized() && !window.isFullScreen()) onBounds(window.getNormalBounds())
  }
  window.on('close', remember)
  // The page's own menus come first: where it shows one, nothing is asked for here.
  window.webContents.on('context-menu', (_event, place) => {
    const items = editingItems(place)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })
  void window.loadURL(pageUrl)
  return window
}

/** Brings the window before the user. */
export function focusWindow(window: BrowserWindow | undefined): void {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Background of the page in both themes, so that nothing flashes before the first paint. */
function background() {
  return nativeTheme.shouldUseDarkColors ? '#141519' : '#f7f7f8'
}
