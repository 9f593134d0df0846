/** Reads a stored body of any size: a few ranges are kept, lines are found as they come. */
export interface BodyReader {
  /** Lines found so far. */
  lineCount: () => number
  /** Bytes looked through so far. */
  indexed: () => number
  /** A range could not be read. */
  failed: () => boolean
  /** Looks through the whole body for lines. */
  findLines: () => Promise<void>
  /** Null while it is on its way. */
  line: (index: number) => string | null
  /** Null while they are on their way. */
  bytes: (from: number, to: number) => Uint8Array | null
  stop: () => void
}

const rangeSize = 262_144
const keptRanges = 24
/** A longer line is broken, so that a body on one line can be shown too. */
const longestLine = 240

/**
 * `fetchRange` answers with the bytes from `offset`, at most `length`; null when it failed.
 * `changed` is called when more can be shown.
 */
export function createBodyReader(
  total: number,
  fetchRange: (offset: number, length: number) => Promise<Uint8Array | null>,
  changed: () => void,
): BodyReader {
  const ranges = new Map<number, Uint8Array>()
  const underway = new Set<number>()
  const starts: number[] = [0]
  const decoder = new TextDecoder()
  let indexed = 0
  let stopped = false
  let failed = false

  function keep(number: number, bytes: Uint8Array): void {
    ranges.delete(number)
    ranges.set(number, bytes)
    const oldest = ranges.keys().next()
    if (ranges.size > keptRanges && !oldest.done) ranges.delete(oldest.value)
  }
  async function load(number: number): Promise<Uint8Array | null> {
    const offset = number * rangeSize
    const bytes = await fetchRange(offset, Math.min(rangeSize, total - offset))
    if (bytes && bytes.length > 0) keep(number, bytes)
    else failed = true
    return bytes
  }
  function want(number: number): void {
    if (underway.has(number) || stopped || failed) return
    underway.add(number)
    void load(number).then(() => {
      underway.delete(number)
      if (!isStopped()) changed()
    })
  }
  function bytes(from: number, to: number): Uint8Array | null {
    const out = new Uint8Array(to - from)
    for (let at = from; at < to;) {
      const number = Math.floor(at / rangeSize)
      const range = ranges.get(number)
      if (!range) {
        want(number)
        return null
      }
      const inside = at - number * rangeSize
      const piece = range.subarray(inside, Math.min(range.length, inside + to - at))
      if (piece.length === 0) return out.subarray(0, at - from)
      out.set(piece, at - from)
      at += piece.length
    }
    return out
  }
  /** Asked again after each wait: the compiler takes a variable for what it was before. */
  function isStopped(): boolean {
    return stopped
  }
  async function findLines(): Promise<void> {
    // Again after a stop: from the beginning.
    stopped = false
    indexed = 0
    starts.length = 1
    let lineStart = 0
    while (indexed < total && !isStopped()) {
      const range = await load(Math.floor(indexed / rangeSize))
      if (!range || range.length === 0) {
        changed()
        return
      }
      lineStart = indexRange(range, indexed, starts, lineStart)
      indexed += range.length
      if (!isStopped()) changed()
    }
  }
  return {
    lineCount: () => (starts.at(-1) === indexed && starts.length > 1 ? starts.length - 1 : starts.length),
    indexed: () => indexed,
    failed: () => failed,
    findLines,
    line: (number) => {
      const from = starts[number]
      if (from === undefined) return null
      const found = bytes(from, Math.min(starts[number + 1] ?? indexed, indexed))
      return found ? decoder.decode(found).replace(/\r?\n$/, '') : null
    },
    bytes,
    stop: () => {
      stopped = true
      ranges.clear()
    },
  }
}

/** Adds to `starts` where the lines of this range begin. `lineStart`: where the present line began. */
function indexRange(bytes: Uint8Array, offset: number, starts: number[], lineStart: number): number {
  let start = lineStart
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    const at = offset + index
    // A break in the middle of a character (10xxxxxx) would spoil it.
    if (at - start >= longestLine && (byte & 0xc0) !== 0x80) {
      start = at
      starts.push(start)
    }
    if (byte === 0x0a) {
      start = at + 1
      starts.push(start)
    }
  }
  return start
}
