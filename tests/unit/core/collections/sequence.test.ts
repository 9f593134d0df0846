import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangedFolders,
  fileOrder,
  folderNameOrder,
  type Placed,
} from '../../../../src/core/collections/info/order.ts'
import { folderSequence, sequence } from '../../../../src/core/collections/info/sequence.ts'

const arranged = {
  files: (list: readonly Placed[]): Placed[] => list.toSorted(fileOrder),
  folders: (list: readonly Placed[]): Placed[] => arrangedFolders(list.toSorted(folderNameOrder)),
}
const list = (...seqs: (number | undefined)[]): Placed[] =>
  seqs.map((seq, at) => ({ path: `p${at}`, ...(seq !== undefined && { seq }) }))
const moved = (seq?: number, path = 'q'): Placed => ({ path, ...(seq !== undefined && { seq }) })

describe('the places of what is moved', () => {
  it('change as few files as they have to', () => {
    expect([...sequence([], [moved(9)], list(1, 2, 3))]).toEqual([
      ['q', 1],
      ['p0', 2],
      ['p1', 3],
      ['p2', 4],
    ])
    expect([...sequence(list(1, 2), [moved(1)], [])]).toEqual([['q', 3]])
    expect([...sequence(list(10), [moved()], [{ path: 'z', seq: 20 }])]).toEqual([['q', 11]])
    expect([...sequence(list(10), [moved(15)], [{ path: 'z', seq: 20 }])]).toEqual([])
    // Where no file asks for a place, names decide as far as they can.
    expect([...sequence(list(undefined, undefined), [moved()], [{ path: 'z' }])]).toEqual([])
    expect([...sequence([], [moved(undefined, 'a')], list(undefined, undefined))]).toEqual([])
    expect([...sequence([], [moved()], list(undefined, undefined))]).toEqual([
      ['q', 1],
      ['p0', 2],
      ['p1', 3],
    ])
  })

  it('of folders too', () => {
    expect([...folderSequence(list(undefined), [moved(undefined, 'z')], [{ path: 'p1' }])]).toEqual([
      ['z', 2],
    ])
    expect([...folderSequence(list(1, 2), [moved(undefined, 'a')], [])]).toEqual([])
    expect([...folderSequence([], [moved(3)], list(1, 2))]).toEqual([
      ['q', 1],
      ['p0', 2],
      ['p1', 3],
    ])
  })

  it.each([
    ['files', sequence],
    ['folders', folderSequence],
  ] as const)('bring any list of %s into the order that is wanted', (kind, write) => {
    const seq = fc.option(
      fc.oneof(fc.integer({ min: -3, max: 8 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      { nil: undefined },
    )
    fc.assert(
      fc.property(fc.array(seq, { maxLength: 9 }), fc.nat(), fc.nat(), fc.nat(3), (seqs, from, to, count) => {
        const all = arranged[kind](list(...seqs))
        const picked = all.slice(from % (all.length + 1), (from % (all.length + 1)) + count)
        const others = all.filter((each) => !picked.includes(each))
        const at = to % (others.length + 1)
        const [before, after] = [others.slice(0, at), others.slice(at)]
        const written = write(before, picked, after)
        const wanted = [...before, ...picked, ...after]
        const now = wanted.map(({ path, seq: own }) => {
          const place = written.get(path) ?? own
          return { path, ...(place !== undefined && { seq: place }) }
        })
        expect(arranged[kind](now).map(({ path }) => path)).toEqual(wanted.map(({ path }) => path))
      }),
      { numRuns: 5_000 },
    )
  })
})
