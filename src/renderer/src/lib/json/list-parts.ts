import { diffArrays } from 'diff'

/** So many items of two lists: equal ones, or those of one list alone. */
export interface ListPart {
  added: boolean
  removed: boolean
  count: number
}

/** Steps of an edit, and milliseconds for all lists of one comparison, in which the shortest edit is looked for. */
const effort = { maxEditLength: 4_000, milliseconds: 600 }

/** Makes what finds how one list comes of another, by texts for which equal means equal items. The edit is the shortest
 *  one where that is found in time, else one that leaves long stretches in place (`coarse`), in which what was moved is on
 *  both sides. */
export function createListParts(now: () => number = () => performance.now()) {
  let left = effort.milliseconds
  return (a: readonly string[], b: readonly string[]): { parts: ListPart[]; coarse: boolean } => {
    const began = now()
    const found =
      left > 0
        ? diffArrays([...a], [...b], { maxEditLength: effort.maxEditLength, timeout: left })
        : undefined
    left -= now() - began
    return found === undefined
      ? { parts: coarseParts(a, b), coarse: true }
      : { parts: found.map(({ added, removed, count }) => ({ added, removed, count })), coarse: false }
  }
}

/** The longest row of items that are once in both lists and in the same order stays in its place, with what is equal
 *  beside them: in n log n steps. */
function coarseParts(a: readonly string[], b: readonly string[]): ListPart[] {
  const parts: ListPart[] = []
  function add(count: number, kind?: 'added' | 'removed'): void {
    const last = parts.at(-1)
    const [added, removed] = [kind === 'added', kind === 'removed']
    if (count === 0) return
    if (last && last.added === added && last.removed === removed) last.count += count
    else parts.push({ added, removed, count })
  }
  let [from, to] = [0, 0]
  for (const [one, other] of [...anchors(a, b), [a.length, b.length] as const]) {
    let same = 0
    while (from + same < one && to + same < other && a[from + same] === b[to + same]) same += 1
    let tail = 0
    while (one - tail > from + same && other - tail > to + same && a[one - tail - 1] === b[other - tail - 1])
      tail += 1
    add(same)
    add(one - tail - from - same, 'removed')
    add(other - tail - to - same, 'added')
    // The item itself comes with the next stretch of equal ones.
    add(tail)
    ;[from, to] = [one, other]
  }
  return parts
}

/** Pairs of equal items that are once in either list, as many as possible, each pair behind the last. */
function anchors(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const [there, here] = [onlyOnes(b), onlyOnes(a)]
  /** Of each pair, the one before it in the longest row that ends with it. */
  const before: number[] = []
  const pairs: (readonly [number, number])[] = []
  /** By length, the pair that ends a row of it at the earliest place. */
  const ends: number[] = []
  for (const [index, text] of a.entries()) {
    const place = here.get(text) === index ? (there.get(text) ?? -1) : -1
    if (place < 0) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1
      else high = middle
    }
    before.push(low === 0 ? -1 : (ends[low - 1] ?? -1))
    ends[low] = pairs.length
    pairs.push([index, place])
  }
  const row: (readonly [number, number])[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair) row.push(pair)
  }
  return row.reverse()
}

/** Where each text is that is there once; -1 for any other. */
function onlyOnes(list: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const [index, text] of list.entries()) places.set(text, places.has(text) ? -1 : index)
  return places
}
