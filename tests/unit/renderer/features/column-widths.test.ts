import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnWidth,
  sharedWidths,
} from '../../../../src/renderer/src/features/requests/answer/table/column-widths.ts'

describe('columnWidth', () => {
  it('is that of the longest text, of an identifier its beginning, and never more than most', () => {
    expect(columnWidth('id', ['b997cca4-7777-4204-9f29-3b226ab125e8'])).toEqual({ width: 12, whole: 36 })
    expect(columnWidth('note', ['Leave it with the neighbour'])).toEqual({ width: 27, whole: 27 })
    expect(columnWidth('note', ['x'.repeat(500)])).toEqual({ width: 32, whole: 80 })
    expect(columnWidth('n', [])).toEqual({ width: 4, whole: 4 })
  })
})

describe('sharedWidths', () => {
  const columns = [
    { width: 12, whole: 36 },
    { width: 10, whole: 10 },
    { width: 32, whole: 40 },
  ]
  it('leaves columns as they are without room, and makes whole first what lacks least', () => {
    expect(sharedWidths(columns, 0)).toEqual([12, 10, 32])
    expect(sharedWidths(columns, 61)).toEqual([12, 10, 32])
    expect(sharedWidths(columns, 62)).toEqual([12, 10, 40])
    expect(sharedWidths(columns, 86)).toEqual([36, 10, 40])
    expect(sharedWidths(columns, 500)).toEqual([36, 10, 40])
  })
  it('never takes more than the room, nor less than what is needed', () => {
    const column = fc.tuple(fc.nat(40), fc.nat(40)).map(([width, more]) => ({ width, whole: width + more }))
    fc.assert(
      fc.property(fc.array(column), fc.nat(1_000), (all, room) => {
        const widths = sharedWidths(all, room)
        const least = all.reduce((sum, { width }) => sum + width, 0)
        expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(Math.max(room, least))
        all.forEach(({ width, whole }, at) => expect([width, whole]).toContain(widths[at]))
      }),
    )
  })
})
