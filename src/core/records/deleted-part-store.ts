import type { BinKind } from '@contract/bin'

/** What is deleted out of a document, by the kind that the bin calls it. */
export const partKinds = ['cookie', 'server', 'login', 'captured'] as const satisfies readonly BinKind[]
export type PartKind = (typeof partKinds)[number]

/** A part that was deleted out of a sealed document; its text is sealed at `deleted_parts.part`. In the table only on its
 *  way into the bin, and from there back into its document. */
export interface DeletedPart {
  id: string
  userId: string
  kind: PartKind
  /** Of a cookie: whose jar it belongs to. */
  environmentId?: string
  accountId?: string
  /** Of captured values: whose they are. */
  collectionId?: string
  sealedPart: Uint8Array
}

/** Keeps deleted parts. Every write is durable when it returns. */
export interface DeletedPartStore {
  add(part: DeletedPart): void
  list(userId: string, kind: DeletedPart['kind']): DeletedPart[]
  remove(userId: string, id: string): void
}
