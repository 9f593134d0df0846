import {
  columnBlockCount,
  columnsAtOnce,
  newColumns,
  readColumns,
  type Columns,
} from '../../../../core/search/columns.ts'
import type { Written } from '../../../../core/search/build-segment.ts'
import { openSegment, type Segment } from '../../../../core/search/segment-reader.ts'
import { parseJson } from '../../../../core/text/parse-json.ts'
import { newPartKey, openPart, sealPart, type HistoryKeys } from '../../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../../core/vault/box/vault-crypto.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../stores/rows/row.ts'

/** What is readable of a segment. */
export interface SegmentRow {
  id: number
  userId: string
  keyId: string
  /** Numbers of its first and last row. */
  first: number
  last: number
  /** Times of its newest and oldest. */
  newest: number
  oldest: number
  documents: number
}

export interface OpenSegment extends SegmentRow {
  segment: Segment
  columnsOf: (document: number) => { columns: Columns; at: number }
}

/** Blocks of a segment at most. */
const blocksEach = 1 << 20
/** Opened blocks that are kept in memory, in bytes. */
const keptBytes = 16 * 1024 * 1024
const keyLength = 32
/** Blocks that are taken away in one turn. */
const sweptAtOnce = 64

/** Segments of the words that exchanges are found by, sealed: the head, with the key of the blocks, under the key of the
 *  exchanges that it knows, so that it goes when they go. */
