import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BrowserWindow } from 'electron'
import type { Log } from '../../../../src/node/log/log.ts'

const { app, dialog } = vi.hoisted(() => ({
  app: {} as EventEmitter & Record<'relaunch' | 'exit' | 'quit', ReturnType<typeof vi.fn>>,
  dialog: { showErrorBox: vi.fn(), showMessageBoxSync: vi.fn(), showMessageBox: vi.fn() },
}))
vi.mock('electron', () => ({ app, dialog }))

const { canGoOn, watchMishaps } = await import('../../../../src/main/window/mishaps.ts')

const lines: { level: string; code: string; fields: unknown }[] = []
let flushed = 0
const log: Log = {
  write: (level, code, fields) => void lines.push({ level, code, fields }),
  flush: async () => void (flushed += 1),
  flushNow: () => undefined,
}
let ready = true
let page: { webContents: { reload: ReturnType<typeof vi.fn> }; isDestroyed: () => boolean }
const before = {
  uncaughtException: process.listeners('uncaughtException'),
  unhandledRejection: process.listeners('unhandledRejection'),
}
/** The listeners that the watch put on the process; they are called by hand and taken off again. */
const added = (name: 'uncaughtException' | 'unhandledRejection'): ((error: unknown) => void)[] =>
  (process.listeners(name as 'uncaughtException') as ((error: unknown) => void)[]).filter(
    (listener) => !(before[name] as unknown[]).includes(listener),
  )
const meet = (name: 'uncaughtException' | 'unhandledRejection', error: unknown): void =>
  added(name).forEach((listener) => listener(error))
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
const gone = (reason: string): boolean =>
  app.emit('render-process-gone', {}, page.webContents, { reason, exitCode: 11 })

beforeEach(() => {
  vi.clearAllMocks()
  lines.length = 0
  flushed = 0
  ready = true
  Object.assign(app, new EventEmitter(), {
    on: EventEmitter.prototype.on,
    emit: EventEmitter.prototype.emit,
    isReady: () => ready,
    isPackaged: true,
    getPath: () => '/logs',
    relaunch: vi.fn(),
    exit: vi.fn(),
    quit: vi.fn(),
  })
  page = { webContents: { reload: vi.fn() }, isDestroyed: () => false }
  watchMishaps({ log, window: () => page as unknown as BrowserWindow })
})
afterEach(() => {
  for (const name of ['uncaughtException', 'unhandledRejection'] as const)
    for (const listener of added(name)) process.off(name, listener)
})

describe('an error that nobody caught', () => {
  it.each(['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'])('with code %s is logged and gone past', async (code) => {
    expect(canGoOn(Object.assign(new Error('x'), { code }))).toBe(true)
    meet('uncaughtException', Object.assign(new Error('x'), { code }))
    await settle()
    expect(lines).toEqual([{ level: 'error', code: 'uncaught_exception', fields: { fatal: false } }])
    expect(app.exit).not.toHaveBeenCalled()
  })

  it('of any other kind is told in plain words, and the log is written before the app ends', async () => {
    dialog.showMessageBoxSync.mockReturnValue(1)
    meet('uncaughtException', new TypeError('x is not a function'))
    await settle()
    expect(dialog.showMessageBoxSync.mock.calls[0]?.[0]).toMatchObject({ message: 'Gatehouse has to close' })
    expect(flushed).toBe(1)
    expect(app.exit).toHaveBeenCalledWith(1)
    expect(app.relaunch).not.toHaveBeenCalled()
  })

  it('starts the app again where the user wants it', async () => {
    dialog.showMessageBoxSync.mockReturnValue(0)
    meet('uncaughtException', 'not even an error')
    await settle()
    expect(app.relaunch).toHaveBeenCalledOnce()
  })

  it('asks once, however many follow', async () => {
    dialog.showMessageBoxSync.mockReturnValue(1)
    for (let n = 0; n < 5; n += 1) meet('uncaughtException', new Error(String(n)))
    await settle()
    expect(dialog.showMessageBoxSync).toHaveBeenCalledOnce()
    expect(lines).toHaveLength(5)
  })

  it('before there can be a window shows a plain box', async () => {
    ready = false
    meet('uncaughtException', new Error('early'))
    await settle()
    expect(dialog.showErrorBox).toHaveBeenCalledOnce()
    expect(app.exit).toHaveBeenCalledWith(1)
  })
})

it('a promise that nobody looked at is logged, and the app goes on', async () => {
  meet('unhandledRejection', new Error('x'))
  await settle()
  expect(lines.map(({ code }) => code)).toEqual(['unhandled_rejection'])
  expect(app.exit).not.toHaveBeenCalled()
})

describe('a page that is gone', () => {
  it('is offered again once, then not within the same minute', async () => {
    dialog.showMessageBox.mockResolvedValue({ response: 0 })
    gone('crashed')
    await settle()
    expect(page.webContents.reload).toHaveBeenCalledOnce()
    gone('oom')
    await settle()
    expect(page.webContents.reload).toHaveBeenCalledOnce()
    expect(app.quit).toHaveBeenCalledOnce()
    expect(lines.map(({ fields }) => fields)).toEqual([
      { reason: 'crashed', exitCode: 11 },
      { reason: 'oom', exitCode: 11 },
    ])
  })

  it('that ended as it should is no mishap', async () => {
    gone('clean-exit')
    await settle()
    expect(lines).toEqual([])
    expect(dialog.showMessageBox).not.toHaveBeenCalled()
  })
})

it('a helper process that fails is logged by kind, without its output', () => {
  app.emit(
    'child-process-gone',
    {},
    {
      type: 'Utility',
      reason: 'crashed',
      exitCode: 1,
      serviceName: 'node.mojom.NodeService',
      name: 'Gatehouse Playground',
    },
  )
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 })
  expect(lines).toEqual([
    {
      level: 'warn',
      code: 'helper_process_gone',
      fields: {
        type: 'Utility',
        reason: 'crashed',
        exitCode: 1,
        name: 'Gatehouse Playground',
        serviceName: 'node.mojom.NodeService',
      },
    },
  ])
})
