import type { BodyRows, BodyState } from '@contract/bodies'
import type { Failure } from '@contract/result'
import { bodyType } from '../../core/bodies/body-type.ts'
import { createJsonLines, type JsonLines, type Lines } from '../../core/bodies/json-lines.ts'
import { tableOfCsv, tableOfList, tableOfRecords, type BodyTable } from '../../core/bodies/body-table.ts'
import { createCsvRecords } from '../../core/bodies/csv-records.ts'
import {
  createEventLines,
  createRecordLines,
  createTextLines,
  type PlacedLines,
} from '../../core/bodies/text-lines.ts'
import { findInBody } from '../../core/http/cover-answer.ts'
import { createCoverStream, type CoverStream } from '../../core/http/cover-stream.ts'
import { charsetOf, isText } from '../../core/http/body-text.ts'
import type { BodySecrets } from '../../core/records/body-shelf.ts'
import { createScrubber } from '../../core/secrecy/scrub.ts'
import { diskFailure } from './disk-failure.ts'
import { delimiterFor, streamKind } from './body-kind.ts'
import { letGo } from '../files/let-go.ts'
import { openSealedFile, pieceSize, removeSealedFile, type SealedFile } from './sealed-file.ts'

/** Pieces that wait in memory to be covered; more wait on the disk. */
const mostWaiting = 8
const keptPieces = 8

/** A body in the thread: sealed on the disk as it comes, then covered and looked through for lines, piece by piece. */
export interface Shelved {
  /** Takes a piece; `taken` is called when its buffer is free. */
  take: (bytes: Uint8Array, taken: () => void) => void
  end: () => void
  /** Covers a piece; false where there is nothing to do. */
  work: () => boolean
  state: () => BodyState
  read: (from: number, to: number) => Uint8Array
  lines: (as: BodyRows['as']) => Lines | undefined
  json: () => JsonLines | undefined
  table: () => BodyTable | undefined
  close: () => void
}

interface About {
  id: string
  file: string
  key: Uint8Array
  contentType: string
  /** Left out where it was covered before. */
  secrets: BodySecrets | undefined
}

type Waiting = { bytes: Uint8Array; taken: () => void } | { piece: number; length: number }

