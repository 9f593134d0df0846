import { execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { watchScreenLock } from '../../../src/main/system/lock-signals.ts'

function found(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const possible = process.platform === 'linux' && ['dbus-daemon', 'gdbus', 'python3'].every(found)

/** A bus of its own, with nobody else on it. */
async function startBus(): Promise<string> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void bus.kill())
  const lines = createInterface({ input: bus.stdout })
  return new Promise((resolve) => lines.once('line', resolve))
}

/** A screensaver on that bus. */
async function startScreensaver(address: string, name: string) {
  const script = new URL('../../support/fake-screensaver.py', import.meta.url).pathname
  const saver = spawn('python3', [script, name, `/${name.replaceAll('.', '/')}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address },
  })
  onTestFinished(() => void saver.kill())
  const lines = createInterface({ input: saver.stdout })
  expect(await new Promise((resolve) => lines.once('line', resolve))).toBe('owned')
  return { active: (on: boolean) => saver.stdin.write(on ? '1\n' : '0\n') }
}

function watch(environment: Record<string, string>) {
  const locked = vi.fn()
  const watching = watchScreenLock(locked, { PATH: process.env['PATH'], ...environment })
  onTestFinished(() => watching.stop())
  return { locked, watching }
}

/** Locks and unlocks until it is heard: between the first word of the monitor and its listening is a moment. */
async function heard(saver: { active: (on: boolean) => void }, locked: () => void): Promise<void> {
  await vi.waitFor(
    () => {
      saver.active(true)
      saver.active(false)
      expect(locked).toHaveBeenCalled()
    },
    { timeout: 10_000, interval: 50 },
  )
}

describe.skipIf(!possible)('the lock of the screen, on a real bus', () => {
  it.each([
    ['org.gnome.ScreenSaver', 'ubuntu:GNOME'],
    ['org.freedesktop.ScreenSaver', 'KDE'],
  ])('is told by %s', async (name, desktop) => {
    const address = await startBus()
    const saver = await startScreensaver(address, name)
    const { locked, watching } = watch({ DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: desktop })
    expect(await watching.sees()).toBe(true)
    await heard(saver, locked)
    locked.mockClear()
    await heard(saver, locked)
  })

  it('is told by a screensaver that starts later', async () => {
    const address = await startBus()
    const { locked, watching } = watch({ DBUS_SESSION_BUS_ADDRESS: address })
    expect(await watching.sees()).toBe(false)
    const saver = await startScreensaver(address, 'org.freedesktop.ScreenSaver')
    await vi.waitFor(async () => expect(await watching.sees()).toBe(true), 5_000)
    await heard(saver, locked)
  })

  it.each([
    ['no bus', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }],
    ['no program that listens', { PATH: '/nowhere' }],
  ])('is known not to be told where there is %s', async (_name, environment) => {
    const { locked, watching } = watch(environment)
    expect(await watching.sees()).toBe(false)
    expect(locked).not.toHaveBeenCalled()
  })
})
