import { expect, it } from 'vitest'
import { createLimit } from '../../../src/playground/limit.ts'

it('counts each key in windows of a minute', () => {
  let now = 0
  const limit = createLimit(2, () => now)
  expect([limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([0, 0, 0])
  expect([limit.waitOf('a'), limit.waitOf('b'), limit.waitOf('c')]).toEqual([60, 0, 0])
  now = 45_500
  expect(limit.take('a')).toBe(15)
  now = 60_000
  expect([limit.waitOf('a'), limit.take('a')]).toEqual([0, 0])
  // A clock that was put back begins anew.
  now = 1_000
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 60])
})

it('lets everything pass where there is none, and remembers no more keys than it may', () => {
  const none = createLimit(0, () => 0)
  expect([none.take('a'), none.take('a'), none.waitOf('a')]).toEqual([0, 0, 0])
  const one = createLimit(1, () => 0)
  one.take('first')
  for (let key = 0; key < 10_000; key += 1) one.take(String(key))
  expect([one.waitOf('first'), one.waitOf('9999')]).toEqual([0, 60])
})
