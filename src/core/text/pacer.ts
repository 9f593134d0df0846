/** Milliseconds that one piece of long work takes. */
const piece = 20

/** Cuts long work on the one thread that all calls share into pieces. */
export interface Pacer {
  /** Whether the piece has been long enough. */
  isDue(): boolean
  /** Lets everyone else have a turn; a new piece begins. */
  turn(): Promise<void>
}

/** Makes a pacer whose first piece begins now. */
export function createPacer(
  clock: { now(): number },
  after: (milliseconds: number, then: () => void) => unknown,
): Pacer {
  let since = clock.now()
  return {
    // A clock that was set back must not make the piece endless.
    isDue: () => Math.abs(clock.now() - since) >= piece,
    turn: async () => {
      await new Promise<void>((done) => void after(0, done))
      since = clock.now()
    },
  }
}
