import type { HttpAnswer, ReceiveBody } from '../../http/wire.ts'

/** Bytes of a body that captures look into. */
const capturedBodyLimit = 16_777_216

/** A body as it came, or why it cannot be looked into. */
export interface RawBody {
  /** Receives as before, and holds what comes up to the limit. */
  receive: ReceiveBody | undefined
  /** To be asked before the body is covered, which happens in its place. */
  of: (answer: HttpAnswer) => SeenBody
}
export type SeenBody = { bytes: Uint8Array } | { reason: string }

/** Holds a long body beside where it is led, which covers what is secret in it. `isWanted`: whether anything of it is
 *  to be captured. */
export function createRawBody(receive: ReceiveBody | undefined, isWanted: boolean): RawBody {
  if (!isWanted) return { receive, of: () => ({ reason: '' }) }
  if (receive === undefined) return { receive, of: ofAnswer }
  let held: Uint8Array[] = []
  let size = 0
  return {
    receive: async (head) => {
      // Another response of the same sending comes anew.
      held = []
      size = 0
      const sink = await receive(head)
      return (
        sink && {
          write: async (piece) => {
            size += piece.byteLength
            if (size <= capturedBodyLimit) held.push(copyOf(piece))
            else held = []
            await sink.write(piece)
          },
          end: () => sink.end(),
        }
      )
    },
    of: (answer) => {
      if (answer.elsewhere === undefined || answer.problem !== undefined) return ofAnswer(answer)
      if (size > capturedBodyLimit) return tooMuch
      const bytes = new Uint8Array(size)
      let at = 0
      for (const piece of held) {
        bytes.set(piece, at)
        at += piece.byteLength
      }
      held = []
      return { bytes }
    },
  }
}

const tooMuch = { reason: 'The body is over 16 MB, too large to capture from.' }

function ofAnswer({ body, problem, truncated, elsewhere }: HttpAnswer): SeenBody {
  if (problem !== undefined) return { reason: 'The response broke off.' }
  if (elsewhere !== undefined || truncated || body.byteLength > capturedBodyLimit) return tooMuch
  return { bytes: copyOf(body) }
}

/** Bytes of their own: those of a Buffer’s `slice` are the Buffer’s. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
