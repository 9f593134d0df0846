/** What the page has open, of one user. */
interface KeptPageRecord {
  /** JSON of tabs and drafts. */
  sealedTabs: Uint8Array
  /** The same without its secrets, as saved requests are; only where the vault can keep nothing on the disk. */
  openTabs?: string
}

/** Keeps what the page has open. Every write is durable when it returns. */
export interface KeptPageStore {
  get(userId: string): KeptPageRecord | undefined
  save(userId: string, record: KeptPageRecord): void
}
