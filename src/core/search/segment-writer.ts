import { Output, termText } from './bytes.ts'
import { newBits, setBit, writePostings, type Bits } from './postings.ts'

/** Bytes of a block of terms, more or less. */
const blockSize = 16_384
/** Beginnings of terms, by their length in bytes, for which all documents are written where their terms fill so many bytes:
 *  one letter is then looked up as fast as a word. */
const beginnings = 8
const worthwhile = 8 * blockSize

/** Where a segment's terms are: the first of each block, and the same of the beginnings, in the blocks behind. */
export interface Dictionary {
  terms: string[]
  beginnings: string[]
}

interface Beginning {
  open: boolean
  from: number
  few: number[]
  many: Bits | undefined
}
const most = 2_000
/** Documents of terms that are written in one turn. */
export const documentsAtOnce = 50_000

/** Writes terms, in ascending order, into blocks. */
export function createSegmentWriter(documents: number, put: (block: Uint8Array) => void) {
  const output = new Output()
  const dictionary: Dictionary = { terms: [], beginnings: [] }
  const last = new Uint8Array(256)
  let lastLength = 0
  let written = 0
  let isFirst = true
  const levels = Array.from({ length: beginnings }, (): Beginning => ({
    open: false,
    from: 0,
    few: [],
    many: undefined,
  }))
  const summaries: { term: Uint8Array; list: Uint32Array }[] = []

  function endBlock(): void {
    if (output.length === 0) return
    written += output.length
    put(output.take())
    isFirst = true
  }
  function entry(firsts: string[], term: Uint8Array, list: Uint32Array, count: number): void {
    if (isFirst) firsts.push(termText(term))
    let shared = 0
    if (!isFirst)
      while (shared < lastLength && shared < term.length && last[shared] === term[shared]) shared += 1
    isFirst = false
    output.number(shared)
    output.number(term.length - shared)
    output.append(term.subarray(shared))
    last.set(term)
    lastLength = term.length
    writePostings(output, documents, list, count)
    if (output.length >= blockSize) endBlock()
  }
  function close(level: Beginning, length: number, term: Uint8Array): void {
    if (!level.open) return
    level.open = false
    if (written + output.length - level.from >= worthwhile) {
      if (level.many === undefined) level.many = bitsOf(level.few)
      summaries.push({ term: term.slice(0, length), list: listOf(level.many, documents) })
    }
    level.few.length = 0
    level.many = undefined
  }
  function bitsOf(few: number[]): Bits {
    const bits = newBits(documents)
    for (const each of few) setBit(bits, each)
    return bits
  }
  const before = new Uint8Array(256)
  let beforeLength = 0
  function note(term: Uint8Array, list: Uint32Array, count: number): void {
    let shared = 0
    while (shared < beforeLength && shared < term.length && before[shared] === term[shared]) shared += 1
    for (const [index, level] of levels.entries()) {
      const length = index + 1
      if (shared < length) close(level, length, before)
      if (term.length < length) continue
      if (!level.open) {
        level.open = true
        level.from = written + output.length
      }
      if (level.many === undefined && level.few.length + count <= most)
        for (let at = 0; at < count; at += 1) level.few.push(list[at] ?? 0)
      else {
        level.many ??= bitsOf(level.few)
        for (let at = 0; at < count; at += 1) setBit(level.many, list[at] ?? 0)
      }
    }
    before.set(term)
    beforeLength = term.length
  }

  return {
    add(term: Uint8Array, list: Uint32Array, count: number): void {
      note(term, list, count)
      entry(dictionary.terms, term, list, count)
    },
    /** Yields between turns. */
    *finish(): Generator<undefined, Dictionary> {
      for (const [index, level] of levels.entries()) close(level, index + 1, before)
      endBlock()
      summaries.sort((one, other) => compare(one.term, other.term))
      let turn = 0
      for (const { term, list } of summaries) {
        entry(dictionary.beginnings, term, list, list.length)
        turn += list.length
        if (turn < documentsAtOnce) continue
        turn = 0
        yield
      }
      endBlock()
      return dictionary
    },
  }
}

function compare(one: Uint8Array, other: Uint8Array): number {
  const [a, b] = [termText(one), termText(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

function listOf(bits: Bits, documents: number): Uint32Array {
  const list = new Uint32Array(documents)
  let count = 0
  for (const [at, word] of bits.entries())
    for (let bit = 0; bit < 32; bit += 1) if ((word >>> bit) & 1) list[count++] = at * 32 + bit
  return list.subarray(0, count)
}
