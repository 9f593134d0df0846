import { createJsonScan } from './json-scan.ts'
import { isWanted, type Segment } from './json-path.ts'
import type { ReadBytes } from './pieces.ts'

/** Finds what a path leads to in JSON that comes in pieces: one way through it, whatever its length. */
export interface JsonFilter {
  push: (bytes: Uint8Array, offset: number) => void
  end: () => void
  fault: () => number | undefined
}

interface Level {
  isList: boolean
  members: number
  /** Which segments are to be matched by the members: bit by bit. */
  wanted: number
  /** Where it begins, if it is wanted itself. */
  found: number
}

const longestName = 4_096
const decoder = new TextDecoder()

/** `found` is told where each value begins and ends: one that is in another before that. */
export function createJsonFilter(
  segments: readonly Segment[],
  read: ReadBytes,
  found: (from: number, to: number) => void,
): JsonFilter {
  const whole = 2 ** segments.length
  const levels: Level[] = []

  /** The segments that the members of a child are to match, with the last bit where the child itself is wanted. */
  function wantedOf(parent: Level, name: () => string | undefined): number {
    const place = parent.isList ? parent.members : undefined
    let wanted = 0
    segments.forEach(({ deep, selectors }, index) => {
      if (!(parent.wanted & (1 << index))) return
      if (deep) wanted |= 1 << index
      if (isWanted(selectors, place, name)) wanted |= 1 << (index + 1)
    })
    return wanted
  }
  function nameAt(key: number, value: number): string | undefined {
    const bytes = read(key, Math.min(value, key + longestName))
    const end = bytes.lastIndexOf(0x22)
    const written = decoder.decode(bytes.subarray(0, end + 1))
    if (!written.includes('\\')) return written.slice(1, -1)
    try {
      return String(JSON.parse(written))
    } catch {
      return undefined
    }
  }

  const scan = createJsonScan({
    line: (kind, key, value, end) => {
      if (kind === 'close') {
        const level = levels.pop()
        if (level !== undefined && level.found !== -1) found(level.found, end)
        return
      }
      const parent = levels.at(-1)
      let name: string | undefined
      let isRead = false
      const wanted =
        parent === undefined
          ? 1
          : parent.wanted === 0
            ? 0
            : wantedOf(parent, () => {
                if (!isRead) name = nameAt(key, value)
                isRead = true
                return name
              })
      if (parent !== undefined) parent.members += 1
      const isFound = (wanted & whole) !== 0
      if (kind === 'value') {
        if (isFound) found(value, end)
        return
      }
      const isList = read(value, value + 1)[0] === 0x5b
      levels.push({ isList, members: 0, wanted, found: isFound ? value : -1 })
    },
  })
  return {
    push: (bytes, offset) => {
      const marked = offset === 0 && bytes[0] === 0xef
      scan.push(marked ? bytes.subarray(3) : bytes, marked ? 3 : offset)
    },
    end: () => scan.end(),
    fault: () => scan.fault(),
  }
}
