import type { Input, Output } from './bytes.ts'

/** Documents of a segment at most: a set of them is 8 KiB. */
export const mostDocuments = 65_536

/** A set of documents, a bit for each. */
export type Bits = Uint32Array

export function newBits(documents: number): Bits {
  return new Uint32Array((documents + 31) >> 5)
}
export function setBit(bits: Bits, at: number): void {
  bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31))
}
export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >> 5] ?? 0) & (1 << (at & 31))) !== 0
}
/** Keeps what both have; returns whether anything is left. */
export function keepCommon(bits: Bits, other: Bits): boolean {
  let any = 0
  for (let at = 0; at < bits.length; at += 1) {
    const both = (bits[at] ?? 0) & (other[at] ?? 0)
    bits[at] = both
    any |= both
  }
  return any !== 0
}

const scratch = new Uint8Array(mostDocuments * 3)

/** Writes a set given as ascending numbers: as their distances or as bits, whichever is shorter. */
export function writePostings(output: Output, documents: number, list: Uint32Array, count: number): void {
  const asBits = (documents + 7) >> 3
  let length = 0
  let before = -1
  for (let at = 0; at < count && length <= asBits; at += 1) {
    const number = list[at] ?? 0
    let rest = number - before - 1
    before = number
    while (rest > 127) {
      scratch[length++] = (rest & 127) | 128
      rest >>>= 7
    }
    scratch[length++] = rest
  }
  if (length <= asBits) {
    output.number(count * 2)
    output.number(length)
    output.append(scratch.subarray(0, length))
    return
  }
  scratch.fill(0, 0, asBits)
  for (let at = 0; at < count; at += 1) {
    const number = list[at] ?? 0
    scratch[number >> 3] = (scratch[number >> 3] ?? 0) | (1 << (number & 7))
  }
  output.number(count * 2 + 1)
  output.number(asBits)
  output.append(scratch.subarray(0, asBits))
}

export function skipPostings(input: Input): void {
  input.number()
  const length = input.number()
  input.at += length
}

/** Adds the documents to a set: as `readPostings`, as fast as the engine goes. */
export function addPostings(input: Input, into: Bits): void {
  const kind = input.number()
  const length = input.number()
  const end = input.at + length
  const { bytes } = input
  let at = input.at
  if (kind % 2 === 1) {
    for (let word = 0; at < end; word += 1, at += 4)
      into[word] =
        (into[word] ?? 0) |
        (bytes[at] ?? 0) |
        (at + 1 < end ? (bytes[at + 1] ?? 0) << 8 : 0) |
        (at + 2 < end ? (bytes[at + 2] ?? 0) << 16 : 0) |
        (at + 3 < end ? (bytes[at + 3] ?? 0) << 24 : 0)
  } else {
    let number = -1
    while (at < end) {
      let byte = bytes[at++] ?? 0
      let distance = byte & 127
      for (let shift = 7; byte > 127 && shift < 35; shift += 7) {
        byte = bytes[at++] ?? 0
        distance |= (byte & 127) << shift
      }
      number += distance + 1
      into[number >> 5] = (into[number >> 5] ?? 0) | (1 << (number & 31))
    }
  }
  input.at = end
}

/** Calls back with each document, ascending. */
export function readPostings(input: Input, visit: (document: number) => void): void {
  const kind = input.number()
  const length = input.number()
  const end = input.at + length
  const { bytes } = input
  if (kind % 2 === 1) {
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[input.at + at] ?? 0
      for (let bit = 0; byte >> bit !== 0; bit += 1) if ((byte >> bit) & 1) visit(at * 8 + bit)
    }
  } else {
    let number = -1
    while (input.at < end) {
      number += input.number() + 1
      visit(number)
    }
  }
  input.at = end
}
