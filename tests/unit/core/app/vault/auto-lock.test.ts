import { expect, it, vi } from 'vitest'
import { createAutoLock } from '../../../../../src/core/app/vault/auto-lock.ts'
import type { LockSettings } from '../../../../../src/core/contract/vault.ts'

function world(onScreenLock: boolean, seen = true) {
  let settings: LockSettings = { idleMinutes: 0, onScreenLock }
  const watches: { then: () => void; stopped: boolean }[] = []
  const lock = vi.fn(async () => undefined)
  const autoLock = createAutoLock({
    presence: {
      idleSeconds: () => 0,
      watchScreenLock: (then) => {
        const watch = { then, stopped: false }
        watches.push(watch)
        return { sees: async () => seen, stop: () => void (watch.stopped = true) }
      },
      onSuspend: () => undefined,
    },
    settings: { get: () => settings, set: (wanted) => (settings = wanted) },
    every: () => () => undefined,
    isLocked: () => false,
    lock,
  })
  return { autoLock, watches, lock }
}

it('listens for the lock of the screen only while that is wanted', async () => {
  const { autoLock, watches, lock } = world(false)
  expect(watches).toHaveLength(0)
  await autoLock.save({ idleMinutes: 0, onScreenLock: true })
  await autoLock.save({ idleMinutes: 5, onScreenLock: true })
  expect(watches).toHaveLength(1)
  watches[0]?.then()
  expect(lock).toHaveBeenCalledExactlyOnceWith('screen-lock')
  await autoLock.save({ idleMinutes: 5, onScreenLock: false })
  expect(watches[0]?.stopped).toBe(true)
  await autoLock.save({ idleMinutes: 5, onScreenLock: true })
  expect(watches).toHaveLength(2)
  autoLock.close()
  expect(watches[1]?.stopped).toBe(true)
})

it('says where nothing tells of it, and only where it was asked for', async () => {
  expect(await world(true, false).autoLock.read()).toMatchObject({ value: { screenLockUnseen: true } })
  expect(await world(true, true).autoLock.read()).toEqual({
    ok: true,
    value: { idleMinutes: 0, onScreenLock: true },
  })
  expect(await world(false, false).autoLock.read()).toEqual({
    ok: true,
    value: { idleMinutes: 0, onScreenLock: false },
  })
})
