import { createCipheriv, createDecipheriv } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { letGo } from '../files/let-go.ts'

/** Bytes of one piece of a body; the last may be shorter. */
export const pieceSize = 262_144
const tagSize = 16
const slotSize = pieceSize + tagSize

/** A file of sealed pieces, each in its place: AES-256-GCM under a key that is in memory alone, so that nothing can read
 *  what a crash leaves. A piece is written twice at most: as it came, and covered. */
export interface SealedFile {
  write: (piece: number, state: PieceState, bytes: Uint8Array) => void
  /** `length`: of the piece, which the file does not say. Nothing where it is damaged or was not written so. */
  read: (piece: number, state: PieceState, length: number) => Uint8Array | undefined
  close: () => void
}

type PieceState = 'came' | 'covered'

/** Opens or makes it, for its owner alone. Throws the system's errors. */
export function openSealedFile(path: string, key: Uint8Array, make: boolean): SealedFile {
  const file = openSync(path, make ? 'wx+' : 'r', 0o600)
  let open = true
  /** Room for a piece as it is read, used again and again. */
  let room: Buffer | undefined

  function put(bytes: Uint8Array, place: number): void {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, place + at)
  }

  return {
    write(piece, state, bytes) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece, state))
      const place = piece * slotSize
      const sealed = cipher.update(bytes)
      put(sealed, place)
      letGo(sealed)
      put(Buffer.concat([cipher.final(), cipher.getAuthTag()]), place + bytes.length)
    },
    read(piece, state, length) {
      if (!open) return undefined
      const sealed = (room ??= Buffer.allocUnsafeSlow(slotSize)).subarray(0, length + tagSize)
      let filled = 0
      while (filled < sealed.length) {
        const read = readSync(file, sealed, filled, sealed.length - filled, piece * slotSize + filled)
        if (read === 0) return undefined
        filled += read
      }
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece, state))
      decipher.setAuthTag(sealed.subarray(length))
      try {
        const plain = decipher.update(sealed.subarray(0, length))
        decipher.final()
        return plain
      } catch {
        return undefined
      }
    },
    close() {
      if (!open) return
      open = false
      closeSync(file)
    },
  }
}

/** Takes a file away, its room on the disk first. */
export function removeSealedFile(path: string): void {
  try {
    const file = openSync(path, 'r+')
    try {
      ftruncateSync(file)
    } finally {
      closeSync(file)
    }
    unlinkSync(path)
  } catch {
    // It is gone, or goes at the next start.
  }
}

/** The key is of one file, so that a piece's number and state are never the same twice. */
function nonceOf(piece: number, state: PieceState): Uint8Array {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(state === 'came' ? 1 : 2, 0)
  nonce.writeUInt32BE(piece, 8)
  return nonce
}
