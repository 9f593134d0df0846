import { termBytes } from './bytes.ts'
import { columnBlocks, newColumns, type Columns } from './columns.ts'
import { createSegmentWriter, type Dictionary } from './segment-writer.ts'

export interface Document {
  number: number
  at: number
  duration: number
  terms: ReadonlySet<string>
}

/** A segment that was written: its blocks were handed out in order, columns first. */
export interface Written {
  columns: Columns
  dictionary: Dictionary
}

/** Writes a segment of these documents, the newest first. */
export function buildSegment(documents: readonly Document[], put: (block: Uint8Array) => void): Written {
  const sorted = [...documents].sort((one, other) => other.at - one.at || other.number - one.number)
  const columns = newColumns(sorted.length)
  const found = new Map<string, number[]>()
  for (const [at, each] of sorted.entries()) {
    columns.numbers[at] = each.number
    columns.times[at] = each.at
    columns.durations[at] = each.duration
    for (const term of each.terms) {
      const list = found.get(term)
      if (list === undefined) found.set(term, [at])
      else list.push(at)
    }
  }
  for (const block of columnBlocks(columns)) put(block)
  const writer = createSegmentWriter(sorted.length, put)
  for (const term of [...found.keys()].sort()) {
    const list = Uint32Array.from(found.get(term) ?? [])
    writer.add(termBytes(term), list, list.length)
  }
  const ending = writer.finish()
  for (;;) {
    const next = ending.next()
    if (next.done === true) return { columns, dictionary: next.value }
  }
}
