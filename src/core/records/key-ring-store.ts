/** A key of the key ring; the JWK is sealed at `ring_keys.key`. */
export interface RingKey {
  id: string
  userId: string
  name: string
  sealedKey: Uint8Array
  /** Milliseconds since 1970. */
  createdAt: number
}

/** Keys that a user made or imported. Every write is durable when it returns. */
export interface KeyRingStore {
  /** The oldest first. */
  list(userId: string): RingKey[]
  get(userId: string, id: string): RingKey | undefined
  add(key: RingKey): void
  rename(userId: string, id: string, name: string): void
}
