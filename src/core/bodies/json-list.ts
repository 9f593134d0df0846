import type { LineKind, ScanPlace } from './json-scan.ts'
import type { ReadBytes } from './pieces.ts'
import type { SparseIndex } from './sparse-index.ts'

/** A list in JSON that comes in pieces, whose items can be found again by their numbers. */
export interface JsonList {
  /** Where the name of the member that holds it begins, with the quote; -1 where the body is the list. */
  key: number
  /** Items of which all has come. */
  count: () => number
  ranges: (from: number, to: number) => [from: number, to: number][]
  /** The item that a byte is in, or the next one. */
  itemAt: (offset: number) => number
}

/** A line as the scan tells it. */
interface Seen {
  kind: LineKind
  value: number
  end: number
  depth: number
}

/** Tells each line from a place on, until `look` has seen enough. */
type ScanFrom = (from: { line: number; place: ScanPlace }, look: (line: Seen) => boolean) => void

const openList = 0x5b

/** Looks for the first list of objects or of lists, at the top or in the outermost object, while JSON is looked through. */
export function createListFinder(read: ReadBytes) {
  /** Of a list that may be the one: its depth, its place, and whether its first item fits. */
  let depthOf = -1
  let start = -1
  let keyOf = -1
  let isFound = false
  let end = Number.POSITIVE_INFINITY
  let count = 0

  function see(kind: LineKind, key: number, value: number, after: number, depth: number): void {
    if (end !== Number.POSITIVE_INFINITY || depth > 2) return
    if (isFound) {
      if (depth === depthOf + 1 && kind !== 'open') count += 1
      else if (depth === depthOf && kind === 'close') end = after
      return
    }
    if (depthOf !== -1 && depth === depthOf + 1) {
      isFound = kind === 'open'
      if (!isFound) depthOf = -1
      return
    }
    if (kind !== 'open' || depth > 1) return
    // In the outermost object, not in the outermost list.
    if ((depth === 0 || key !== -1) && read(value, value + 1)[0] === openList) {
      depthOf = depth
      start = value
      keyOf = key
    }
  }

  function found(scanFrom: ScanFrom, index: SparseIndex<ScanPlace>): JsonList | undefined {
    if (!isFound) return undefined

    function isIn({ offset }: ScanPlace): boolean {
      return offset > start && offset < end
    }
    /** Items that have begun before a place. */
    function begun(place: ScanPlace): number {
      return isIn(place) ? (place.levels[depthOf * 3 + 1] ?? 0) : 0
    }
    /** Tells each item with its number, from a place on. */
    function eachItem(
      from: { line: number; place: ScanPlace },
      look: (item: number, range: [number, number]) => boolean,
    ): void {
      let item = begun(from.place)
      let opened = -1
      scanFrom(from, ({ kind, value, end: after, depth }) => {
        if (value <= start || depth > depthOf + 1) return true
        if (depth <= depthOf) return false
        if (kind === 'open') {
          opened = value
          return true
        }
        // An item of which the beginning is before the place was counted there.
        const isCut = kind === 'close' && opened === -1
        if (isCut) return look(item - 1, [-1, after])
        const range: [number, number] = [kind === 'close' ? opened : value, after]
        opened = -1
        item += 1
        return look(item - 1, range)
      })
    }

    return {
      key: keyOf,
      count: () => count,
      ranges: (from, to) => {
        const ranges: [number, number][] = []
        const last = Math.min(to, count)
        if (from >= last) return ranges
        const mark = index.before((place) => place.offset >= end || begun(place) > from)
        eachItem(mark, (item, range) => {
          if (item >= from && item < last) ranges.push(range)
          return item + 1 < last
        })
        return ranges
      },
      itemAt: (offset) => {
        if (offset >= end) return Math.max(0, count - 1)
        let found = 0
        eachItem(index.atOffset(offset), (item, [, after]) => {
          found = item
          return after <= offset
        })
        return found
      },
    }
  }
  return { see, found }
}
