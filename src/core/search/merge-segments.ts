import { compareBytes } from './bytes.ts'
import type { Written } from './build-segment.ts'
import { columnBlocks, newColumns, type Columns } from './columns.ts'
import { readPostings, skipPostings } from './postings.ts'
import { createCursor, type Segment } from './segment-reader.ts'
import { createSegmentWriter, documentsAtOnce } from './segment-writer.ts'

interface Source {
  segment: Segment
  columns: Columns
}

const gone = 0xffffffff

/** Writes one segment that has the documents of all of these which are still there. Yields between turns. */
export function* mergeSegments(
  sources: readonly Source[],
  isThere: (number: number) => boolean,
  put: (block: Uint8Array) => void,
): Generator<undefined, Written> {
  const { columns, places } = mergeColumns(sources, isThere)
  yield
  const documents = columns.numbers.length
  for (const block of columnBlocks(columns)) put(block)
  const writer = createSegmentWriter(documents, put)
  const cursors = sources.map(({ segment }) => termsOf(segment))
  const list = new Uint32Array(documents)
  let turn = 0
  for (;;) {
    let least: ReturnType<typeof termsOf> | undefined
    for (const cursor of cursors)
      if (
        cursor.term !== undefined &&
        (least?.term === undefined || compareBytes(cursor.term, least.term, cursor.length, least.length) < 0)
      )
        least = cursor
    if (least?.term === undefined) break
    const term = least.term.slice(0, least.length)
    const found = { count: 0, sorted: true }
    for (const [index, cursor] of cursors.entries()) {
      if (cursor.term === undefined || compareBytes(cursor.term, term, cursor.length) !== 0) continue
      const place = places[index]
      cursor.read((document) => {
        const number = place?.[document] ?? gone
        if (number === gone) return
        if (found.count > 0 && number < (list[found.count - 1] ?? 0)) found.sorted = false
        list[found.count++] = number
      })
    }
    if (!found.sorted) list.subarray(0, found.count).sort()
    if (found.count > 0) writer.add(term, list, found.count)
    turn += 20 + found.count
    if (turn < documentsAtOnce) continue
    turn = 0
    yield
  }
  return { columns, dictionary: yield* writer.finish() }
}

/** All documents, the newest first, and where each of a source's went. */
function mergeColumns(sources: readonly Source[], isThere: (number: number) => boolean) {
  const total = sources.reduce((sum, { segment }) => sum + segment.documents, 0)
  const columns = newColumns(total)
  const places = sources.map(({ segment }) => new Uint32Array(segment.documents).fill(gone))
  const next = sources.map(() => 0)
  let count = 0
  for (;;) {
    let from = -1
    let [at, number] = [-Infinity, -Infinity]
    for (const [index, source] of sources.entries()) {
      const place = next[index] ?? 0
      if (place >= source.segment.documents) continue
      const [time, own] = [source.columns.times[place] ?? 0, source.columns.numbers[place] ?? 0]
      if (time < at || (time === at && own < number)) continue
      ;[from, at, number] = [index, time, own]
    }
    const source = sources[from]
    if (source === undefined) break
    const place = next[from] ?? 0
    next[from] = place + 1
    if (!isThere(number)) continue
    const placesOf = places[from]
    if (placesOf) placesOf[place] = count
    columns.numbers[count] = number
    columns.times[count] = at
    columns.durations[count] = source.columns.durations[place] ?? -1
    count += 1
  }
  return {
    places,
    columns: {
      numbers: columns.numbers.slice(0, count),
      times: columns.times.slice(0, count),
      durations: columns.durations.slice(0, count),
    },
  }
}

/** The terms of a segment, block after block. */
function termsOf({ terms, from, load }: Segment) {
  let block = 0
  let cursor: ReturnType<typeof createCursor> | undefined
  const state = {
    term: undefined as Uint8Array | undefined,
    length: 0,
    /** Reads the documents of the term and moves on. */
    read(visit?: (document: number) => void): void {
      if (cursor !== undefined) {
        if (visit) readPostings(cursor.input, visit)
        else skipPostings(cursor.input)
      }
      move()
    },
  }
  function move(): void {
    while (cursor?.next() !== true) {
      if (block >= terms.length) return void (state.term = undefined)
      cursor = createCursor(load(from + block))
      block += 1
    }
    state.term = cursor.term
    state.length = cursor.length
  }
  move()
  return state
}
