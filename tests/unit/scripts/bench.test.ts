import { describe, expect, it } from 'vitest'
import { processTree } from '../../../scripts/lib/process-tree.mjs'
import { median, table } from '../../../scripts/lib/statistics.mjs'

describe('a measurement', () => {
  it('is summed up by its median', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 2, 4, 8])).toBe(6)
  })

  it('is shown in columns', () => {
    expect(
      table([
        ['what', 'a'],
        ['long name', 12],
      ]),
    ).toBe('what         a\nlong name   12')
  })

  it.runIf(process.platform === 'linux')('finds this process below its parent', () => {
    expect(processTree(process.ppid)).toContain(process.pid)
  })
})
