import { createAutomaton } from './automaton.ts'
import type { Span } from './looks.ts'
import { mark, markByte } from './mark.ts'
import { spellingsOf } from './spellings.ts'
import { viewsOf, type View } from './views.ts'

/** A secret, and what is shown in its place where that is not the mark. */
export interface KnownSecret {
  value: string
  shownAs?: string
}

/** Takes known secrets out of whatever they may be in. */
export interface Scrubber {
  /** The text with a mark in the place of each secret. */
  text: (text: string) => string
  /** Bytes of the same length, secrets overwritten; the same array where there is none. */
  bytes: (bytes: Uint8Array) => Uint8Array
  /** Every text within a value of plain data, names of members apart. */
  data: <Value>(value: Value) => Value
  /** For bytes that come in pieces: holds so many back that no secret slips through between two. */
  stream: () => ScrubStream
}

interface ScrubStream {
  push: (piece: Uint8Array) => Uint8Array
  end: () => Uint8Array
  /** It holds on to the pieces that it is given. */
  keeps: boolean
}

/** From this length on a secret is covered wherever it is, in every spelling. A shorter one would tear holes into
 *  ordinary text. */
const shortestAnywhere = 6

/** From this length on a secret is covered where it is a whole value: between quotes, behind `=`, a header, a segment of
 *  a path. What is shorter still is covered by its name alone. */
export const shortestWhole = 4

/** Bytes of needles: with more than this, long secrets are looked for as they are and in no other spelling. */
const mostNeedles = 1_000_000
const longestSpelled = 16_384
/** How many bytes an encoding makes of one, twice: `\u0041` is six, and `%5Cu0041` eight. */
const widest = 12

interface Needle {
  bytes: Uint8Array
  shownAs: string
  whole: boolean
}
interface Found extends Span {
  shownAs: string
}

/** Makes a scrubber of these secrets. One way through the text for each encoding, however many secrets there are. */
export function createScrubber(secrets: Iterable<string | KnownSecret>, most = mostNeedles): Scrubber {
  const needles = needlesOf(secrets, most)
  if (needles.length === 0) return nothing
  const automaton = createAutomaton(needles.map(({ bytes }) => bytes))
  const withSpaces = needles.some(({ bytes }) => bytes.includes(0x20))

  function find(bytes: Uint8Array): Found[] {
    const found: Found[] = []
    for (const view of viewsOf(bytes, withSpaces)) {
      const here: Found[] = []
      automaton.search(view.bytes, (end, index) => {
        const needle = needles[index]
        if (needle === undefined) return
        const start = end - needle.bytes.length
        if (needle.whole && !isWhole(view.bytes, start, end)) return
        join(here, placeOf(view, start, end, needle.shownAs))
      })
      found.push(...here)
    }
    return inOrder(found)
  }

  function scrubText(text: string): string {
    if (text.length < shortestWhole) return text
    const bytes = encoder.encode(text)
    const found = find(bytes)
    if (found.length === 0) return text
    let out = ''
    let at = 0
    for (const { start, end, shownAs } of found) {
      out += decoder.decode(bytes.subarray(at, start)) + shownAs
      at = end
    }
    return out + decoder.decode(bytes.subarray(at))
  }

  function scrubBytes(bytes: Uint8Array): Uint8Array {
    return coverSpans(bytes, find(bytes))
  }

  function scrubData(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return scrubText(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > deepest) return mark
    if (Array.isArray(value)) return value.map((item) => scrubData(item, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, scrubData(member, depth + 1)]),
    )
  }

  return {
    text: scrubText,
    bytes: scrubBytes,
    data: <Value>(value: Value) => scrubData(value, 0) as Value,
    stream: () => createStream(find, automaton.longest * widest),
  }
}

/** The bytes with asterisks over each span; the same array where there is none. A number in JSON becomes a string of the
 *  same length, so that the whole can still be read. */
