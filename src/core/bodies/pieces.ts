/** Reads bytes of a body from `from` up to `to`; fewer where it does not reach that far. */
export type ReadBytes = (from: number, to: number) => Uint8Array

/** What one row shows of a long text, in characters. */
const longestShown = 4_000

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes as text, cut off where they are long. */
export function shownText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes.subarray(0, longestShown * 4))
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

/** Goes through a body from `offset` on, piece by piece, until `look` has seen enough or it ends. */
export function readOn(
  read: ReadBytes,
  offset: number,
  look: (piece: Uint8Array, at: number) => boolean,
  size = 65_536,
): void {
  for (let at = offset; ;) {
    const piece = read(at, at + size)
    if (piece.length === 0 || !look(piece, at)) return
    at += piece.length
  }
}
