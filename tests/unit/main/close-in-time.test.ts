import { expect, it } from 'vitest'
import { closeInTime, closeLimit, grantLimit } from '../../../src/main/close-in-time.ts'

const never = new Promise<void>(() => undefined)
const soon = Promise.resolve()

/** Closes with a clock that is moved by hand; answers when it ended. */
const run = (closing: Promise<unknown>, granting: Promise<unknown>) => {
  const timers = new Map<number, () => void>()
  let ended = false
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => void timers.set(milliseconds, resolve))
  const done = closeInTime(closing, granting, wait).then(() => (ended = true))
  return {
    done,
    pass: async (milliseconds: number): Promise<boolean> => {
      timers.get(milliseconds)?.()
      await new Promise((resolve) => setImmediate(resolve))
      return ended
    },
  }
}

it('ends as soon as all is closed, also where that failed', async () => {
  await run(soon, never).done
  await run(Promise.reject(new Error('no disk')), never).done
})

it('waits no longer than its limit for what hangs', async () => {
  expect(await run(never, soon).pass(closeLimit)).toBe(true)
})

it('waits longer for tokens that are on their way, and not for ever', async () => {
  const stuck = run(never, never)
  expect(await stuck.pass(closeLimit)).toBe(false)
  expect(await stuck.pass(grantLimit)).toBe(true)
  let granted = (): void => undefined
  const granting = new Promise<void>((resolve) => (granted = resolve))
  const late = run(never, granting)
  expect(await late.pass(closeLimit)).toBe(false)
  granted()
  expect(await late.pass(0)).toBe(true)
})
