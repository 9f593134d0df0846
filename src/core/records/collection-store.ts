/** A folder that a user opened as a collection. */
export interface CollectionRecord {
  id: string
  userId: string
  openedAt: number
  /** See `documents/collection.ts`. */
  document: string
}

/** What a request of a collection has that is never written into its folder. */
export interface CollectionRequestRecord {
  id: string
  userId: string
  collectionId: string
  path: string
  /** Who it calls as. */
  accountId?: string
  sealedSecrets?: Uint8Array
}

/** What a user entered, allowed and captured for a collection. */
interface CollectionMemoryRecord {
  id: string
  userId: string
  collectionId: string
  /** See `documents/collection-memory.ts`. */
  sealedContent: Uint8Array
}

/** Keeps which collections are open. Every write is durable when it returns. */
export interface CollectionStore {
  /** In the order in which they were opened. */
  list(userId: string): CollectionRecord[]
  save(record: CollectionRecord): void
  request(userId: string, collectionId: string, path: string): CollectionRequestRecord | undefined
  /** Those of all collections that have something kept, or were sent. */
  requests(userId: string): Pick<CollectionRequestRecord, 'id' | 'collectionId' | 'path'>[]
  requestById(userId: string, id: string): CollectionRequestRecord | undefined
  /** In the place of what another identifier had at this path. */
  saveRequest(record: CollectionRequestRecord): void
  /** What a request has, or those of a folder have, is of another path from now on; what was of that path is dropped:
   *  its file is gone. `into`: the collection that it is of by then. */
  moveRequests(userId: string, collectionId: string, from: string, to: string, into?: string): void
  memory(userId: string, collectionId: string): CollectionMemoryRecord | undefined
  saveMemory(record: CollectionMemoryRecord): void
}
