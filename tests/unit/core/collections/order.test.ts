import { describe, expect, it } from 'vitest'
import {
  arrangedFolders,
  folderNameOrder,
  placeBehind,
  placeOfCopy,
  type Placed,
} from '../../../../src/core/collections/info/order.ts'
import { arrange } from '../../../../src/core/collections/tree.ts'

const placed = (path: string, seq?: number): Placed => ({ path, ...(seq !== undefined && { seq }) })
const never = { isDue: () => false, turn: () => Promise.resolve() }

describe('the order of a folder', () => {
  it('is the one in which bru 4.1 runs it', async () => {
    // Each as `bru run -r` said it of a folder with these names and places.
    const folders: [string, number?][] = [
      ['_u'],
      ['alpha'],
      ['beta', 1],
      ['delta', 3],
      ['Epsilon'],
      ['f10'],
      ['f2'],
      ['gamma', 3],
      ['omega', 20],
    ]
    const files: [string, number?][] = [
      ['B'],
      ['_c'],
      ['a'],
      ['é'],
      ['q'],
      ['r10'],
      ['r2'],
      ['v', 1.5],
      ['w', -1],
      ['x', 0],
      ['y', 1],
      ['z', 2],
    ]
    const entryOf = (path: string, seq: number | undefined, isFolder: boolean) => ({
      path,
      isFolder,
      head: { name: `another ${path}`, ...(seq !== undefined && { seq }) },
    })
    const entries = [
      ...files.map(([name, seq]) => entryOf(`${name}.yml`, seq, false)),
      ...folders.map(([name, seq]) => entryOf(name, seq, true)),
      { ...entryOf('broken.yml', undefined, false), fault: { line: 1, column: 1, reason: 'x' } },
    ]
    const wanted = [
      ...['beta', '_u', 'delta', 'gamma', 'alpha', 'Epsilon', 'f10', 'f2', 'omega'],
      ...['w', 'B', '_c', 'a', 'q', 'r10', 'r2', 'x', 'y', 'é', 'v', 'z', 'broken'].map(
        (name) => `${name}.yml`,
      ),
    ]
    const first = await arrange(entries, new Map(), never)
    expect(first.get('')?.map(({ path }) => path)).toEqual(wanted)
    const again = await arrange(entries.toReversed(), first, never)
    expect(again.get('')?.map(({ path }) => path)).toEqual(wanted)
    const fewer = await arrange(entries.slice(3), first, never)
    expect(fewer.get('')?.map(({ path }) => path)).toEqual(
      wanted.filter((path) => entries.slice(3).some((entry) => entry.path === path)),
    )
  })

  it('puts folders at the places that they ask for, which those of the same one share', () => {
    const order = (...list: Placed[]): string[] =>
      arrangedFolders(list.toSorted(folderNameOrder)).map(({ path }) => path)
    expect(order(placed('a'), placed('b'), placed('c', 1))).toEqual(['c', 'a', 'b'])
    expect(order(placed('a'), placed('b', 2), placed('c', 2), placed('d'), placed('e', 3))).toEqual([
      'a',
      'b',
      'c',
      'e',
      'd',
    ])
    // What is no whole number from 1 on is no place.
    expect(order(placed('a'), placed('b', -1), placed('c', 1.5), placed('d', 0))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
    expect(order(placed('a', 9), placed('b', 7))).toEqual(['b', 'a'])
  })

  it('has room behind all, and behind the file that a copy is of', () => {
    expect(placeBehind([])).toBeUndefined()
    expect(placeBehind([placed('a'), placed('b')])).toBeUndefined()
    expect(placeBehind([placed('a'), placed('b', 4.5)])).toBe(5)
    expect(placeOfCopy([placed('a'), placed('b')], 'a')).toBeUndefined()
    expect(placeOfCopy([placed('a', 1), placed('b', 2)], 'a')).toBe(1.5)
    expect(placeOfCopy([placed('a', 1), placed('b', 9)], 'a')).toBe(2)
    expect(placeOfCopy([placed('a', 1), placed('b', 2)], 'b')).toBe(3)
    expect(placeOfCopy([placed('a', 1), placed('b', 1)], 'a')).toBeUndefined()
  })
})
