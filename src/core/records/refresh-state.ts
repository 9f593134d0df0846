import type { Failure } from '@contract/result'

/** What must outlast a kill about the refreshing of one token set. Times in milliseconds. */
export interface RefreshState {
  tokenSetId: string
  userId: string
  /** Written before the request goes out. One that is still there at the next start, with the same
   *  `refreshCount`, tells that the response may have been lost on its way to the disk. */
  intent?: { at: number; run: string; refreshCount: number }
  /** The provider no longer accepts this refresh token: not asked again unless a person wants it. */
  refused?: Failure & { at: number }
  /** A rotated refresh token of a response that was not believed, sealed at `refresh_states.aside`. */
  aside?: { at: number; why: string; sealed: Uint8Array }
}

/** Refresh states by token set; they go with their token set. Every write is durable when it returns. */
export interface RefreshStateStore {
  get(tokenSetId: string): RefreshState | undefined
  save(state: RefreshState): void
  clear(tokenSetId: string): void
}
