import { describe, expect, it } from 'vitest'
import { createSignInThrottle } from '../../../src/playground/sign-in-throttle.ts'

describe('the wait after wrong passwords', () => {
  it('doubles from the third on, up to a minute, and ends with the right one', () => {
    let now = 0
    const throttle = createSignInThrottle(() => now)
    const waits = Array.from({ length: 12 }, () => {
      throttle.failed('Alice')
      return throttle.waitSeconds('alice')
    })
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60])
    now += 59_001
    expect(throttle.waitSeconds('ALICE')).toBe(1)
    now += 999
    expect(throttle.waitSeconds('alice')).toBe(0)
    throttle.failed('alice')
    throttle.succeeded('alice')
    expect(throttle.waitSeconds('alice')).toBe(0)
    expect(throttle.waitSeconds('bob')).toBe(0)
  })

  it('remembers no more than a thousand names', () => {
    const throttle = createSignInThrottle(() => 0)
    for (let attempt = 0; attempt < 3; attempt += 1) throttle.failed('first')
    for (let index = 0; index < 1000; index += 1) throttle.failed(`name-${index}`)
    expect(throttle.waitSeconds('first')).toBe(0)
  })
})
