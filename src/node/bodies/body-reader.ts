import { letGo } from '../files/let-go.ts'
import { openSealedFile, pieceSize, type SealedFile } from './sealed-file.ts'

/** Reads the covered bytes of a body that is whole, in the thread of whoever asks. */
export interface BodyReader {
  /** Fewer bytes where they can't be had. */
  read: (from: number, to: number) => Uint8Array
  close: () => void
}

export function createBodyReader(path: string, key: Uint8Array, size: () => number): BodyReader {
  let file: SealedFile | undefined
  let closed = false
  let kept: { number: number; bytes: Uint8Array } | undefined

  function pieceOf(number: number): Uint8Array | undefined {
    if (kept?.number === number) return kept.bytes
    try {
      file ??= openSealedFile(path, key, false)
    } catch {
      return undefined
    }
    const length = Math.min(pieceSize, size() - number * pieceSize)
    const bytes = file.read(number, 'covered', length)
    if (bytes === undefined) return undefined
    // What is read was copied from it.
    if (kept !== undefined) letGo(kept.bytes)
    kept = { number, bytes }
    return bytes
  }

  return {
    read(from, to) {
      const end = Math.min(to, size())
      const out = new Uint8Array(Math.max(0, end - from))
      let filled = 0
      while (!closed && filled < out.length) {
        const at = from + filled
        const piece = pieceOf(Math.floor(at / pieceSize))
        if (piece === undefined) break
        const part = piece.subarray(at % pieceSize, (at % pieceSize) + out.length - filled)
        out.set(part, filled)
        filled += part.length
      }
      return out.subarray(0, filled)
    },
    close() {
      closed = true
      kept = undefined
      file?.close()
    },
  }
}
