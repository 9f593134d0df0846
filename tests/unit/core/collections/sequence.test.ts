import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sequence, type Placed } from '../../../../src/core/collections/info/sequence.ts'
import { inOrder } from '../../../../src/core/collections/tree.ts'

const entry = ({ path, seq }: Placed) => ({
  path,
  isFolder: false,
  head: { name: path, ...(seq !== undefined && { seq }) },
})
const sorted = (list: readonly Placed[]): Placed[] => list.toSorted((a, b) => inOrder(entry(a), entry(b)))
const list = (...seqs: (number | undefined)[]): Placed[] =>
  seqs.map((seq, at) => ({ path: `p${at}`, ...(seq !== undefined && { seq }) }))
const moved = (seq?: number): Placed => ({ path: 'm', ...(seq !== undefined && { seq }) })

describe('the places of what is moved', () => {
  it('change as few files as they have to', () => {
    expect([...sequence([], [moved(9)], list(1, 2, 3))]).toEqual([
      ['m', 1],
      ['p0', 2],
      ['p1', 3],
      ['p2', 4],
    ])
    expect([...sequence(list(1, 2), [moved(1)], [])]).toEqual([['m', 3]])
    expect([...sequence(list(10), [moved()], [{ path: 'z', seq: 20 }])]).toEqual([['m', 11]])
    expect([...sequence(list(10), [moved(15)], [{ path: 'z', seq: 20 }])]).toEqual([])
    expect([...sequence(list(undefined, undefined), [moved()], [{ path: 'z' }])]).toEqual([
      ['p0', 1],
      ['p1', 2],
      ['m', 3],
    ])
    expect([...sequence([], [moved()], list(undefined, undefined))]).toEqual([['m', 1]])
  })

  it('bring any list into the order that is wanted', () => {
    const seq = fc.option(
      fc.oneof(fc.integer({ min: -3, max: 8 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      { nil: undefined },
    )
    fc.assert(
      fc.property(fc.array(seq, { maxLength: 9 }), fc.nat(), fc.nat(), fc.nat(3), (seqs, from, to, count) => {
        const all = sorted(list(...seqs))
        const picked = all.slice(from % (all.length + 1), (from % (all.length + 1)) + count)
        const others = all.filter((each) => !picked.includes(each))
        const at = to % (others.length + 1)
        const [before, after] = [others.slice(0, at), others.slice(at)]
        const written = sequence(before, picked, after)
        const wanted = [...before, ...picked, ...after]
        const now = wanted.map(({ path, seq: own }) => {
          const place = written.get(path) ?? own
          return { path, ...(place !== undefined && { seq: place }) }
        })
        expect(sorted(now).map(({ path }) => path)).toEqual(wanted.map(({ path }) => path))
      }),
      { numRuns: 5_000 },
    )
  })
})