export function coverSpans(bytes: Uint8Array, spans: readonly Span[]): Uint8Array {
  if (spans.length === 0) return bytes
  const out = bytes.slice()
  for (const { start, end } of spans) cover(bytes, out, start, end)
  return out
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** A character for each byte. */
const byteForByte = new TextDecoder('latin1')
const deepest = 64

const nothing: Scrubber = {
  text: (text) => text,
  bytes: (bytes) => bytes,
  data: (value) => value,
  stream: () => ({ push: (piece) => piece, end: () => new Uint8Array(), keeps: false }),
}

function needlesOf(secrets: Iterable<string | KnownSecret>, most: number): Needle[] {
  const needles = new Map<string, Needle>()
  let size = 0
  for (const secret of secrets) {
    const { value, shownAs = mark } = typeof secret === 'string' ? { value: secret } : secret
    if (value.length < shortestWhole) continue
    const whole = value.length < shortestAnywhere
    const plain = whole || value.length > longestSpelled || size > most
    for (const bytes of plain ? [encoder.encode(value)] : spellingsOf(value)) {
      const key = byteForByte.decode(bytes)
      if (needles.has(key)) continue
      needles.set(key, { bytes, shownAs, whole })
      size += bytes.length
    }
  }
  return [...needles.values()]
}

/** Between what opens and closes a value. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return isEdge(bytes[start - 1]) && isEdge(bytes[end])
}

const edges = new Set(
  Array.from('"\'`=&;,/?#:<>[](){}| \t\r\n\\').map((character) => character.charCodeAt(0)),
)

function isEdge(unit: number | undefined): boolean {
  return unit === undefined || edges.has(unit)
}

function placeOf({ origin }: View, start: number, end: number, shownAs: string): Found {
  return origin === undefined
    ? { start, end, shownAs }
    : { start: origin[start] ?? 0, end: origin[end] ?? 0, shownAs }
}

/** Adds a place to others that end before it; those that it overlaps become one with it. */
function join(found: Found[], place: Found): void {
  let last = found.at(-1)
  while (last !== undefined && last.end > place.start) {
    // The longer one is shown; of two that are the same, the one that has a name.
    const longer = last.end - last.start - (place.end - place.start)
    if (longer > 0 || (longer === 0 && place.shownAs === mark)) place.shownAs = last.shownAs
    place.start = Math.min(place.start, last.start)
    place.end = Math.max(place.end, last.end)
    found.pop()
    last = found.at(-1)
  }
  found.push(place)
}

function inOrder(found: Found[]): Found[] {
  const joined: Found[] = []
  for (const place of found.sort((one, other) => one.start - other.start)) join(joined, place)
  return joined
}

/** So many bytes before a place tell how it is to be covered: a number in JSON, a value of four characters. */
const context = 16

/** Covers what is found in the bytes at hand, and keeps back the last ones, in which a secret may have begun. */
function createStream(find: (bytes: Uint8Array) => Found[], overlap: number): ScrubStream {
  let waiting: Uint8Array[] = []
  let size = 0
  /** So many bytes at the beginning of what waits have been given out, and are there to be looked at. */
  let given = 0
  /** So many bytes behind them belong to a secret that was found. */
  let covered = 0

  function take(): Uint8Array {
    const all = new Uint8Array(size)
    let at = 0
    for (const piece of waiting) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }
  /** Gives out what is before `wanted`, up to a secret that runs over it: that one is covered whole, later. */
  function giveUpTo(wanted: number): Uint8Array {
    const all = take()
    const found = find(all)
    const over = found.find(({ start, end }) => start < wanted && end > wanted)
    const upTo = over !== undefined && over.start > given + covered ? over.start : wanted
    const out = all.slice(0, upTo)
    out.fill(markByte, given, Math.min(given + covered, upTo))
    let reach = given + covered
    for (const { start, end } of found) {
      if (start >= upTo) break
      if (end <= upTo) cover(all, out, start, end)
      else out.fill(markByte, start, upTo)
      reach = Math.max(reach, end)
    }
    const piece = out.subarray(given)
    covered = Math.max(0, reach - upTo)
    given = Math.min(upTo, context)
    waiting = [all.subarray(upTo - given)]
    size = all.length - upTo + given
    return piece
  }

  return {
    push(piece: Uint8Array): Uint8Array {
      waiting.push(piece)
      size += piece.length
      // Twice the overlap, so that each byte is looked at twice at most.
      return size - given < overlap * 2 ? new Uint8Array() : giveUpTo(size - overlap)
    },
    end: () => giveUpTo(size),
    keeps: true,
  }
}

const quote = 0x22
const before = new Set(Array.from(':,[').map((character) => character.charCodeAt(0)))
const after = new Set(Array.from(',}] \t\r\n').map((character) => character.charCodeAt(0)))

function cover(bytes: Uint8Array, out: Uint8Array, start: number, end: number): void {
  out.fill(markByte, start, end)
  if (end - start < 2 || !isNumber(bytes, start, end) || !after.has(bytes[end] ?? 0)) return
  let at = start - 1
  while (at > start - 8 && bytes[at] === 0x20) at -= 1
  if (before.has(bytes[at] ?? 0)) out[start] = out[end - 1] = quote
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const unit = bytes[at] ?? 0
    if (unit < 0x30 || unit > 0x39) return false
  }
  return true
}
