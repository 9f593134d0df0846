import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { runVectors } from '../../../../scripts/hostile/vectors.ts'

const folder = ['../shared/vectors', '../../shared/vectors']
  .map((each) => resolve(each))
  .find((each) => existsSync(each))

it.skipIf(folder === undefined)(
  'agrees with every public vector, signed or encrypted, compact or JSON, but those with a reason',
  async () => {
    const { compared, excepted, unexpected, stale } = await runVectors(folder ?? '')
    expect(unexpected).toEqual({})
    expect(stale).toEqual([])
    expect(compared).toBeGreaterThan(750)
    expect(Object.keys(excepted).length).toBeLessThan(60)
  },
)
