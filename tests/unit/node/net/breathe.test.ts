import { expect, it } from 'vitest'
import { breathe } from '../../../../src/node/net/breathe.ts'

const work = (milliseconds: number): void => {
  for (const began = performance.now(); performance.now() - began < milliseconds;);
}

it('gives everyone else a turn between the pieces of many', async () => {
  let pieces = 0
  let inTurn = 0
  let most = 0
  let turns = 0
  let running = true
  const count = (): void => {
    // All 25 begin in the first turn, before any of them asks.
    if (turns > 0) most = Math.max(most, inTurn)
    inTurn = 0
    turns += 1
    if (running) setImmediate(count)
  }
  setImmediate(count)
  await Promise.all(
    Array.from({ length: 25 }, async () => {
      for (let piece = 0; piece < 8; piece += 1) {
        await Promise.resolve()
        work(1)
        pieces += 1
        inTurn += 1
        await breathe()
      }
    }),
  )
  running = false
  expect(pieces).toBe(200)
  expect(most).toBeLessThanOrEqual(12)
  expect(turns).toBeGreaterThan(20)
})

it('holds up no one who is alone and quick', async () => {
  await new Promise((done) => setImmediate(done))
  let turned = false
  setImmediate(() => (turned = true))
  for (let piece = 0; piece < 100; piece += 1) await breathe()
  expect(turned).toBe(false)
})
