import { createJsonScan, perLevel, type JsonScan, type LineKind, type ScanPlace } from './json-scan.ts'
import { createListFinder, type JsonList } from './json-list.ts'
import { readOn, shownText, type ReadBytes } from './pieces.ts'
import { createSparseIndex } from './sparse-index.ts'

/** The lines of a body: it is looked through as it comes, and again where lines are shown. */
export interface Lines {
  push: (bytes: Uint8Array, offset: number) => void
  end: () => void
  count: () => number
  /** The lines from `from` up to `to`, as far as they have come. */
  rows: (from: number, to: number) => string[]
  /** The line that a byte is in. */
  lineAt: (offset: number) => number
}

/** Lines of JSON laid out, whatever its own lines are. Digits and names are as they came. */
export interface JsonLines extends Lines {
  /** Where it is not JSON. */
  fault: () => number | undefined
  isWhole: () => boolean
  /** What is at a line: its JSONPath (RFC 9535) and its value. */
  node: (line: number) => JsonNode | undefined
  /** Where the object or list that begins at a line ends; nothing where none begins there, or its end has not come. */
  closing: (line: number) => { line: number; end: number } | undefined
  /** Lines whose name their object has already, and the first of them. */
  doubled: () => { count: number; lines: readonly number[] }
  /** The list of objects or of lists that the body is, or holds as a member. */
  list: () => JsonList | undefined
}

interface JsonNode {
  path: string
  from: number
  /** Behind the value; where the end has not come yet, what has. */
  to: number
}

interface Row {
  kind: LineKind
  key: number
  value: number
  end: number
  depth: number
  comma: boolean
}

/** Indentation ends here; deeper text stays on one level. */
const deepestIndent = 100
const longestName = 16_384
/** Lines with a doubled name that are told. */
const mostDoubled = 200

/** Keeps a place every 64 KB of the body, each with the lists and objects around it. `many`: JSON values one after
 *  another. */
