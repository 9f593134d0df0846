/** A part that was deleted out of a sealed document; its text is sealed at `deleted_parts.part`. In the table only on its
 *  way into the bin, and from there back into its document. */
export interface DeletedPart {
  id: string
  userId: string
  kind: 'cookie' | 'server'
  /** Of a cookie: whose jar it belongs to. */
  environmentId?: string
  accountId?: string
  sealedPart: Uint8Array
}

/** Keeps deleted parts. Every write is durable when it returns. */
export interface DeletedPartStore {
  add(part: DeletedPart): void
  list(userId: string, kind: DeletedPart['kind']): DeletedPart[]
  remove(userId: string, id: string): void
}