export function createSegments(history: Database, keys: HistoryKeys, crypto: VaultCrypto) {
  const all = history.prepare(`
    SELECT id, user_id, key_id, first, last, newest, oldest, documents FROM search_segments
    WHERE user_id = ? ORDER BY newest DESC, id DESC`)
  const head = history.prepare('SELECT head FROM search_segments WHERE id = ?').pluck()
  const insert = history.prepare(`
    INSERT INTO search_segments (id, user_id, key_id, first, last, newest, oldest, documents, head)
    VALUES (@id, @userId, @keyId, @first, @last, @newest, @oldest, @documents, @head)`)
  const remove = history.prepare('DELETE FROM search_segments WHERE id = ?')
  const insertBlock = history.prepare('INSERT INTO search_blocks (place, bytes) VALUES (?, ?)')
  const block = history.prepare('SELECT bytes FROM search_blocks WHERE place = ?').pluck()
  const highest = history
    .prepare(
      `SELECT max((SELECT coalesce(max(id), 0) FROM search_segments),
        (SELECT coalesce(max(place), 0) / ${blocksEach} FROM search_blocks),
        (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'search_segments'))`,
    )
    .pluck()

  const through = history.prepare('SELECT max(last) FROM search_segments WHERE user_id = ?').pluck()

  const opened = new Map<string, OpenSegment[]>()
  const heads = new Map<number, OpenSegment>()
  const blocks = new Map<number, Uint8Array>()
  let kept = 0
  /** The last identifier that was given to one. */
  let given = 0

  const headPlace = (row: SegmentRow): string[] => [
    'search',
    row.userId,
    row.keyId,
    ...[row.id, row.first, row.last, row.newest, row.oldest, row.documents].map(String),
  ]
  const blockPlace = (userId: string, id: number, number: number): string[] => [
    'search block',
    userId,
    String(id),
    String(number),
  ]

  function keep(place: number, bytes: Uint8Array): void {
    blocks.set(place, bytes)
    kept += bytes.byteLength
    for (const [oldest, gone] of blocks) {
      if (kept <= keptBytes) break
      blocks.delete(oldest)
      kept -= gone.byteLength
    }
  }
  function loaderOf(userId: string, id: number, key: Uint8Array) {
    return (number: number): Uint8Array => {
      const place = id * blocksEach + number
      const known = blocks.get(place)
      if (known) {
        blocks.delete(place)
        blocks.set(place, known)
        return known
      }
      const sealed: unknown = block.get(place)
      const plain =
        sealed instanceof Uint8Array
          ? openPart(crypto, key, blockPlace(userId, id, number), sealed)
          : undefined
      if (plain === undefined) throw new SearchDamaged()
      keep(place, plain)
      return plain
    }
  }
  function drop(userId: string, rows: readonly SegmentRow[]): void {
    for (const { id } of rows) {
      remove.run(id)
      heads.delete(id)
    }
    opened.delete(userId)
  }
  function rows(userId: string): SegmentRow[] {
    return all.all(userId).map((row) => {
      const read = readRow(history, row)
      return {
        id: read.number('id'),
        userId: read.text('user_id'),
        keyId: read.text('key_id'),
        first: read.number('first'),
        last: read.number('last'),
        newest: read.number('newest'),
        oldest: read.number('oldest'),
        documents: read.number('documents'),
      }
    })
  }
  /** `undefined` where its key is gone or it is damaged. */
  function openRow(known: SegmentRow): { row: SegmentRow; open: OpenSegment | undefined } {
    const earlier = heads.get(known.id)
    if (earlier) return { row: known, open: earlier }
    const key = keys.find(known.userId, known.keyId)
    const sealed: unknown = head.get(known.id)
    const plain =
      key && sealed instanceof Uint8Array ? openPart(crypto, key.bytes, headPlace(known), sealed) : undefined
    const parsed = plain && parseJson(new TextDecoder().decode(plain.subarray(keyLength)))
    if (plain === undefined || parsed === undefined) return { row: known, open: undefined }
    const open = readHead(known, plain.slice(0, keyLength), parsed.value)
    if (open) heads.set(known.id, open)
    return { row: known, open }
  }
  function readHead(known: SegmentRow, key: Uint8Array, value: unknown): OpenSegment | undefined {
    const { terms, beginnings } = value as Record<string, unknown>
    if (!isTexts(terms) || !isTexts(beginnings)) return undefined
    const load = loaderOf(known.userId, known.id, key)
    const segment = openSegment(
      known.documents,
      columnBlockCount(known.documents),
      { terms, beginnings },
      load,
    )
    let last: { number: number; columns: Columns } | undefined
    return {
      ...known,
      segment,
      columnsOf(document) {
        const number = Math.floor(document / columnsAtOnce)
        if (last?.number !== number) last = { number, columns: readColumns(load(number)) }
        return { columns: last.columns, at: document % columnsAtOnce }
      },
    }
  }
  function list(userId: string): OpenSegment[] {
    const known = opened.get(userId)
    if (known) return known
    const found = rows(userId).map(openRow)
    const lost = found.filter(({ open }) => open === undefined)
    // One whose key is missing stays with its exchanges: they may come back with a backup. The others are made again.
    if (lost.some(({ row }) => keys.find(userId, row.keyId) !== undefined)) {
      drop(
        userId,
        found.map(({ row }) => row),
      )
      opened.set(userId, [])
      return []
    }
    const read = found.flatMap(({ open }) => (open === undefined ? [] : [open]))
    opened.set(userId, read)
    return read
  }
  /** Takes an unfinished one's place: its blocks can be written before it is there. */
  function begin(userId: string) {
    const id = Math.max(highest.get() as number, given) + 1
    given = id
    const key = newPartKey(crypto)
    let count = 0
    return {
      id,
      put(bytes: Uint8Array): void {
        insertBlock.run(id * blocksEach + count, sealPart(crypto, key, blockPlace(userId, id, count), bytes))
        count += 1
      },
      /** Puts it in the place of others. To be called in a transaction. */
      finish(
        range: Pick<SegmentRow, 'keyId' | 'first' | 'last'>,
        { columns, dictionary }: Written,
        replaced: readonly SegmentRow[] = [],
      ): void {
        drop(userId, replaced)
        const documents = columns.numbers.length
        const historyKey = keys.find(userId, range.keyId)
        if (historyKey === undefined || documents === 0) return
        const row: SegmentRow = {
          id,
          userId,
          ...range,
          newest: columns.times[0] ?? 0,
          oldest: columns.times[documents - 1] ?? 0,
          documents,
        }
        const text = new TextEncoder().encode(JSON.stringify(dictionary))
        const plain = new Uint8Array(keyLength + text.byteLength)
        plain.set(key)
        plain.set(text, keyLength)
        insert.run({ ...row, head: sealPart(crypto, historyKey.bytes, headPlace(row), plain) })
        plain.fill(0)
      },
    }
  }

  const firstBlock = history.prepare('SELECT min(place) FROM search_blocks WHERE place >= ?').pluck()
  const isSegment = history.prepare('SELECT 1 FROM search_segments WHERE id = ?')
  const removeBlocks = history.prepare('DELETE FROM search_blocks WHERE place >= ? AND place < ?')
  /** Takes away some blocks that belong to no segment, while none is being written; returns whether there may be more. */
  function sweep(): boolean {
    for (let place: unknown = 0; ;) {
      place = firstBlock.get(place)
      if (typeof place !== 'number') return false
      const id = Math.floor(place / blocksEach)
      if (isSegment.get(id) === undefined) {
        removeBlocks.run(place, Math.min(place + sweptAtOnce, (id + 1) * blocksEach))
        return true
      }
      place = (id + 1) * blocksEach
    }
  }

  return {
    /** All of a user, also those that do not open. */
    rows,
    list,
    begin,
    sweep,
    /** Numbers of the last rows that any segment of a user has. */
    through: (userId: string): number => (through.get(userId) as number | null) ?? 0,
    columnsOf(open: OpenSegment): Columns {
      const whole = newColumns(open.documents)
      for (let document = 0; document < open.documents; document += columnsAtOnce) {
        const { columns } = open.columnsOf(document)
        whole.numbers.set(columns.numbers, document)
        whole.times.set(columns.times, document)
        whole.durations.set(columns.durations, document)
      }
      return whole
    },
    remove: drop,
    refresh(): void {
      opened.clear()
      heads.clear()
    },
    forget(): void {
      opened.clear()
      heads.clear()
      blocks.clear()
      kept = 0
    },
  }
}

/** Thrown where a block does not open. */
export class SearchDamaged extends Error {}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
