/** A registration that this program made, by its connection. Times in milliseconds. */
export interface RegistrationRecord {
  connectionId: string
  userId: string
  /** Where it can be read, changed and removed (RFC 7592). */
  clientUri: string
  registeredAt: number
  /** Sealed at `registrations.access_token`. */
  sealedAccessToken: Uint8Array
}

/** Registrations by connection; they go with it. Every write is durable when it returns. */
export interface RegistrationStore {
  get(userId: string, connectionId: string): RegistrationRecord | undefined
  save(record: RegistrationRecord): void
}
