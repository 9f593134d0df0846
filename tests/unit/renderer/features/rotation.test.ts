import { describe, expect, it } from 'vitest'
import type { LineageEntry } from '../../../../src/core/contract/accounts.ts'
import { rotationOf } from '../../../../src/renderer/src/features/accounts/account/rotation.ts'

const step = (at: number, event: LineageEntry['event'], ...changes: string[]): LineageEntry => ({
  at,
  event,
  reason: 'requested manually',
  changes,
})
const rotated = 'refresh token rotated'
const kept = 'refresh token kept'

describe('where a refresh token came from', () => {
  it('the sign-in, as long as nothing was refreshed', () => {
    const signIn = step(1, 'signed-in', 'with a refresh token')
    expect(rotationOf([signIn])).toEqual({ came: signIn, times: 0, refreshes: 0 })
  })

  it('the last refresh that brought a new one, also where later ones kept it', () => {
    const second = step(3, 'refreshed', rotated)
    const lineage = [step(1, 'signed-in'), step(2, 'refreshed', rotated), second, step(4, 'refreshed', kept)]
    expect(rotationOf(lineage)).toEqual({ came: second, times: 2, refreshes: 3 })
  })

  it('the sign-in, where each refresh kept it or failed', () => {
    const signIn = step(1, 'signed-in')
    expect(rotationOf([signIn, step(2, 'refreshed', kept), step(3, 'refresh-failed', rotated)])).toEqual({
      came: signIn,
      times: 0,
      refreshes: 1,
    })
  })

  it('counts from the last sign-in, also within one millisecond', () => {
    const again = step(5, 'signed-in')
    const first = step(5, 'refreshed', rotated)
    expect(rotationOf([step(1, 'signed-in'), step(2, 'refreshed', rotated), again])).toEqual({
      came: again,
      times: 0,
      refreshes: 0,
    })
    expect(rotationOf([again, first])).toEqual({ came: first, times: 1, refreshes: 1 })
  })

  it('nothing, where nothing is recorded', () => {
    expect(rotationOf([])).toEqual({ came: undefined, times: 0, refreshes: 0 })
  })
})
