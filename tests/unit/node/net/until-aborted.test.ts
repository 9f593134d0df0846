import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { untilAborted } from '../../../../src/node/net/until-aborted.ts'

it('is what the work comes to, and leaves no listener behind', async () => {
  const { signal } = new AbortController()
  expect(await untilAborted(signal, Promise.resolve(7))).toBe(7)
  await expect(untilAborted(signal, Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('ends with the signal, whatever the work does', async () => {
  const controller = new AbortController()
  const waiting = untilAborted(controller.signal, new Promise(() => undefined))
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(untilAborted(controller.signal, Promise.resolve(7))).rejects.toThrow('enough')
  // What comes of the work later is nobody's business.
  await expect(untilAborted(controller.signal, Promise.reject(new Error('late')))).rejects.toThrow('enough')
})
