import type { TablePage } from '@contract/bodies.ts'

/** Identifiers that no one reads are told apart by their beginnings. */
const opaque = /^[0-9a-f-]{32,36}$/i
const opaqueWidth = 12
const [narrowest, widest] = [4, 32]
/** What a column gets at most where there is room, in characters. */
const widestWhole = 80
/** A column that the user sets, in characters. */
export const setWidths = { least: 4, most: 200, step: 4 }

export interface ColumnWidth {
  /** In characters, where room is scarce. */
  width: number
  /** In characters, with nothing cut off. */
  whole: number
}

export interface ColumnLooks extends ColumnWidth {
  numeric: boolean
}

/** How wide columns are, and which hold numbers, judged by some rows. */
export function columnLooks(columns: readonly string[], sample: TablePage['rows']): ColumnLooks[] {
  return columns.map((name, at) => {
    const cells = sample.flatMap((row) => row[at] ?? [])
    const filled = cells.filter(({ kind }) => kind !== 'empty')
    return {
      ...columnWidth(
        name,
        cells.map(({ text }) => text),
      ),
      numeric: filled.length > 0 && filled.every(({ kind }) => kind === 'number'),
    }
  })
}

/** How wide a column is, by its name and some of its values. */
export function columnWidth(name: string, texts: readonly string[]): ColumnWidth {
  const longest = (lengths: number[], most: number): number =>
    Math.min(
      most,
      lengths.reduce((one, other) => Math.max(one, other), Math.max(narrowest, name.length)),
    )
  return {
    width: longest(
      texts.map((text) => (opaque.test(text) ? opaqueWidth : text.length)),
      widest,
    ),
    whole: longest(
      texts.map(({ length }) => length),
      widestWhole,
    ),
  }
}

/** The widths in characters where the columns share so much room: as many as can be are whole, those that lack least
 *  first. */
export function sharedWidths(columns: readonly ColumnWidth[], room: number): number[] {
  const widths = columns.map(({ width }) => width)
  let spare = room - widths.reduce((sum, width) => sum + width, 0)
  const lacks = columns.map(({ width, whole }, at) => ({ at, lack: whole - width }))
  for (const { at, lack } of lacks.sort((one, other) => one.lack - other.lack)) {
    if (lack <= 0) continue
    if (lack > spare) break
    widths[at] = (widths[at] ?? 0) + lack
    spare -= lack
  }
  return widths
}
