import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, exact, phasesOf } from '../../../../src/renderer/src/features/requests/answer/phases.ts'

const took = fc.double({ min: 0, max: 5_000, noNaN: true })

describe('phasesOf', () => {
  it('tells rows that add up to the total as it is told', () => {
    fc.assert(
      fc.property(took, took, took, (preparing, waiting, receiving) => {
        const total = preparing + waiting + receiving
        const rows = phasesOf({ preparing, waiting, receiving, total })
        const sum = rows.reduce((all, row) => all + row.shown, 0)
        expect(exact(sum, total)).toBe(exact(total, total))
        expect(rows.reduce((all, row) => all + row.width, 0)).toBeLessThan(100.001)
      }),
    )
  })
  it('leaves out what did not happen, and keeps the order of what did', () => {
    const timing = { waiting: 10, receiving: 0.5, firstTry: 40, token: 9, total: 59.5 }
    expect(phasesOf(timing).map(({ key }) => key)).toEqual(['token', 'firstTry', 'waiting', 'receiving'])
    expect(phasesOf({ waiting: 1, receiving: 0, total: 1 })).toHaveLength(2)
  })
})

describe('exact', () => {
  it('tells all times of a table in one unit', () => {
    expect(exact(0.48, 12.6)).toBe('0.5 ms')
    expect(exact(12.6, 12.6)).toBe('12.6 ms')
    expect(exact(1, 1_240)).toBe('0.001 s')
  })
})

describe('axisOf', () => {
  it('has a handful of round marks from 0', () => {
    expect(axisOf(12.6).map(({ text }) => text)).toEqual(['0', '5 ms', '10 ms'])
    expect(axisOf(0.9).map(({ text }) => text)).toEqual(['0', '0.5 ms'])
    expect(axisOf(2_500).map(({ text }) => text)).toEqual(['0', '1 s', '2 s'])
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 300_000, noNaN: true }), (total) => {
        const marks = axisOf(total)
        expect(marks.length).toBeGreaterThan(1)
        expect(marks.length).toBeLessThan(7)
        expect(marks.at(-1)?.at).toBeLessThan(100)
      }),
    )
  })
})
