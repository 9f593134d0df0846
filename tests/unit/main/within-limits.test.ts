import { describe, expect, it } from 'vitest'
import { inputLimits, isWithinLimits } from '../../../src/main/ipc/within-limits.ts'

const { depth, members, characters } = inputLimits
const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown =>
  levels === 0 ? 1 : wrap(nested(levels - 1, wrap))
const named = (count: number): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`, 0]))

describe('each limit of an argument is met to the last', () => {
  it.each([
    [
      'objects within objects',
      nested(depth, (inner) => ({ inner })),
      nested(depth + 1, (inner) => ({ inner })),
    ],
    ['lists within lists', nested(depth, (inner) => [inner]), nested(depth + 1, (inner) => [inner])],
    ['an empty object at the bottom', within(depth - 1), within(depth)],
    ['members of one object', named(members), named(members + 1)],
    ['members of several', [named(members - 2), {}], [named(members - 1), {}]],
    ['items of one list', Array(members).fill(0), Array(members + 1).fill(0)],
    ['items and members', { list: Array(members - 1).fill(0) }, { list: Array(members).fill(0) }],
    ['characters of one text', 'x'.repeat(characters), 'x'.repeat(characters + 1)],
    ['characters of several', ['x'.repeat(characters - 1), 'y'], ['x'.repeat(characters), 'y']],
    ['bytes', new Uint8Array(characters), new Uint8Array(characters + 1)],
    ['bytes and text', [new Uint8Array(characters - 1), 'x'], [new Uint8Array(characters), 'x']],
    ['names', { ['n'.repeat(characters)]: 0 }, { ['n'.repeat(characters + 1)]: 0 }],
  ])('%s', (_what, last, beyond) => {
    expect(isWithinLimits(last)).toBe(true)
    expect(isWithinLimits(beyond)).toBe(false)
  })

  it.each([
    [new Date()],
    [new Map()],
    [new Set()],
    [new ArrayBuffer(8)],
    [/x/],
    [new URL('app://gatehouse')],
  ])('no class is plain data, at the top or within: %o', (value) => {
    expect(isWithinLimits(value)).toBe(false)
    expect(isWithinLimits({ in: [value] })).toBe(false)
  })
})

/** An empty object in so many lists. */
function within(lists: number): unknown {
  let value: unknown = {}
  for (let level = 0; level < lists; level += 1) value = [value]
  return value
}