export function createShelved({ id, file, key, contentType: declared, secrets }: About): Shelved {
  let disk: SealedFile | undefined
  let cover: CoverStream | undefined
  let waiting: Waiting[] = []
  let received = 0
  let ended = false
  let whole = false
  let failure: Failure | undefined
  /** Readable bytes: full pieces on the disk, and what is in `last`. */
  let size = 0
  const last = new Uint8Array(pieceSize)
  const kept = new Map<number, Uint8Array>()

  let json: JsonLines | undefined
  let text: Lines | undefined
  let records: Lines | undefined
  /** Of a list in JSON it is known when it comes. */
  let table: BodyTable | undefined
  let csv: PlacedLines | undefined

  function open(first: Uint8Array): void {
    const { contentType } = bodyType(first, declared)
    const kind = streamKind(contentType)
    const textual = isText(first, contentType)
    if (kind === 'lines' || /[/+]json\b/i.test(contentType.slice(0, 500)))
      json = createJsonLines(read, kind === 'lines')
    if (textual || json !== undefined) text = createTextLines(read)
    if (kind === 'events') records = createEventLines(read)
    else if (kind === 'lines') {
      const placed = createRecordLines(read)
      records = placed
      table = tableOfRecords(read, placed)
    }
    const delimiter = textual ? delimiterFor(first, contentType) : undefined
    if (delimiter !== undefined) {
      csv = createCsvRecords(read, delimiter)
      table = tableOfCsv(read, csv, { delimiter, charset: charsetOf(first, contentType) })
    }
    if (secrets === undefined) return
    const find = findInBody(first, contentType, secrets.short)
    cover = createCoverStream({ find, scrub: createScrubber(secrets.known), byLine: kind !== undefined })
  }

  function onDisk(): SealedFile {
    return (disk ??= openSealedFile(file, key, true))
  }
  function failed(error: unknown): void {
    failure ??= diskFailure(error)
    for (const one of waiting) if ('taken' in one) one.taken()
    waiting = []
  }

  /** Bytes that can be shown from now on. */
  function add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const begin = size % pieceSize
      const part = bytes.subarray(at, at + pieceSize - begin)
      last.set(part, begin)
      const offset = size
      size += part.length
      at += part.length
      if (size % pieceSize === 0) onDisk().write(size / pieceSize - 1, 'covered', last)
      for (const lines of [json, text, records, csv]) lines?.push(part, offset)
    }
  }
  function finish(): void {
    if (cover !== undefined) add(cover.end())
    const rest = size % pieceSize
    if (rest > 0) onDisk().write(Math.floor(size / pieceSize), 'covered', last.subarray(0, rest))
    json?.end()
    whole = true
  }

  function pieceOf(number: number): Uint8Array | undefined {
    if (number === Math.floor(size / pieceSize)) return last.subarray(0, size % pieceSize)
    const known = kept.get(number)
    if (known !== undefined) return known
    const piece = disk?.read(number, 'covered', pieceSize)
    if (piece === undefined) return undefined
    kept.set(number, piece)
    const [oldest] = kept.keys()
    if (kept.size > keptPieces && oldest !== undefined) kept.delete(oldest)
    return piece
  }
  function read(from: number, to: number): Uint8Array {
    const end = Math.min(to, size)
    if (from >= end) return new Uint8Array()
    const first = Math.floor(from / pieceSize)
    const inside = from - first * pieceSize
    // Most ranges are within one piece, which is not copied.
    if (inside + end - from <= pieceSize)
      return pieceOf(first)?.subarray(inside, inside + end - from) ?? new Uint8Array()
    const out = new Uint8Array(end - from)
    let filled = 0
    for (let at = from; at < end; at = from + filled) {
      const piece = pieceOf(Math.floor(at / pieceSize))
      if (piece === undefined) break
      const part = piece.subarray(at % pieceSize, (at % pieceSize) + end - at)
      out.set(part, filled)
      filled += part.length
    }
    return out.subarray(0, filled)
  }

  function workOn(one: Waiting): void {
    if ('taken' in one) {
      if (size === 0 && text === undefined && json === undefined && records === undefined) open(one.bytes)
      add(cover === undefined ? one.bytes : cover.push(one.bytes))
      one.taken()
      return
    }
    const bytes = onDisk().read(one.piece, 'came', one.length)
    if (bytes === undefined) throw new Error('a piece is damaged')
    add(cover === undefined ? bytes : cover.push(bytes))
    letGo(bytes)
  }

  function tableNow(): BodyTable | undefined {
    const list = table === undefined && json?.fault() === undefined ? json?.list() : undefined
    if (list !== undefined) table = tableOfList(read, list)
    return table
  }

  return {
    take(bytes, taken) {
      const piece = Math.floor(received / pieceSize)
      // Only whole pieces have a place of their own.
      const fits = received % pieceSize === 0 && bytes.length === pieceSize
      received += bytes.length
      if (failure !== undefined) return taken()
      if (waiting.length < mostWaiting || !fits) {
        waiting.push({ bytes, taken })
        return
      }
      try {
        onDisk().write(piece, 'came', bytes)
        waiting.push({ piece, length: bytes.length })
      } catch (error) {
        failed(error)
      }
      taken()
    },
    end: () => void (ended = true),
    work() {
      if (failure !== undefined || whole) return false
      const one = waiting.shift()
      if (one === undefined && !ended) return false
      try {
        if (one === undefined) finish()
        else workOn(one)
      } catch (error) {
        if (one !== undefined && 'taken' in one) one.taken()
        failed(error)
      }
      return true
    },
    state() {
      const fault = json?.fault()
      return {
        id,
        received,
        size,
        whole,
        ...(json !== undefined && fault === undefined && { json: json.count() }),
        ...(fault !== undefined && { jsonFault: fault }),
        ...(fault === undefined &&
          json !== undefined &&
          json.doubled().count > 0 && { doubled: json.doubled() }),
        ...(text !== undefined && { text: text.count() }),
        ...(records !== undefined && { records: records.count() }),
        ...(tableNow() !== undefined && { table: tableNow()?.count() ?? 0 }),
        ...(failure !== undefined && { failure }),
      }
    },
    read,
    lines: (as) => (as === 'json' ? json : as === 'text' ? text : as === 'records' ? records : undefined),
    json: () => json,
    table: tableNow,
    close() {
      disk?.close()
      removeSealedFile(file)
    },
  }
}
