import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  foldedLines,
  type Fold,
} from '../../../../../src/renderer/src/features/requests/answer/long/folds.ts'

it('shows each line in one row, and a fold as its first line', () => {
  const shown = foldedLines(20, [
    { from: 4, to: 6 },
    { from: 10, to: 15 },
    { from: 11, to: 12 },
  ])
  expect(shown.count).toBe(13)
  expect(Array.from({ length: 13 }, (_, row) => shown.lineIn(row))).toEqual([
    0, 1, 2, 3, 4, 7, 8, 9, 10, 16, 17, 18, 19,
  ])
  expect([3, 4, 5, 6, 7, 12, 15, 16].map(shown.rowOf)).toEqual([3, 4, 4, 4, 5, 8, 8, 9])
  expect(shown.at(10)).toEqual({ from: 10, to: 15 })
  expect(shown.at(11)).toBeUndefined()
})

it('finds rows and lines both ways, whatever is folded', () => {
  const fold = fc
    .tuple(fc.nat(99), fc.integer({ min: 1, max: 30 }))
    .map(([from, size]): Fold => ({ from, to: from + size }))
  fc.assert(
    fc.property(fc.array(fold, { maxLength: 8 }), (folds) => {
      // None goes over the end of another.
      const nested = folds.filter((one, at) =>
        folds
          .slice(0, at)
          .every(
            (other) =>
              one.from > other.to || other.from > one.to || (one.from > other.from && one.to < other.to),
          ),
      )
      const shown = foldedLines(100, nested)
      for (let row = 0; row < shown.count; row += 1) expect(shown.rowOf(shown.lineIn(row))).toBe(row)
    }),
  )
})
