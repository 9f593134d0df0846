import type { TablePage } from '@contract/bodies.ts'

/** Identifiers that no one reads are told apart by their beginnings. */
const opaque = /^[0-9a-f-]{32,36}$/i
const opaqueWidth = 12
const [narrowest, widest] = [4, 32]
/** A column that the user sets, in characters. */
export const setWidths = { least: 4, most: 200, step: 4 }

export interface ColumnLooks {
  /** In characters. */
  width: number
  numeric: boolean
}

/** How wide columns are, and which hold numbers, judged by some rows. */
export function columnLooks(columns: readonly string[], sample: TablePage['rows']): ColumnLooks[] {
  return columns.map((name, at) => {
    const cells = sample.flatMap((row) => row[at] ?? [])
    const lengths = cells.map(({ text }) => (opaque.test(text) ? opaqueWidth : text.length))
    const filled = cells.filter(({ kind }) => kind !== 'empty')
    return {
      width: Math.min(widest, Math.max(narrowest, name.length, ...lengths)),
      numeric: filled.length > 0 && filled.every(({ kind }) => kind === 'number'),
    }
  })
}
