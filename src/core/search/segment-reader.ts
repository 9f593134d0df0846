import { compareBytes, Input, startsWith, termBytes, termText } from './bytes.ts'
import { addPostings, skipPostings, type Bits } from './postings.ts'
import type { Dictionary } from './segment-writer.ts'

/** A segment as it is read: blocks are loaded when they are needed. */
export interface Segment {
  documents: number
  /** The number of the first block of terms; those before it are columns. */
  from: number
  /** The first of each block: of thousands a look-up compares a dozen. */
  terms: readonly string[]
  beginnings: readonly string[]
  load: (block: number) => Uint8Array
}

export function openSegment(
  documents: number,
  from: number,
  { terms, beginnings }: Dictionary,
  load: Segment['load'],
): Segment {
  return { documents, from, terms, beginnings, load }
}

/** Adds the documents that have a term which begins so. */
export function addBeginning(segment: Segment, beginning: string, into: Bits): void {
  const prefix = termBytes(beginning)
  const { terms, beginnings, from } = segment
  const whole = walk(segment, beginnings, from + terms.length, prefix, (_term, length, input) => {
    if (length === prefix.length) addPostings(input, into)
    return false
  })
  if (whole === prefix.length) return
  walk(segment, terms, from, prefix, (_term, _length, input) => {
    addPostings(input, into)
    return true
  })
}

/** Adds the documents that have a term which begins so and whose rest fits. */
export function addFitting(
  segment: Segment,
  beginning: string,
  fits: (rest: string) => boolean,
  into: Bits,
): void {
  const prefix = termBytes(beginning)
  walk(segment, segment.terms, segment.from, prefix, (term, length, input) => {
    if (fits(termText(term.subarray(prefix.length, length)))) addPostings(input, into)
    else skipPostings(input)
    return true
  })
}

/** Visits each term that begins so, until told to stop: with what length then. A visitor that goes on has read or skipped
 *  the term's documents. */
function walk(
  { load }: Segment,
  firsts: readonly string[],
  from: number,
  prefix: Uint8Array,
  visit: (term: Uint8Array, length: number, input: Input) => boolean,
): number | undefined {
  const term = new Uint8Array(256)
  term.set(prefix)
  const firstOf = (block: number) => termBytes(firsts[block] ?? '')
  let [low, high] = [0, firsts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareBytes(firstOf(middle), prefix) < 0) low = middle + 1
    else high = middle
  }
  for (let block = Math.max(0, low - 1); block < firsts.length; block += 1) {
    const first = firstOf(block)
    if (compareBytes(first, prefix) > 0 && !startsWith(first, first.length, prefix)) return undefined
    const input = new Input(load(from + block))
    const { bytes } = input
    /** Bytes that the last term has in common with the prefix. */
    let matched = 0
    while (!input.isDone) {
      const shared = input.number()
      const end = input.number() + input.at
      // What shares more than these with the last term is before the prefix, as that was, or begins with it.
      if (shared <= matched && matched < prefix.length) {
        let at = input.at
        matched = shared
        while (matched < prefix.length && at < end && bytes[at] === prefix[matched]) {
          at += 1
          matched += 1
        }
        if (matched < prefix.length && at < end && (bytes[at] ?? 0) > (prefix[matched] ?? 0)) return undefined
      } else if (matched === prefix.length && shared < matched) return undefined
      if (matched < prefix.length) {
        input.at = end
        skipPostings(input)
        continue
      }
      let length = shared
      while (input.at < end) term[length++] = bytes[input.at++] ?? 0
      if (!visit(term, length, input)) return length
    }
  }
  return undefined
}

/** The terms of a block, one after another. Whoever moves on has read or skipped the documents. */
export function createCursor(block: Uint8Array) {
  const input = new Input(block)
  const cursor = {
    input,
    term: new Uint8Array(256),
    length: 0,
    next(): boolean {
      if (input.isDone) return false
      const shared = input.number()
      const rest = input.number()
      cursor.term.set(input.bytes.subarray(input.at, input.at + rest), shared)
      cursor.length = shared + rest
      input.at += rest
      return true
    },
  }
  return cursor
}
