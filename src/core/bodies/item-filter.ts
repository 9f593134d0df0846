import { createJsonFilter, type JsonFilter } from './json-filter.ts'
import { readJsonPath, type JsonPath } from './json-path.ts'
import { parseJson } from '../text/parse-json.ts'
import type { ReadBytes } from './pieces.ts'

/** Normalized paths (RFC 9535 section 2.7) to what a path leads to in a value. */
export type FindPaths = (value: unknown, path: string) => string[]

/** Items that are looked at together, and their bytes; a longer item is passed over. */
const most = { items: 256, bytes: 262_144, itemBytes: 2_097_152 }

export interface ItemFilter extends JsonFilter {
  /** Items that were passed over, since they are too long. */
  passedOver: () => number
}

/** Finds what a path with a filter (`?`) leads to: each item that the filter is asked about is taken from the body and
 *  judged by itself. `found` is told where each value begins and ends, in order. */
export function createItemFilter(
  { segments, items: rest = '' }: JsonPath,
  read: ReadBytes,
  { found, findPaths }: { found: (from: number, to: number) => void; findPaths: FindPaths },
): ItemFilter {
  let waiting: { from: number; text: string }[] = []
  let waitingBytes = 0
  let passedOver = 0

  function judge(): void {
    const items = waiting
    waiting = []
    waitingBytes = 0
    if (items.length === 0) return
    const values = valuesOf(items.map(({ text }) => text))
    for (const path of findPaths(values, `$${rest}`)) {
      const [head = '', index = ''] = /^\$\[(\d+)\]/.exec(path) ?? []
      const item = items[Number(index)]
      if (item !== undefined) tell(item, path.slice(head.length))
    }
  }
  /** Where in its item a value is; of a name that appears twice the last counts, as it does for the filter. */
  function tell({ from, text }: { from: number; text: string }, inner: string): void {
    const bytes = encoder.encode(text)
    if (inner === '') return found(from, from + bytes.length)
    const path = readJsonPath(`$${inner}`)
    let last: [number, number] | undefined
    if (!path.ok) return
    const places = createJsonFilter(
      path.value.segments,
      (start, end) => bytes.subarray(start, end),
      (start, end) => {
        last = [start, end]
      },
    )
    places.push(bytes, 0)
    places.end()
    if (last !== undefined) found(from + last[0], from + last[1])
  }

  const filter = createJsonFilter(
    [...segments, { deep: false, selectors: [{ kind: 'all' }] }],
    read,
    (from, to) => {
      if (to - from > most.itemBytes) {
        passedOver += 1
        return
      }
      waiting.push({ from, text: decoder.decode(read(from, to)) })
      waitingBytes += to - from
      if (waiting.length >= most.items || waitingBytes >= most.bytes) judge()
    },
  )
  return {
    push: filter.push,
    fault: filter.fault,
    end: () => {
      filter.end()
      judge()
    },
    passedOver: () => passedOver,
  }
}

/** What turns out not to be JSON, as `01`, holds nothing that is looked for. */
function valuesOf(items: readonly string[]): unknown[] {
  const all = parseJson(`[${items.join(',')}]`)
  if (all !== undefined) return all.value as unknown[]
  return items.map((item) => parseJson(item)?.value ?? null)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
