/** The network settings of a user. */
export interface NetworkRecord {
  /** JSON, without what is secret. */
  document: string
  /** JSON of what is secret, sealed at `network_settings.secrets` for this very document: whoever edits the database
   *  can lead messages nowhere else. */
  sealedSecrets: Uint8Array
}

/** Keeps network settings. Every write is durable when it returns. */
export interface NetworkStore {
  get(userId: string): NetworkRecord | undefined
  save(userId: string, record: NetworkRecord): void
}
