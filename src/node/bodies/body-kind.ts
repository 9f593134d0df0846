import { delimiterOf, type Delimiter } from '../../core/bodies/csv-records.ts'

/** A stream of events or of records, which are shown as they come. */
export function streamKind(contentType: string): 'events' | 'lines' | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/event-stream') return 'events'
  return /^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines|stream\+json|json-seq)$/.test(type)
    ? 'lines'
    : undefined
}

/** What is between the values where it is CSV by its type, or text that looks like it. */
export function delimiterFor(first: Uint8Array, contentType: string): Delimiter | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/tab-separated-values') return '\t'
  const sure = /^(?:text|application)\/(?:x-)?csv$/.test(type)
  // Two bytes a character: its records can't be found by bytes.
  const isWide = (first[0] ?? 0) >= 0xfe && (first[1] ?? 0) >= 0xfe
  if (isWide || (!sure && type !== 'text/plain')) return undefined
  return delimiterOf(new TextDecoder('latin1').decode(first.subarray(0, 65_536)), sure)
}
