// The least that Electron can do: one window of the size of Gatehouse's, one local page.
import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 820, show: false })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(join(import.meta.dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
