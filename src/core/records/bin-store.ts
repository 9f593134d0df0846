import type { BinKind } from '@contract/bin'

/** What was deleted as one thing. */
export interface BinRecord {
  id: string
  userId: string
  kind: BinKind
  name: string
  detail?: string
  deletedAt: number
}

/** Deleted things of a user, with all that went with them. Sealed values stay sealed. Every write is durable when it
 *  returns, and whole or not at all. */
export interface BinStore {
  /** Moves the records of these ids, and what goes with them, into the bin; `false` where there are none. */
  discard(record: BinRecord, ids: readonly string[]): boolean
  /** Moves all of the kind into the bin; `false` where there are none. */
  discardAll(record: BinRecord): boolean
  /** Newest first. */
  list(userId: string): BinRecord[]
  /** Puts back what was there; `conflict` where something else has its place, or what it belonged to is gone. */
  restore(userId: string, id: string): 'restored' | 'unknown' | 'conflict'
  erase(userId: string, id: string): void
  eraseAll(userId: string): void
  /** Erases what was deleted before; returns how many entries. */
  eraseOlder(userId: string, before: number): number
  /** Erases what was deleted before and is kept for a short time: history, pinned tokens, cookies, and accounts, alone or with their
   *  connection, with their tokens. */
  eraseBrief(userId: string, before: number): number
}
