/** A token that a user pinned to the token bench; its document, with its name, is sealed at `pinned_tokens.content`. */
export interface Pin {
  id: string
  userId: string
  /** What an earlier version stored beside the seal; empty where the name is sealed. */
  plainName: string
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
  /** Puts another content in its place; no name is beside it from then on. */
  write(userId: string, id: string, sealedContent: Uint8Array): void
}
