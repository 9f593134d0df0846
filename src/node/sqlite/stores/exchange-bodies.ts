import type { Database } from '../database.ts'
import { storageFailures, StorageError } from '../failure.ts'
import { readRow } from './row.ts'

/** Bytes of one piece: what the page asks for at once, so that a range touches two pieces at most. */
export const pieceSize = 262_144

/** Bodies in pieces: SQLite loads a whole value even for a `substr`, so one value of 64 MB would cost 64 MB
 *  a range. */
export function createExchangeBodies(db: Database) {
  const insert = db.prepare('INSERT INTO exchange_body_pieces (exchange_id, piece, bytes) VALUES (?, ?, ?)')
  const range = db.prepare(
    'SELECT piece, bytes FROM exchange_body_pieces WHERE exchange_id = ? AND piece BETWEEN ? AND ? ORDER BY piece',
  )

  return {
    write: (exchangeId: string, body: Uint8Array): void => {
      for (let piece = 0; piece * pieceSize < body.byteLength; piece += 1)
        insert.run(exchangeId, piece, body.subarray(piece * pieceSize, (piece + 1) * pieceSize))
    },
    /** The bytes from `offset`, at most `length` of them; empty behind the end. */
    read: (exchangeId: string, offset: number, length: number, total: number): Uint8Array => {
      const end = Math.min(offset + length, total)
      if (offset < 0 || offset >= end) return new Uint8Array(0)
      const answer = new Uint8Array(end - offset)
      const first = Math.floor(offset / pieceSize)
      let filled = 0
      for (const row of range.all(exchangeId, first, Math.floor((end - 1) / pieceSize))) {
        const read = readRow(db, row)
        const start = read.number('piece') * pieceSize
        const bytes = read.bytes('bytes').subarray(Math.max(0, offset - start), end - start)
        answer.set(bytes, Math.max(0, start - offset))
        filled += bytes.byteLength
      }
      if (filled !== answer.byteLength)
        throw new StorageError(storageFailures.corrupt(db.name, 'a piece of a body is missing'))
      return answer
    },
  }
}
