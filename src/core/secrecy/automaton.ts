/** Calls back for each needle that ends in the bytes, with the longest one at each place: Aho and Corasick's automaton,
 *  one way through the bytes however many needles there are. */
export interface Automaton {
  /** `found(end, needle)`: the index of the needle, and where it ends. */
  search: (bytes: Uint8Array, found: (end: number, needle: number) => void) => void
  /** The length of the longest needle. */
  longest: number
}

/** Makes the automaton of these needles; empty ones are passed over. */
export function createAutomaton(needles: readonly Uint8Array[]): Automaton {
  const size = needles.reduce((sum, { length }) => sum + length, 1)
  // A trie, most of whose nodes have one child: children of a node are a list, those of the root a table.
  const firstChild = new Int32Array(size)
  const sibling = new Int32Array(size)
  const byte = new Uint8Array(size)
  const needleAt = new Int32Array(size).fill(none)
  const fallback = new Int32Array(size)
  const root = new Int32Array(256)
  let count = 1

  function child(node: number, unit: number): number {
    if (node === 0) return root[unit] ?? 0
    let at = firstChild[node] ?? 0
    while (at !== 0 && byte[at] !== unit) at = sibling[at] ?? 0
    return at
  }
  function add(node: number, unit: number): number {
    const made = count
    count += 1
    byte[made] = unit
    if (node === 0) root[unit] = made
    sibling[made] = firstChild[node] ?? 0
    firstChild[node] = made
    return made
  }
  needles.forEach((needle, index) => {
    let node = 0
    for (const unit of needle) node = child(node, unit) || add(node, unit)
    if (node !== 0) needleAt[node] = index
  })

  // Breadth first: where to go on when a byte does not fit, and the longest needle that ends there.
  const queue = new Int32Array(count)
  let filled = 0
  for (let at = firstChild[0] ?? 0; at !== 0; at = sibling[at] ?? 0) queue[filled++] = at
  for (let head = 0; head < filled; head += 1) {
    const node = queue[head] ?? 0
    for (let at = firstChild[node] ?? 0; at !== 0; at = sibling[at] ?? 0) {
      queue[filled++] = at
      let back = fallback[node] ?? 0
      while (back !== 0 && child(back, byte[at] ?? 0) === 0) back = fallback[back] ?? 0
      fallback[at] = child(back, byte[at] ?? 0)
      if (needleAt[at] === none) needleAt[at] = needleAt[fallback[at] ?? 0] ?? none
    }
  }

  const filter = createFilter(needles)

  return {
    longest: needles.reduce((most, { length }) => Math.max(most, length), 0),
    search(bytes, found) {
      let node = 0
      for (let at = filter.next(bytes, 0); at < bytes.length; at += 1) {
        const unit = bytes[at] ?? 0
        // Nearly everywhere: nothing has begun, and nothing begins.
        if (node === 0 && root[unit] === 0) {
          at = filter.next(bytes, at + 1) - 1
          continue
        }
        let next = child(node, unit)
        while (next === 0 && node !== 0) {
          node = fallback[node] ?? 0
          next = child(node, unit)
        }
        node = next
        const needle = needleAt[node] ?? none
        if (needle !== none) found(at + 1, needle)
      }
    },
  }
}

/** Where no needle ends. */
const none = -1

/** Jumps to where a needle may begin. */
interface Filter {
  /** The first place from here on at which one may begin; the number of bytes where there is none. */
  next: (bytes: Uint8Array, from: number) => number
}

/** Of the beginnings of needles, so many bytes are looked at: more would make more pairs that occur by chance. */
const looked = 9

/** Knows the pairs of bytes that needles begin with, so that only one place in several has to be looked at (Wu and
 *  Manber): whatever begins between two of them has a known pair at the second. */
function createFilter(needles: readonly Uint8Array[]): Filter {
  const width = needles.reduce((least, { length }) => Math.min(least, length), looked)
  if (width < 3) return { next: (_bytes, from) => from }
  const pairs = new Uint8Array(65_536)
  for (const needle of needles)
    for (let at = 0; at + 1 < width; at += 1) pairs[((needle[at] ?? 0) << 8) | (needle[at + 1] ?? 0)] = 1
  const stride = width - 1
  return {
    next(bytes, from) {
      for (let at = from + stride - 1; at + 1 < bytes.length; at += stride)
        if (pairs[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 1) return at - stride + 1
      return bytes.length
    },
  }
}
