/** What a run is asked for. */
interface Asked {
  count: number
  seed: number
  /** What another call may wait beside it, in milliseconds. */
  longest: number
  /** Tells how far it is, for a person who waits. */
  tell: (line: string) => void
}

/** What came of it. `wrong` names each thing that must not be, a few of them in full. */
export interface Outcome {
  tried: number
  wrong: string[]
  figures: Record<string, number>
}

/** A kind of attack, in a file of its own; `run.ts` lists them. */
export type Attack = (asked: Asked) => Promise<Outcome>
