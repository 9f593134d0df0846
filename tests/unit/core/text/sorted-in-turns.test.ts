import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortedInTurns } from '../../../../src/core/text/sorted-in-turns.ts'

it('sorts like everyone, equal ones in their order, and lets others have their turns', async () => {
  let turns = 0
  const pacer = { isDue: () => true, turn: async () => void (turns += 1) }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 1_000, size: 'max' }), async (numbers) => {
      const list = numbers.map((key, place) => ({ key, place }))
      const sorted = await sortedInTurns(list, (one, other) => one.key - other.key, pacer)
      expect(sorted).toEqual(list.toSorted((one, other) => one.key - other.key))
    }),
    { numRuns: 60 },
  )
  expect(turns).toBeGreaterThan(60)
  expect(await sortedInTurns([], () => 0, pacer)).toEqual([])
})
