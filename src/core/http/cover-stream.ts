import { coverSpans, type Scrubber } from '../secrecy/scrub.ts'
import { longestRun, margin, spansFrom, type FindSpans } from './cover-bytes.ts'

/** Covers a body that comes in pieces, byte for byte: what goes in comes out, in the same length, a little later. What
 *  comes out is there until the next piece goes in. */
export interface CoverStream {
  push: (piece: Uint8Array) => Uint8Array
  end: () => Uint8Array
}

interface Parts {
  /** Finds what has a name or looks like a token; left out where the body is not text. */
  find: FindSpans | undefined
  /** Knows the secrets. */
  scrub: Scrubber
  /** Each line is covered by itself, and given out as soon as it is whole: for events and records, which are waited for. */
  byLine?: boolean
}

/** Bytes that are looked at in one go: few at first, so that something can be shown soon. */
const firstWindow = 65_536
const usualWindow = 1_048_576
/** A value whose end is further away than this is covered as far as it has come. */
const longestValue = 8_388_608

export function createCoverStream({ find, scrub, byLine = false }: Parts): CoverStream {
  const known = byLine ? undefined : scrub.stream()
  /** What is not decided yet, behind some of what was before it: in a room that is used again and again, since new ones
   *  for every piece of a long body are more than is taken away in time. */
  let room: Uint8Array = new Uint8Array()
  let held: Uint8Array = room
  let from = 0
  let window = firstWindow
  /** A value had no end in what was held: it is looked at again when there is twice as much. */
  let enough = 0

  function windowEnd(isEnd: boolean): number | undefined {
    if (byLine) {
      const end = isEnd ? held.length : held.lastIndexOf(0x0a) + 1
      return end > from ? end : undefined
    }
    if (isEnd) return from < held.length ? Math.min(held.length, from + window) : undefined
    return from + window + margin <= held.length ? from + window : undefined
  }

  /** What can be given out by now. */
  function take(isEnd: boolean): Uint8Array {
    const out: Uint8Array[] = []
    if (!isEnd && held.length < enough) return joined(out)
    enough = 0
    for (let to = windowEnd(isEnd); to !== undefined; to = windowEnd(isEnd)) {
      const spans = find === undefined ? [] : spansFrom(byLine ? held.subarray(0, to) : held, from, to, find)
      const reach = Math.max(to, spans.at(-1)?.end ?? 0)
      // A value that goes on in what has not come.
      const open = !isEnd && !byLine && reach >= held.length
      if (open && held.length - from < longestValue) {
        enough = Math.min(held.length * 2, from + longestValue)
        break
      }
      const piece = coverSpans(held, spans).subarray(from, reach)
      out.push(
        known === undefined ? scrub.bytes(piece) : known.push(known.keeps ? new Uint8Array(piece) : piece),
      )
      from = reach
      window = Math.min(usualWindow, window * 2)
    }
    return joined(out)
  }
  /** Puts a piece behind what is held, of which what no one looks at any more goes. */
  function add(piece: Uint8Array): void {
    const behind = Math.max(0, from - margin - longestRun)
    const left = held.length - behind
    from -= behind
    const before = room
    if (left + piece.length > room.length) room = new Uint8Array((left + piece.length) * 2)
    if (behind > 0 || room !== before) room.set(held.subarray(behind))
    room.set(piece, left)
    held = room.subarray(0, left + piece.length)
  }

  return {
    push: (piece) => {
      // Whoever gives a piece may use its room again.
      if (find === undefined && known !== undefined)
        return known.push(known.keeps ? new Uint8Array(piece) : piece)
      add(piece)
      return take(false)
    },
    end: () => joined([take(true), known?.end() ?? new Uint8Array()]),
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const filled = pieces.filter((piece) => piece.length > 0)
  const [only] = filled
  if (filled.length <= 1) return only ?? new Uint8Array()
  const all = new Uint8Array(filled.reduce((size, piece) => size + piece.length, 0))
  let at = 0
  for (const piece of filled) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
