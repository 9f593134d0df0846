import type { CellKind, TableCell } from '@contract/bodies'
import Papa from 'papaparse'
import { parseJson } from '../text/parse-json.ts'
import type { Delimiter } from './csv-records.ts'
import { createJsonScan } from './json-scan.ts'

/** A value of a row, by its column. */
export interface NamedCell extends TableCell {
  name: string
}

/** Of a value, in characters. */
const longestCell = 2_000

const decoder = new TextDecoder()

/** The values of a row that is an object, a list or a value in JSON: digits as they came, of what is nested its text.
 *  `whole`: long values too. */
export function jsonCells(bytes: Uint8Array, whole = false): NamedCell[] {
  const most = whole ? bytes.length : longestCell * 4
  const cells: NamedCell[] = []
  const times = new Map<string, number>()
  let opened: { name: string; from: number } | undefined
  let kindOfRow: 'object' | 'list' | 'value' = 'value'

  function textAt(from: number, to: number): string {
    return decoder.decode(bytes.subarray(from, Math.min(to, from + most)))
  }
  function nameAt(key: number, value: number): string {
    if (kindOfRow !== 'object') return kindOfRow === 'list' ? String(cells.length) : 'value'
    const written = decoder.decode(bytes.subarray(key, value))
    const read = parseJson(written.slice(0, written.lastIndexOf('"') + 1))
    const name = typeof read?.value === 'string' ? read.value : written
    const before = times.get(name) ?? 0
    times.set(name, before + 1)
    // A name that appears twice is a column of its own.
    return before === 0 ? name : `${name} (${before + 1})`
  }
  const scan = createJsonScan({
    line: (kind, key, value, end, depth) => {
      if (depth === 0 && kind === 'open') kindOfRow = bytes[value] === 0x5b ? 'list' : 'object'
      if (depth === 0 && kind === 'value') cells.push(cellOf('value', textAt(value, end), whole))
      if (depth !== 1) return
      if (kind === 'open') opened = { name: nameAt(key, value), from: value }
      else if (kind === 'value') cells.push(cellOf(nameAt(key, value), textAt(value, end), whole))
      else if (opened !== undefined) {
        cells.push(cellOf(opened.name, textAt(opened.from, end), whole))
        opened = undefined
      }
    },
  })
  scan.push(bytes, 0)
  scan.end()
  // The row is longer than what is looked at.
  if (opened !== undefined) cells.push(cellOf(opened.name, textAt(opened.from, bytes.length), whole))
  return cells
}

function cellOf(name: string, written: string, whole: boolean): NamedCell {
  const first = written.charAt(0)
  if (first === '"') {
    const read = parseJson(written)
    return { name, kind: 'text', text: cut(typeof read?.value === 'string' ? read.value : written, whole) }
  }
  const isNested = first === '{' || first === '['
  const kind = isNested ? 'nested' : written === 'null' ? 'empty' : /[-\d]/.test(first) ? 'number' : 'text'
  return { name, kind, text: cut(written, whole) }
}

/** The values of a record of CSV. */
export function csvValues(text: string, delimiter: Delimiter): string[] {
  const record = withoutBreaks(text)
  // One line break within a quoted value is as good as another: the record is one already.
  const { data } = Papa.parse<string[]>(record, { delimiter, newline: '\n' })
  return data.length === 1 ? (data[0] ?? []) : data.flat()
}

/** The same as cells. */
export function csvCells(
  values: readonly string[],
  names: (at: number) => string,
  whole = false,
): NamedCell[] {
  return values.map((text, at) => ({ name: names(at), kind: kindOf(text), text: cut(text, whole) }))
}

function kindOf(text: string): CellKind {
  if (text === '') return 'empty'
  return text.length < 40 && /^\s*-?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text)
    ? 'number'
    : 'text'
}

function cut(text: string, whole: boolean): string {
  return whole || text.length <= longestCell ? text : `${text.slice(0, longestCell)}…`
}

/** Without the breaks around it, and without a byte order mark. */
function withoutBreaks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && '\r\n\ufeff'.includes(text.charAt(from))) from += 1
  while (to > from && '\r\n'.includes(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}
