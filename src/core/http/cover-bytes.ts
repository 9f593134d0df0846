import type { Pacer } from '../text/pacer.ts'
import { inOrder, type Span } from '../secrecy/looks.ts'
import { coverSpans, type Scrubber } from '../secrecy/scrub.ts'

/** Finds what is to be covered in a text in which each character is one byte. */
export type FindSpans = (text: string) => Span[]

/** Bytes that are looked at in one go: some milliseconds' work. */
const usual = 1_048_576
/** What is looked at before and behind a window: a name and what may be between it and its value. */
export const margin = 4_096

/** Covers in a body what `find` finds and what the scrubber knows, byte for byte: its length stays. Long bodies are taken in pieces, between which others get their turn. */
export async function coverBytes(
  body: Uint8Array,
  find: FindSpans | undefined,
  scrub: Scrubber,
  pacer: Pacer,
  window = usual,
): Promise<Uint8Array> {
  const spans: Span[] = []
  for (let from = 0; find !== undefined && from < body.length;) {
    const to = Math.min(body.length, from + window)
    const found = spansFrom(body, from, to, find)
    spans.push(...found)
    from = Math.max(to, found.at(-1)?.end ?? 0)
    if (from < body.length && pacer.isDue()) await pacer.turn()
  }
  const covered = coverSpans(body, spans)
  return body.length <= window ? scrub.bytes(covered) : takeInPieces(covered, scrub, pacer, window)
}

/** What lies in a window, the part before it left out. A value that has no end in sight is looked at with twice as much
 *  behind it, until it has. */
export function spansFrom(body: Uint8Array, from: number, to: number, find: FindSpans): Span[] {
  const begin = breakBefore(body, from - margin)
  for (let behind = margin; ; behind *= 2) {
    const end = Math.min(body.length, to + behind)
    const found = inOrder(find(oneByOne(body.subarray(begin, end))))
      .map((span) => ({ start: Math.max(from, span.start + begin), end: span.end + begin }))
      .filter((span) => span.end > from && span.start < to)
    if (end === body.length || (found.at(-1)?.end ?? 0) < end) return found
  }
}

/** Where a run of characters that tokens are made of begins: half a token reads like another one. */
function breakBefore(body: Uint8Array, place: number): number {
  let at = Math.max(0, place)
  for (const furthest = Math.max(0, at - longestRun); at > furthest && isTokenUnit(body[at - 1] ?? 0);)
    at -= 1
  return at
}
export const longestRun = 65_536

/** `token68` of RFC 9110 section 11.2, and the characters of escapes. */
function isTokenUnit(unit: number): boolean {
  return unit > 0x20 && unit !== 0x22 && unit !== 0x27 && unit !== 0x2c && unit !== 0x3c && unit !== 0x3e
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const latin1 = new TextDecoder('latin1')

/** Each byte is one character here, so that places in the text are places in the bytes. Nearly all is ASCII, which UTF-8 is
 *  the quickest way to read. */
function oneByOne(bytes: Uint8Array): string {
  const text = utf8.decode(bytes)
  return text.length === bytes.length ? text : latin1.decode(bytes)
}

async function takeInPieces(
  body: Uint8Array,
  scrub: Scrubber,
  pacer: Pacer,
  window: number,
): Promise<Uint8Array> {
  const stream = scrub.stream()
  const out = new Uint8Array(body.length)
  let filled = 0
  function put(piece: Uint8Array): void {
    out.set(piece, filled)
    filled += piece.length
  }
  for (let at = 0; at < body.length; at += window) {
    put(stream.push(body.subarray(at, at + window)))
    if (pacer.isDue()) await pacer.turn()
  }
  put(stream.end())
  return out
}
