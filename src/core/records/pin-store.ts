/** A token that a user pinned to the token bench; its document is sealed at `pinned_tokens.content`. */
export interface Pin {
  id: string
  userId: string
  name: string
  sealedContent: Uint8Array
  /** Milliseconds since 1970. */
  createdAt: number
}

/** Pinned tokens. Every write is durable when it returns. */
export interface PinStore {
  /** The oldest first. */
  list(userId: string): Pin[]
  get(userId: string, id: string): Pin | undefined
  add(pin: Pin): void
  rename(userId: string, id: string, name: string): void
}
