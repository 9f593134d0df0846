import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createAutomaton } from '../../../../src/core/secrecy/automaton.ts'

/** Every place where a needle ends, with the longest that ends there, one look at a time. */
function byHand(bytes: Uint8Array, needles: readonly Uint8Array[]): [end: number, length: number][] {
  const found: [number, number][] = []
  for (let end = 1; end <= bytes.length; end += 1) {
    const lengths = needles
      .filter((needle) => needle.length > 0 && needle.length <= end)
      .filter((needle) => needle.every((unit, at) => bytes[end - needle.length + at] === unit))
      .map(({ length }) => length)
    if (lengths.length > 0) found.push([end, Math.max(...lengths)])
  }
  return found
}

it('finds every needle, wherever it begins', () => {
  // Few letters and many needles: they begin alike, overlap, and are within each other.
  const unit = fc.integer({ min: 97, max: 99 })
  const needle = fc.uint8Array({ min: 97, max: 99, minLength: 0, maxLength: 12 })
  const haystack = fc.array(fc.oneof(unit, needle, fc.constant(32)), { maxLength: 60 })
  fc.assert(
    fc.property(
      fc.array(needle, { maxLength: 6 }),
      fc.integer({ min: 0, max: 5 }),
      haystack,
      (all, shortest, parts) => {
        const needles = all.filter(({ length }) => length >= shortest)
        const planted = parts.flatMap((part, at) =>
          typeof part === 'number' ? [part] : [...(needles[at % Math.max(1, needles.length)] ?? part)],
        )
        const bytes = Uint8Array.from(planted)
        const found: [number, number][] = []
        createAutomaton(needles).search(bytes, (end, index) => found.push([end, needles[index]?.length ?? 0]))
        expect(found).toEqual(byHand(bytes, needles))
      },
    ),
    { numRuns: 5000 },
  )
})

it('finds no needle that ends behind the bytes', () => {
  const found: number[] = []
  createAutomaton([Uint8Array.of(97, 0)]).search(Uint8Array.of(98, 97), (end) => found.push(end))
  expect(found).toEqual([])
})

it('knows how long its longest needle is', () => {
  expect(createAutomaton([new Uint8Array(3), new Uint8Array(7), new Uint8Array(5)]).longest).toBe(7)
  expect(createAutomaton([]).longest).toBe(0)
})
