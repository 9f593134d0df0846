import { linesOf, type PlacedLines, type Splitter } from './text-lines.ts'
import type { ReadBytes } from './pieces.ts'

/** What may be between two values. */
export type Delimiter = ',' | ';' | '\t' | '|'
const delimiters: readonly Delimiter[] = [',', '\t', ';', '|']

/** A quote that is open for longer is taken for a mistake: the record ends with its line. Bytes. */
const longestQuoted = 1_048_576

const quote = 0x22
const [lineFeed, carriageReturn, space] = [0x0a, 0x0d, 0x20]

/** The records of CSV (RFC 4180): a quoted value may hold line breaks. Empty lines are none. */
export function createCsvRecords(read: ReadBytes, delimiter: Delimiter): PlacedLines {
  return linesOf(read, () => splitAtRecords(delimiter.charCodeAt(0)))
}

/** Of a byte order mark. */
const marks: readonly number[] = [0xef, 0xbb, 0xbf]

const betweenRecords = 0
const valueStart = 1
const inValue = 2
const inQuotes = 3
const behindQuote = 4
const beforeAll = 5

function splitAtRecords(delimiter: number): Splitter {
  let state = beforeAll
  let quotedFrom = 0
  return {
    push: (bytes, offset, begin) => {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (state === inQuotes) {
          if (byte === quote) state = behindQuote
          else if (byte === lineFeed && offset + at - quotedFrom > longestQuoted) state = betweenRecords
          continue
        }
        const isBreak = byte === lineFeed || byte === carriageReturn
        // Empty lines and a byte order mark before the first record are no part of it.
        if (state === beforeAll && (isBreak || marks.includes(byte))) continue
        if (state === beforeAll) state = valueStart
        if (state === betweenRecords) {
          if (isBreak) continue
          begin(offset + at)
          state = valueStart
        }
        if (isBreak) state = betweenRecords
        else if (byte === delimiter) state = valueStart
        else if (state === valueStart) {
          quotedFrom = offset + at
          state = byte === quote ? inQuotes : inValue
        }
        // A quote in a quoted value is doubled; one with text behind it was meant so.
        else if (state === behindQuote && byte !== space) state = inQuotes
      }
    },
  }
}

/** What is between the values of a text: the mark that its first lines have equally often. Nothing where it looks
 *  like no table. `sure`: it is said to be CSV. */
export function delimiterOf(start: string, sure: boolean): Delimiter | undefined {
  const lines = start
    .slice(0, 65_536)
    .split(/\r\n|\n|\r/)
    .slice(0, -1)
    .filter((line) => line !== '')
    .slice(0, 20)
  if (lines.length < (sure ? 1 : 3)) return sure ? ',' : undefined
  const fits = delimiters.map((delimiter) => {
    const counts = lines.map((line) => marksIn(line, delimiter))
    const [first = 0] = counts
    return { delimiter, first, equal: counts.filter((count) => count === first).length }
  })
  const best = fits
    .filter(({ first }) => first > 0)
    .toSorted((one, other) => other.equal - one.equal || other.first - one.first)[0]
  if (sure) return best?.delimiter ?? ','
  const isTable = best !== undefined && best.equal === lines.length && !/^[{<[]/.test(start.trimStart())
  return isTable ? best.delimiter : undefined
}

/** How often a mark appears in a line, outside of quotes. */
function marksIn(line: string, delimiter: Delimiter): number {
  let count = 0
  let quoted = false
  for (const character of line) {
    if (character === '"') quoted = !quoted
    else if (character === delimiter && !quoted) count += 1
  }
  return count
}
