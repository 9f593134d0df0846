import type { TablePage } from '@contract/bodies'
import type { Delimiter } from './csv-records.ts'
import type { JsonList } from './json-list.ts'
import type { ReadBytes } from './pieces.ts'
import { csvCells, csvValues, jsonCells, type NamedCell } from './table-cells.ts'
import type { PlacedLines } from './text-lines.ts'

/** A body whose rows have values in columns: CSV, a list in JSON, or records of JSON. */
export interface BodyTable {
  /** Rows of which all has come. */
  count: () => number
  page: (from: number, to: number) => TablePage
  /** The row that a byte is in. */
  rowAt: (offset: number) => number
  /** A value, or a row as it is written, with all that is in it; nothing where there is none, `tooLong` in bytes. */
  copy: (row: number, column?: number) => string | { tooLong: number } | undefined
}

interface Source {
  name?: () => string | undefined
  count: () => number
  ranges: (from: number, to: number) => [number, number][]
  rowAt: (offset: number) => number
  cells: (bytes: Uint8Array, whole: boolean) => NamedCell[]
  text: (bytes: Uint8Array) => string
}

/** Of a row so much is looked at to show it; a longer one has fewer values. Bytes. */
const longestRow = 262_144
/** A value that is copied is there several times, as bytes and as text. */
const longestCopied = 8_388_608
const mostColumns = 100
/** Rows that are looked at for columns before the first is shown. */
const sampled = 100

/** A list in JSON as a table: objects by their names, lists by their places. */
export function tableOfList(read: ReadBytes, list: JsonList): BodyTable {
  return tableOf(read, {
    name: () => (list.key === -1 ? undefined : nameAt(read(list.key, list.key + 1_024))),
    count: list.count,
    ranges: list.ranges,
    rowAt: list.itemAt,
    cells: jsonCells,
    text: (bytes) => utf8.decode(bytes),
  })
}

/** Records of JSON as a table. */
export function tableOfRecords(read: ReadBytes, records: PlacedLines): BodyTable {
  return tableOf(read, {
    count: records.count,
    ranges: records.ranges,
    rowAt: records.lineAt,
    cells: jsonCells,
    text: (bytes) => utf8.decode(bytes).trim(),
  })
}

/** CSV as a table; its first record has the names of the columns. */
export function tableOfCsv(
  read: ReadBytes,
  records: PlacedLines,
  { delimiter, charset }: { delimiter: Delimiter; charset: string | undefined },
): BodyTable {
  const decoder = decoderFor(charset)
  let names: string[] | undefined
  function nameOf(at: number): string {
    names ??= headOf(0)
    return names[at] ?? `column ${at + 1}`
  }
  /** Without names, and with names that appear twice, columns are told apart by their numbers. */
  function headOf(row: number): string[] {
    const [range] = records.ranges(row, row + 1)
    if (range === undefined) return []
    const head = csvValues(
      decoder.decode(read(range[0], Math.min(range[1], range[0] + longestRow))),
      delimiter,
    )
    const taken = new Set<string>()
    return head.map((name, at) => {
      let shown = name.trim() || `column ${at + 1}`
      if (taken.has(shown)) shown = `${shown} (${at + 1})`
      // A name can be like one that was made.
      while (taken.has(shown)) shown = `${shown}′`
      taken.add(shown)
      return shown
    })
  }
  return tableOf(read, {
    count: () => Math.max(0, records.count() - 1),
    ranges: (from, to) => records.ranges(from + 1, to + 1),
    rowAt: (offset) => Math.max(0, records.lineAt(offset) - 1),
    cells: (bytes, whole) => csvCells(csvValues(decoder.decode(bytes), delimiter), nameOf, whole),
    text: (bytes) => decoder.decode(bytes).trim(),
  })
}

function tableOf(read: ReadBytes, source: Source): BodyTable {
  const columns: string[] = []
  const places = new Map<string, number>()
  let isSampled = false

  function learn(cells: readonly NamedCell[]): void {
    for (const { name } of cells) {
      if (places.has(name)) continue
      places.set(name, columns.length)
      columns.push(name)
    }
  }
  function cellsOf([from, to]: [number, number]): NamedCell[] {
    return source.cells(read(from, Math.min(to, from + longestRow)), false)
  }

  return {
    count: source.count,
    page: (from, to) => {
      if (!isSampled) {
        const sample = source.ranges(0, sampled)
        isSampled = sample.length >= sampled
        for (const range of sample) learn(cellsOf(range))
      }
      const found = source.ranges(from, to).map(cellsOf)
      found.forEach(learn)
      const name = source.name?.()
      return {
        ...(name !== undefined && { name }),
        columns: columns.slice(0, mostColumns),
        left: Math.max(0, columns.length - mostColumns),
        rows: found.map((cells) => {
          const row: TablePage['rows'][number] = []
          for (const { name: column, kind, text } of cells) {
            const at = places.get(column) ?? mostColumns
            if (at < mostColumns) row[at] = { kind, text }
          }
          return Array.from(row, (cell) => cell ?? null)
        }),
      }
    },
    rowAt: source.rowAt,
    copy: (row, column) => {
      const [range] = source.ranges(row, row + 1)
      if (range === undefined) return undefined
      const [from, to] = range
      if (to - from > longestCopied) return { tooLong: to - from }
      // What was read may be put aside by the next reading.
      const bytes = read(from, to).slice()
      if (column === undefined) return source.text(bytes)
      const name = columns[column]
      return source.cells(bytes, true).find((cell) => cell.name === name)?.text
    },
  }
}

const utf8 = new TextDecoder()

function nameAt(bytes: Uint8Array): string | undefined {
  const written = /^"(?:[^"\\]|\\.)*"/.exec(utf8.decode(bytes))?.[0]
  if (written === undefined) return undefined
  try {
    return String(JSON.parse(written))
  } catch {
    return written.slice(1, -1)
  }
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset ?? 'utf-8')
  } catch {
    return new TextDecoder()
  }
}
