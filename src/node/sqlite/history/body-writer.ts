import type { Database } from '../database.ts'
import { onDisk, unhurried } from '../unhurried.ts'
import { inSteps } from './in-steps.ts'
import { pieceSize, type Body, type Owner, type Parts } from './parts.ts'
import type { Sweep } from './sweep.ts'

/** Pieces that are written in one turn: 512 KiB. */
const piecesAtOnce = 2

interface Waiting {
  owner: Owner
  body: Body
  /** The next piece. */
  piece: number
}

/** Writes large bodies a few pieces at a time, after their exchange. Until one is whole on the disk it is read from
 *  here, and its parts count as unwanted, so that a crash leaves no half of it. `whole` is called in the transaction of
 *  its last piece. */
export function createBodyWriter(
  history: Database,
  parts: Parts,
  sweep: Sweep,
  whole: (owner: Owner, size: number) => void,
) {
  const waiting = new Map<string, Waiting>()

  function writeSome(one: Waiting): number {
    const { owner, body } = one
    let { piece } = one
    for (let count = 0; count < piecesAtOnce && piece * pieceSize < body.byteLength; count += 1, piece += 1)
      parts.writePiece(owner, piece, body.subarray(piece * pieceSize, (piece + 1) * pieceSize))
    if (piece * pieceSize >= body.byteLength) whole(owner, body.byteLength)
    return piece
  }

  function drop(id: string): void {
    const one = waiting.get(id)
    if (one === undefined) return
    waiting.delete(id)
    one.body.done?.()
    sweep.letGo()
  }
  /** One that lies elsewhere may not be whole there yet; what never will be goes. */
  async function isReady(): Promise<boolean> {
    const one = waiting.values().next().value
    if (one?.body.whole === undefined) return true
    try {
      await one.body.whole
      return true
    } catch {
      drop(one.owner.id)
      return false
    }
  }
  function step(): boolean {
    const one = waiting.values().next().value
    if (one === undefined) return false
    one.piece = unhurried(history, () => writeSome(one))
    if (one.piece * pieceSize >= one.body.byteLength) drop(one.owner.id)
    return true
  }

  function isAtHand(): boolean {
    return waiting.values().next().value?.body.isWhole?.() !== false
  }

  const writing = inSteps(history, async () => {
    if (!(await isReady())) return waiting.size > 0
    if (!history.open || !step()) return false
    await onDisk(history)
    return true
  })
  return {
    write(owner: Owner, body: Body): void {
      sweep.hold()
      waiting.set(owner.id, { owner, body, piece: 0 })
      void writing.run()
    },
    /** A body that is not whole on the disk yet. */
    body: (id: string): Body | undefined => waiting.get(id)?.body,
    drop,
    /** Waits until all is written, or the disk fails. */
    settle: (): Promise<void> => writing.run(),
    /** Writes what waits, at once. */
    finish(): void {
      try {
        while (history.open && isAtHand() && step());
      } catch {
        // A full disk: the exchange stays, its body goes.
      }
      for (const id of [...waiting.keys()]) drop(id)
    },
  }
}
