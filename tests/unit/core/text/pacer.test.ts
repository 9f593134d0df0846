import { expect, it } from 'vitest'
import { createPacer } from '../../../../src/core/text/pacer.ts'

it('asks for a turn after 20 ms of work, and after the clock was set back', async () => {
  let now = 1_000
  const turns: number[] = []
  const pacer = createPacer({ now: () => now }, (milliseconds, then) => {
    turns.push(milliseconds)
    then()
  })
  now += 19
  expect(pacer.isDue()).toBe(false)
  now += 1
  expect(pacer.isDue()).toBe(true)
  await pacer.turn()
  expect(turns).toEqual([0])
  expect(pacer.isDue()).toBe(false)
  now -= 500
  expect(pacer.isDue()).toBe(true)
})
