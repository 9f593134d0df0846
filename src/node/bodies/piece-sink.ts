import type { BodySink } from '../../core/records/body-sink.ts'
import { pieceSize } from './sealed-file.ts'

/** A sink whose pieces travel to another thread and whose buffers come back. */
export interface PieceSink extends BodySink {
  taken: (buffer: ArrayBuffer) => void
  fail: (error: Error) => void
}

interface Parts {
  send: (bytes: ArrayBuffer, length: number) => void
  end: () => void
}

/** Pieces that are on their way at most. */
const mostOut = 16
/** Milliseconds that an unfilled piece waits for more. */
const patience = 60

/** Gathers what comes into pieces of one size, sent on in a few buffers that are used again and again; while the other
 *  side is behind, whoever writes waits. */
export function createPieceSink({ send, end }: Parts): PieceSink {
  const free: ArrayBuffer[] = []
  let out = 0
  let current: Uint8Array<ArrayBuffer> | undefined
  let filled = 0
  /** Bytes of the present piece that are on their way already: no piece goes over the end of its place in the file. */
  let before = 0
  let failure: Error | undefined
  let ended = false
  let timer: NodeJS.Timeout | undefined
  let resume: (() => void) | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (current === undefined || filled === 0) return
    const { buffer } = current
    const length = filled
    current = undefined
    before = (before + filled) % pieceSize
    filled = 0
    out += 1
    send(buffer, length)
  }
  async function room(): Promise<void> {
    while (out >= mostOut && failure === undefined)
      await new Promise<void>((done) => {
        resume = done
      })
    if (failure !== undefined) throw failure
  }

  function refuse(): void {
    if (failure !== undefined) throw failure
  }

  return {
    async write(piece) {
      refuse()
      for (let at = 0; at < piece.length && !ended;) {
        if (current === undefined) {
          await room()
          current = new Uint8Array(free.pop() ?? new ArrayBuffer(pieceSize))
        }
        const part = piece.subarray(at, at + pieceSize - before - filled)
        current.set(part, filled)
        filled += part.length
        at += part.length
        if (before + filled === pieceSize) flush()
      }
      refuse()
      if (filled > 0) timer ??= setTimeout(flush, patience)
    },
    end() {
      if (ended || failure !== undefined) return
      ended = true
      flush()
      end()
    },
    taken(buffer) {
      out -= 1
      if (free.length < mostOut) free.push(buffer)
      resume?.()
    },
    fail(error) {
      failure ??= error
      resume?.()
    },
  }
}
