import type { Lines } from './json-lines.ts'
import { readOn, shownText, type ReadBytes } from './pieces.ts'
import { createSparseIndex } from './sparse-index.ts'

/** A longer line is broken, so that a body on one line can be shown too. Bytes. */
const longestLine = 240

/** Told where a line begins that is not the first. */
type Begin = (offset: number) => void

/** Lines whose places in the body can be had. */
export interface PlacedLines extends Lines {
  /** Where the lines from `from` up to `to` begin and end. */
  ranges: (from: number, to: number) => [from: number, to: number][]
}

/** Finds where lines begin, in bytes that come in pieces. */
export interface Splitter {
  push: (bytes: Uint8Array, offset: number, begin: Begin) => void
}

/** The lines of a text; what ends one is LF, CR LF, or its length. */
export function createTextLines(read: ReadBytes, longest = longestLine): Lines {
  return linesOf(read, (start) => splitAtBreaks(longest, start))
}

/** The records of a stream: one a line (NDJSON), each in one piece however long it is. */
export function createRecordLines(read: ReadBytes): PlacedLines {
  return linesOf(read, (start) => splitAtBreaks(Number.POSITIVE_INFINITY, start))
}

/** The events of an event stream (WHATWG HTML, 9.2): blocks that an empty line ends. */
export function createEventLines(read: ReadBytes): Lines {
  return linesOf(read, splitAtBlanks)
}

/** Lines that a splitter finds. It is begun anew at the start of any line. */
export function linesOf(read: ReadBytes, split: (start: number) => Splitter): PlacedLines {
  const index = createSparseIndex({ offset: 0 })
  const whole = split(0)
  /** Lines that have begun; the first one with the first byte. */
  let begun = 0
  let size = 0
  let lastStart = 0

  function lineStarts(from: number, to: number): number[] {
    const { line, place } = index.atLine(from)
    const splitter = split(place.offset)
    const starts = line >= from ? [place.offset] : []
    let at = line
    readOn(read, place.offset, (piece, offset) => {
      splitter.push(piece, offset, (start) => {
        at += 1
        if (at >= from && at <= to) starts.push(start)
      })
      return at <= to
    })
    return starts
  }
  function ranges(from: number, to: number): [from: number, to: number][] {
    const last = Math.min(to, count())
    if (from >= last) return []
    const starts = lineStarts(from, last)
    return Array.from({ length: last - from }, (_, row) => [
      starts[row] ?? size,
      Math.min(starts[row + 1] ?? size, size),
    ])
  }
  /** A last line that nothing is in yet is none. */
  function count(): number {
    return begun > 0 && lastStart === size ? begun - 1 : begun
  }

  return {
    push: (bytes, offset) => {
      if (bytes.length > 0 && begun === 0) begun = 1
      whole.push(bytes, offset, (start) => {
        lastStart = start
        if (index.isDue(start)) index.add(begun, { offset: start })
        begun += 1
      })
      size = offset + bytes.length
    },
    end: () => undefined,
    count,
    rows: (from, to) => {
      return ranges(from, to).map(([start, end]) =>
        withoutBreaks(shownText(read(start, Math.min(end, start + 16_384)))),
      )
    },
    ranges,
    lineAt: (offset) => {
      const { line, place } = index.atOffset(offset)
      const splitter = split(place.offset)
      let found = line
      readOn(read, place.offset, (piece, at) => {
        splitter.push(piece, at, (start) => {
          if (start <= offset) found += 1
        })
        return at + piece.length <= offset
      })
      return found
    },
  }
}

/** Without the breaks at its end. */
function withoutBreaks(text: string): string {
  let end = text.length
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

function splitAtBreaks(longest: number, start: number): Splitter {
  let lineStart = start
  return {
    push: (bytes, offset, begin) => {
      // Without a limit the engine's own search is many times as fast as a look at every byte.
      if (longest === Number.POSITIVE_INFINITY) {
        for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) begin(offset + at + 1)
        return
      }
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        // A break in the middle of a character (10xxxxxx) would spoil it.
        if (offset + at - lineStart >= longest && (byte & 0xc0) !== 0x80 && byte !== 0x0a && byte !== 0x0d) {
          lineStart = offset + at
          begin(lineStart)
        }
        if (byte === 0x0a) {
          lineStart = offset + at + 1
          begin(lineStart)
        }
      }
    },
  }
}

/** An event begins with the first line behind an empty one. */
function splitAtBlanks(): Splitter {
  let empty = true
  let ended = false
  let before = 0
  return {
    push: (bytes, offset, begin) => {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte === 0x0a || byte === 0x0d) {
          const second = byte === 0x0a && before === 0x0d
          if (!second && empty) ended = true
          if (!second) empty = true
        } else {
          if (ended && empty && offset + at > 0) begin(offset + at)
          ended = false
          empty = false
        }
        before = byte
      }
    },
  }
}
