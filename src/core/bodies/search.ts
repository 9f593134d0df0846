/** What is looked for. */
export interface Wanted {
  text: string
  /** `A` and `a` are two. */
  matchCase: boolean
}

/** Looks for something in bytes that come in pieces. Time grows with the bytes alone. */
export interface ByteSearch {
  /** `hit` is told where each find begins, in order. */
  push: (bytes: Uint8Array, offset: number, hit: (offset: number) => void) => void
  end: (hit: (offset: number) => void) => void
}

/** Finds in a text, given as bytes, where matches begin. One line or several. */
export type FindMatches = (bytes: Uint8Array) => number[]

/** Bytes of a line that a pattern is tried on at once, and how far a match may reach from one such part into the next. */
const longestLine = 1_048_576
const longestMatch = 65_536

const byteForByte = new TextDecoder('latin1')
const encoder = new TextEncoder()

/** Looks for a text as it is written. Small and capital letters of ASCII are the same unless their case is to match. */
export function searchText({ text, matchCase }: Wanted): ByteSearch {
  const needle = encoder.encode(text)
  function form(bytes: Uint8Array): string {
    const plain = byteForByte.decode(bytes)
    return matchCase ? plain : plain.toLowerCase()
  }
  const wanted = form(needle)
  const folded = foldAscii(needle)
  let tail: Uint8Array = new Uint8Array()

  function isSame(bytes: Uint8Array, at: number): boolean {
    // Letters outside of ASCII were folded byte by byte, which means nothing.
    return matchCase || folded.every((unit, index) => foldUnit(bytes[at + index] ?? 0) === unit)
  }
  return {
    push: (bytes, offset, hit) => {
      if (wanted === '') return
      const all = tail.length === 0 ? bytes : join(tail, bytes)
      const begin = offset - tail.length
      const hay = form(all)
      let after = 0
      for (let at = hay.indexOf(wanted); at !== -1; at = hay.indexOf(wanted, after)) {
        after = at + 1
        if (!isSame(all, at)) continue
        after = at + wanted.length
        hit(begin + at)
      }
      tail = all.slice(Math.max(after, all.length - wanted.length + 1))
    },
    end: () => undefined,
  }
}

/** Looks for what a pattern matches, line by line: `find` is given whole lines at once, a very long one in parts. */
export function searchLines(find: FindMatches): ByteSearch {
  let tail: Uint8Array = new Uint8Array()
  let begin = 0
  return {
    push: (bytes, offset, hit) => {
      if (tail.length === 0) begin = offset
      const all = tail.length === 0 ? bytes : join(tail, bytes)
      const lastBreak = all.lastIndexOf(0x0a) + 1
      const upTo = lastBreak > 0 ? lastBreak : all.length > longestLine ? all.length - longestMatch : 0
      if (upTo > 0)
        for (const found of find(lastBreak > 0 ? all.subarray(0, upTo) : all))
          if (found < upTo) hit(begin + found)
      tail = all.slice(upTo)
      begin += upTo
    },
    end: (hit) => {
      if (tail.length > 0) for (const found of find(tail)) hit(begin + found)
      tail = new Uint8Array()
    },
  }
}

function foldUnit(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
}
function foldAscii(bytes: Uint8Array): Uint8Array {
  return bytes.map(foldUnit)
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}
