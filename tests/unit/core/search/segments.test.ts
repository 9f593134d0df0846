import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildSegment, type Document, type Written } from '../../../../src/core/search/build-segment.ts'
import { columnBlockCount, readColumns } from '../../../../src/core/search/columns.ts'
import { mergeSegments } from '../../../../src/core/search/merge-segments.ts'
import { hasBit, newBits } from '../../../../src/core/search/postings.ts'
import { addBeginning, addFitting, openSegment } from '../../../../src/core/search/segment-reader.ts'

const opened = (make: (put: (block: Uint8Array) => void) => Written) => {
  const blocks: Uint8Array[] = []
  const { columns, dictionary } = make((block) => blocks.push(block))
  const documents = columns.numbers.length
  const from = columnBlockCount(documents)
  const segment = openSegment(documents, from, dictionary, (at) => blocks[at] ?? new Uint8Array())
  const numbers = (bits: Uint32Array) =>
    Array.from(columns.numbers).filter((_number, document) => hasBit(bits, document))
  return {
    segment,
    columns,
    blocks,
    dictionary,
    find(beginning: string) {
      const bits = newBits(documents)
      addBeginning(segment, beginning, bits)
      return numbers(bits)
    },
    fitting(beginning: string, fits: (rest: string) => boolean) {
      const bits = newBits(documents)
      addFitting(segment, beginning, fits, bits)
      return numbers(bits)
    },
  }
}
const built = (documents: Document[]) => opened((put) => buildSegment(documents, put))
const merged = (parts: ReturnType<typeof built>[], isThere: (number: number) => boolean = () => true) =>
  opened((put) => {
    const steps = mergeSegments(parts, isThere, put)
    for (;;) {
      const next = steps.next()
      if (next.done === true) return next.value
    }
  })
const expected = (documents: Document[], beginning: string) =>
  [...documents]
    .sort((one, other) => other.at - one.at || other.number - one.number)
    .filter(({ terms }) => [...terms].some((term) => term.startsWith(beginning)))
    .map(({ number }) => number)

describe('a segment of words', () => {
  const term = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', 'é', '漢', '\u{1f600}', '\uffff'),
    minLength: 1,
    maxLength: 12,
  })
  const documents = fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 50 }),
        terms: fc.uniqueArray(term, { maxLength: 12 }).map((all) => new Set(all)),
      }),
      {
        minLength: 1,
        maxLength: 60,
      },
    )
    .map((all) => all.map((each, number) => ({ ...each, number, duration: number })))

  it('finds what begins so, the newest first', () => {
    fc.assert(
      fc.property(documents, term, (all, beginning) => {
        const { find } = built(all)
        for (const each of [beginning, beginning.slice(0, 1), ...(all[0]?.terms ?? [])])
          expect(find(each)).toEqual(expected(all, each))
      }),
    )
  })

  it('finds the same in one that was made of several, but for what is gone', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 5 }), term, (all, parts, beginning) => {
        const pieces = Array.from({ length: parts }, (_, part) =>
          all.filter(({ number }) => number % parts === part),
        ).filter((piece) => piece.length > 0)
        const left = all.filter(({ number }) => number % 7 !== 3)
        const one = merged(pieces.map(built), (number) => number % 7 !== 3)
        for (const each of [beginning, beginning.slice(0, 1), ...(all[0]?.terms ?? [])])
          expect(one.find(each)).toEqual(expected(left, each))
      }),
    )
  })

  it('writes out what many terms begin with', () => {
    const all = Array.from({ length: 40_000 }, (_, number) => ({
      number,
      at: number,
      duration: 1,
      terms: new Set([`id${(number * 7919) % 1_000_003}x`, 'everywhere', `rare${number % 5_000}`]),
    }))
    const one = built(all)
    expect(one.dictionary.beginnings).toContain('i')
    for (const beginning of ['i', 'id', 'id1', 'id12', 'id123', 'e', 'rare49', 'x', 'id1000'])
      expect(one.find(beginning)).toEqual(expected(all, beginning))
    expect(Math.max(...one.blocks.map(({ length }) => length))).toBeLessThan(100_000)
  })

  it('looks at whole values', () => {
    const all = [200, 404, 500].map((status, number) => ({
      number,
      at: number,
      duration: 1,
      terms: new Set([`:${status}`, 'word']),
    }))
    expect(built(all).fitting(':', (status) => Number(status) >= 400)).toEqual([2, 1])
  })

  it('keeps number, time and duration of each', () => {
    const all = Array.from({ length: 9_000 }, (_, number) => ({
      number,
      at: 1e12 + number,
      duration: number / 2,
      terms: new Set<string>(),
    }))
    const { blocks } = built(all)
    const last = readColumns(blocks[2] ?? new Uint8Array())
    expect([...last.numbers].at(-1)).toBe(0)
    expect(last.times[0]).toBe(1e12 + 9_000 - 1 - 8_192)
    expect(last.durations[0]).toBe((9_000 - 1 - 8_192) / 2)
  })
})