export function createJsonLines(read: ReadBytes, many = false, stride = 65_536): JsonLines {
  const finder = createListFinder(read)
  const index = createSparseIndex<ScanPlace>(
    { offset: 0, phase: 0, levels: new Float64Array(0) },
    { stride, weigh: ({ levels }) => levels.length + 20 },
  )
  let count = 0
  let isDoubled = false
  let doubled = 0
  const doubledLines: number[] = []
  const whole: JsonScan = createJsonScan(
    {
      doubled: () => {
        isDoubled = true
      },
      line: (kind, key, value, end, depth) => {
        if (isDoubled) {
          isDoubled = false
          doubled += 1
          if (doubledLines.length < mostDoubled) doubledLines.push(count)
        }
        count += 1
        if (!many) finder.see(kind, key, value, end, depth)
        if (kind !== 'open' && index.isDue(end)) index.add(count, whole.place())
      },
    },
    undefined,
    many,
  )

  /** Tells each line from a place on, until `look` has seen enough. */
  function scanFrom(
    { line, place }: { line: number; place: ScanPlace },
    look: (row: Row, line: number, scan: JsonScan) => boolean,
    comma?: () => void,
  ): void {
    let at = line
    let going = true
    /** Asked after each piece: the compiler takes a variable for what it was before. */
    function isGoing(): boolean {
      return going
    }
    const scan: JsonScan = createJsonScan(
      {
        line: (kind, key, value, end, depth) => {
          if (going && !look({ kind, key, value, end, depth, comma: false }, at, scan)) {
            going = false
            scan.enough()
          }
          at += 1
        },
        ...(comma !== undefined && { comma }),
      },
      place,
      many,
    )
    readOn(read, place.offset, (piece, offset) => {
      pushAfterMark(scan, piece, offset)
      return isGoing() && scan.fault() === undefined
    })
    if (isGoing()) scan.end()
  }

  function textOf({ kind, key, value, end, depth, comma }: Row): string {
    const indent = '  '.repeat(Math.min(depth, deepestIndent))
    const name = key === -1 ? '' : `${nameText(read(key, Math.min(value, key + longestName)))}: `
    const bytes = read(value, Math.min(end, value + longestName))
    const empty = kind === 'value' && (bytes[0] === 0x5b ? '[]' : bytes[0] === 0x7b ? '{}' : undefined)
    return `${indent}${name}${empty || shownText(bytes)}${comma ? ',' : ''}`
  }

  /** A line with the place behind it, and how far the body has come. */
  function lineOf(wanted: number): { row: Row; place: ScanPlace; reached: number } | undefined {
    let found: { row: Row; place: ScanPlace; reached: number } | undefined
    scanFrom(index.atLine(wanted), (row, line, scan) => {
      if (line === wanted) found = { row, place: scan.place(), reached: whole.place().offset }
      return line < wanted
    })
    return found
  }
  function closing(wanted: number): { line: number; end: number } | undefined {
    const head = lineOf(wanted)
    if (head?.row.kind !== 'open') return undefined
    const { depth } = head.row
    const { levels } = head.place
    /** It is the same object as long as the ones around it have no further members. */
    function isWithin(place: ScanPlace): boolean {
      if (place.levels.length <= depth * perLevel) return false
      for (let level = 0; level < depth; level += 1)
        if (place.levels[level * perLevel + 1] !== levels[level * perLevel + 1]) return false
      return true
    }
    // Values one after another have nothing around them that tells them apart.
    const from = index.before((place, line) => line > wanted && (many || !isWithin(place)))
    let found: { line: number; end: number } | undefined
    scanFrom(from, (row, line) => {
      if (line <= wanted || row.kind !== 'close' || row.depth !== depth) return true
      found = { line, end: row.end }
      return false
    })
    return found
  }

  function pathTo({ levels }: ScanPlace): string {
    let path = '$'
    for (let level = 0; level < levels.length; level += perLevel) {
      const [isList, members = 0, name = 0] = levels.subarray(level, level + perLevel)
      path += isList === 1 ? `[${members - 1}]` : stepTo(read(name, name + longestName))
    }
    return path
  }

  return {
    push: (bytes, offset) => pushAfterMark(whole, bytes, offset),
    end: () => whole.end(),
    count: () => count,
    fault: () => whole.fault(),
    isWhole: () => whole.isWhole() && whole.fault() === undefined,
    rows: (from, to) => {
      const found: Row[] = []
      let last: Row | undefined
      scanFrom(
        index.atLine(from),
        (row, line) => {
          last = row
          if (line >= from && line < to) found.push(row)
          return line < to
        },
        () => {
          if (last !== undefined) last.comma = true
        },
      )
      return found.map(textOf)
    },
    lineAt: (offset) => {
      let found = 0
      scanFrom(index.atOffset(offset), (row, line) => {
        found = line
        return row.end <= offset
      })
      return found
    },
    list: () => finder.found((place, look) => scanFrom(place, look), index),
    closing,
    doubled: () => ({ count: doubled, lines: doubledLines }),
    node: (wanted) => {
      const found = lineOf(wanted)
      if (found === undefined) return undefined
      const { row, place } = found
      const to = row.kind === 'open' ? (closing(wanted)?.end ?? found.reached) : row.end
      return { path: pathTo(place), from: row.value, to }
    },
  }
}

/** A byte order mark before JSON is no part of it. */
function pushAfterMark(scan: JsonScan, bytes: Uint8Array, offset: number): void {
  const marked = offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  scan.push(marked ? bytes.subarray(3) : bytes, marked ? 3 : offset)
}

/** A name with its quotes, without what follows it. */
function nameText(bytes: Uint8Array): string {
  return shownText(bytes.subarray(0, textEnd(bytes)))
}

/** Behind the text that begins the bytes. */
function textEnd(bytes: Uint8Array): number {
  for (let at = 1; at < bytes.length; at += 1) {
    if (bytes[at] === 0x5c) at += 1
    else if (bytes[at] === 0x22) return at + 1
  }
  return bytes.length
}

const decoder = new TextDecoder()

/** A step of a JSONPath to the name that begins the bytes, in quotes. */
function stepTo(bytes: Uint8Array): string {
  const written = decoder.decode(bytes.subarray(0, textEnd(bytes)))
  const inner = written.slice(1, -1)
  if (/^[A-Z_]\w*$/i.test(inner)) return `.${inner}`
  return `['${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}']`
}
