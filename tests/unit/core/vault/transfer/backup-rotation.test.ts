import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backupsLimit,
  backupsToKeep,
  isBackupDue,
} from '../../../../../src/core/vault/transfer/backup-rotation.ts'

const day = 86_400_000
const sized = (times: number[], size = 1) => times.map((at) => ({ at, size }))

describe('backup rotation', () => {
  it('keeps the newest three, days and weeks, and never more than fourteen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 * day }), { maxLength: 200 }), (times) => {
        const kept = backupsToKeep(sized(times))
        const newest = [...new Set(times)].sort((a, b) => b - a)
        expect(kept.slice(0, 3)).toEqual(newest.slice(0, 3))
        expect(kept.length).toBeLessThanOrEqual(14)
        expect(kept.every((time) => times.includes(time))).toBe(true)
        expect(backupsToKeep(sized(kept))).toEqual(kept)
      }),
    )
  })

  it('keeps the newest three, of seven days the newest each, and of four weeks', () => {
    // Two a day for fifty days: day 99 is the last, and weeks begin with the days that 7 divides.
    const times = Array.from({ length: 50 }, (_, at) => 50 + at).flatMap((each) => [
      each * day + 1,
      each * day + 2,
    ])
    expect(backupsToKeep(sized(times)).map((time) => [Math.floor(time / day), time % day])).toEqual([
      ...[
        [99, 2],
        [99, 1],
        [98, 2],
      ],
      ...[97, 96, 95, 94, 93].map((each) => [each, 2]),
      ...[90, 83].map((each) => [each, 2]),
    ])
  })

  it('counts days and weeks that have one, however far apart', () => {
    const times = [900, 800, 700, 600, 500, 400, 300, 200].map((each) => each * day)
    expect(backupsToKeep(sized(times))).toEqual(times.slice(0, 7))
    const single = [900 * day + 4, 900 * day + 3, 900 * day + 2, 900 * day + 1]
    expect(backupsToKeep(sized(single))).toEqual(single.slice(0, 3))
    expect(backupsToKeep([])).toEqual([])
  })

  it('may take a gigabyte together, to the last byte', () => {
    expect(backupsLimit).toBe(1_073_741_824)
    const two = (size: number) => [
      { at: 5 * day, size: 1 },
      { at: 4 * day, size },
    ]
    expect(backupsToKeep(two(backupsLimit - 1))).toHaveLength(2)
    expect(backupsToKeep(two(backupsLimit))).toHaveLength(1)
  })

  it('lets the oldest go where all together are too large, and never the newest', () => {
    const times = [5 * day, 4 * day, 3 * day, 2 * day]
    expect(backupsToKeep(sized(times, backupsLimit / 2))).toEqual([5 * day, 4 * day])
    expect(backupsToKeep(sized(times, backupsLimit * 2))).toEqual([5 * day])
  })

  it('is due after a day, and where the clock was set back', () => {
    expect(isBackupDue([], 5)).toBe(true)
    expect(isBackupDue([10 * day], 10.9 * day)).toBe(false)
    expect(isBackupDue([10 * day], 11 * day)).toBe(true)
    expect(isBackupDue([10 * day], 8 * day)).toBe(true)
    expect(isBackupDue([10 * day], 9 * day)).toBe(false)
    expect(isBackupDue([10 * day, 2 * day, 3 * day], 10.9 * day)).toBe(false)
    expect(isBackupDue([2 * day, 10 * day], 10.9 * day)).toBe(false)
  })
})
