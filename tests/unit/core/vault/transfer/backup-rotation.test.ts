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
  })
})
