import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupsToKeep, isBackupDue } from '../../../../../src/core/vault/transfer/backup-rotation.ts'

const day = 86_400_000

describe('backup rotation', () => {
  it('keeps the newest three, days and weeks, and never more than fourteen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 * day }), { maxLength: 200 }), (times) => {
        const kept = backupsToKeep(times)
        const newest = [...new Set(times)].sort((a, b) => b - a)
        expect(kept.slice(0, 3)).toEqual(newest.slice(0, 3))
        expect(kept.length).toBeLessThanOrEqual(14)
        expect(kept.every((time) => times.includes(time))).toBe(true)
        expect(backupsToKeep(kept)).toEqual(kept)
      }),
    )
  })

  it('is due after a day, and where the clock was set back', () => {
    expect(isBackupDue([], 5)).toBe(true)
    expect(isBackupDue([10 * day], 10.9 * day)).toBe(false)
    expect(isBackupDue([10 * day], 11 * day)).toBe(true)
    expect(isBackupDue([10 * day], 8 * day)).toBe(true)
  })
})
