import { unreadableExchangeTable } from '@contract/tables/unreadable-exchanges'
import { newPartKey, openPart, sealPart } from '../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../core/vault/box/vault-crypto.ts'
import type { StoredBytes } from '../../../core/records/ports.ts'
import { letGo } from '../../files/let-go.ts'
import type { Database } from '../database.ts'
import { StorageError } from '../failure.ts'
import { readRow } from '../stores/rows/row.ts'

/** Bytes of one piece of a body: what the page asks for at once, so that a range touches two pieces at most. */
export const pieceSize = 262_144

/** A body, read range by range: bytes, or what lies somewhere else. */
export type Body = StoredBytes

/** Whose part it is, and what opens it. */
export interface Owner {
  userId: string
  id: string
  /** The key of this exchange's parts. */
  key: Uint8Array
}

/** Views and bodies, sealed in pieces: SQLite loads a whole value even for a `substr`, so one value of 64 MB would cost
 *  64 MB a range. */
export function createParts(history: Database, crypto: VaultCrypto) {
  const insert = history.prepare('INSERT OR REPLACE INTO parts (exchange_id, part, bytes) VALUES (?, ?, ?)')
  const one = history.prepare('SELECT bytes FROM parts WHERE exchange_id = ? AND part = ?')
  const range = history.prepare(
    'SELECT part, bytes FROM parts WHERE exchange_id = ? AND part BETWEEN ? AND ? ORDER BY part',
  )
  const place = ({ userId, id }: Owner, part: number): string[] => ['part', userId, id, String(part)]

  function write(owner: Owner, part: number, plain: Uint8Array): void {
    const sealed = sealPart(crypto, owner.key, place(owner, part), plain)
    insert.run(owner.id, part, sealed)
    // The database has a copy.
    letGo(sealed)
  }
  function opened(owner: Owner, part: number, sealed: Uint8Array): Uint8Array {
    const plain = openPart(crypto, owner.key, place(owner, part), sealed)
    return plain ?? damaged()
  }
  function damaged(): never {
    throw new StorageError({ code: 'exchange_damaged', ...unreadableExchangeTable.exchange_damaged })
  }

  return {
    newKey: () => newPartKey(crypto),
    writeView: (owner: Owner, view: string): void => write(owner, 0, new TextEncoder().encode(view)),
    readView: (owner: Owner): string => {
      const row = one.get(owner.id, 0)
      if (row === undefined) return damaged()
      return new TextDecoder().decode(opened(owner, 0, readRow(history, row).bytes('bytes')))
    },
    /** Writes a piece of a body, counted from 0. */
    writePiece: (owner: Owner, piece: number, bytes: Uint8Array): void => write(owner, piece + 1, bytes),
    /** The bytes from `offset`, at most `length` of them; empty behind the end. */
    readBody: (owner: Owner, offset: number, length: number, total: number): Uint8Array => {
      const end = Math.min(offset + length, total)
      if (offset < 0 || offset >= end) return new Uint8Array(0)
      const answer = new Uint8Array(end - offset)
      const first = Math.floor(offset / pieceSize)
      let filled = 0
      for (const row of range.all(owner.id, first + 1, Math.floor((end - 1) / pieceSize) + 1)) {
        const read = readRow(history, row)
        const part = read.number('part')
        const start = (part - 1) * pieceSize
        const bytes = opened(owner, part, read.bytes('bytes')).subarray(
          Math.max(0, offset - start),
          end - start,
        )
        answer.set(bytes, Math.max(0, start - offset))
        filled += bytes.byteLength
      }
      return filled === answer.byteLength ? answer : damaged()
    },
  }
}

export type Parts = ReturnType<typeof createParts>

const pageSize = 4096
/** What nonce, tag, row and index entries take beside the bytes themselves. */
const besides = 160

/** Bytes that a view and a body take in the file: what has no room beside others takes pages of its own. */
export function storedSize(viewBytes: number, bodySize: number): number {
  const pieces = Math.floor(bodySize / pieceSize)
  const whole = pieces * onDisk(pieceSize)
  const rest = bodySize % pieceSize
  return whole + (rest > 0 ? onDisk(rest) : 0) + onDisk(viewBytes) + headRoom
}

/** A row with its head and its place in three indexes. */
const headRoom = 1_024

function onDisk(bytes: number): number {
  const all = bytes + besides
  return all <= pageSize / 2 ? all : Math.ceil(all / (pageSize - 4)) * pageSize
}
