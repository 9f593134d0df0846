/** What a search of the history looks up before it reads anything: whatever does not fit it is not found. */
export interface HistoryPlan {
  /** Beginnings of words: each has to be there. */
  beginnings: string[]
  /** Words that have to follow one another somewhere. */
  pairs: PlannedPair[]
  fields: { field: PlannedField; fits: (value: string) => boolean }[]
  /** How long it took, in milliseconds. */
  took: ((duration: number) => boolean)[]
  pinned: boolean
  /** The newest is before `before`, the oldest not before `after`. */
  after: number
  before: number
}

/** What is looked up by its whole value, in lower case; empty where there is none: it failed, or had no account. */
export type PlannedField = 'status' | 'method' | 'host' | 'account'

/** A pair of words as it is looked up: terms that begin so and, where there is a `rest`, have it behind one more character. */
export interface PlannedPair {
  beginning: string
  rest?: string
}
