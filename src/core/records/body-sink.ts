/** Takes a body piece by piece. */
export interface BodySink {
  /** To be waited for before the next piece; whoever gives it may use its room again then. Fails where the piece can't be
   *  kept. */
  write: (piece: Uint8Array) => Promise<void>
  /** Nothing more comes. */
  end: () => void
}
