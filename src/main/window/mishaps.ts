import { app, dialog, type BrowserWindow, type RenderProcessGoneDetails } from 'electron'
import type { Log } from '../../node/log/log.ts'

/** What the watch over mishaps is given. */
export interface MishapOptions {
  log: Log
  window: () => BrowserWindow | undefined
}

/** A connection that broke with no one waiting for it, or a terminal that was closed: the program's state is
 *  as it was. Everything else that no one caught leaves it unknown. */
const passing = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
])

/** Whether the program can go on after this error. */
export function canGoOn(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return passing.has(code) || code.startsWith('UND_ERR_')
}

/** Tells the log of everything that ends without being asked to, and the user of what concerns them. */
export function watchMishaps(options: MishapOptions): void {
  const { log } = options
  watchMain(log)
  watchPage(options)
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    if (reason !== 'clean-exit')
      log.write('warn', 'helper_process_gone', { type, reason, exitCode, name, serviceName })
  })
  app.on('browser-window-created', (_event, created) => {
    created.on('unresponsive', () => log.write('warn', 'window_unresponsive'))
  })
}

const title = 'Gatehouse has to close'
const saved = 'What you saved is safe. Anything being typed or sent right now may be lost.'

async function leave(log: Log, again: boolean): Promise<void> {
  await log.flush()
  if (again) app.relaunch()
  app.exit(1)
}

/** Says that the program has to end; returns whether it is to start again. */
function tellTheEnd(): boolean {
  if (!app.isReady()) {
    dialog.showErrorBox(title, `An error occurred that Gatehouse cannot recover from. ${saved}`)
    return false
  }
  const choice = dialog.showMessageBoxSync({
    type: 'error',
    title: 'Gatehouse',
    message: title,
    detail: `An error occurred that Gatehouse cannot recover from. ${saved}\n\nThe log has the details: ${app.getPath('logs')}`,
    buttons: ['Start again', 'Close'],
    defaultId: 0,
    cancelId: 1,
  })
  return choice === 0
}

/** Developers see it where they look; a packaged app has no terminal that anyone reads. */
function print(error: unknown): void {
  if (!app.isPackaged) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}

function watchMain(log: Log): void {
  let ending = false
  process.on('uncaughtException', (error) => {
    log.write('error', 'uncaught_exception', { fatal: !canGoOn(error) }, error)
    if (canGoOn(error) || ending) return
    print(error)
    ending = true
    void leave(log, tellTheEnd())
  })
  // A promise that no one looked at ended alone: nothing else waits for it, so the program goes on.
  process.on('unhandledRejection', (reason) => {
    log.write('error', 'unhandled_rejection', {}, reason)
    print(reason)
  })
}

async function offerReload(window: BrowserWindow, again: boolean): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Gatehouse',
    message: again ? 'The window stopped working again' : 'The window stopped working',
    detail: again
      ? 'Reloading did not help. What you saved is safe. Please start Gatehouse again.'
      : 'What you saved is safe, and requests in progress continue. Unsaved changes are lost.',
    buttons: again ? ['Close Gatehouse'] : ['Reload', 'Close Gatehouse'],
    defaultId: 0,
    cancelId: again ? 0 : 1,
  })
  if (window.isDestroyed()) return
  if (!again && response === 0) window.webContents.reload()
  else app.quit()
}

function watchPage({ log, window }: MishapOptions): void {
  let goneAt: number | undefined
  app.on('render-process-gone', (_event, contents, { reason, exitCode }: RenderProcessGoneDetails) => {
    if (reason === 'clean-exit') return
    log.write('error', 'window_gone', { reason, exitCode })
    const page = window()
    if (!page || page.isDestroyed() || contents !== page.webContents) return
    const now = performance.now()
    const again = goneAt !== undefined && now - goneAt < 60_000
    goneAt = now
    void offerReload(page, again)
  })
}
