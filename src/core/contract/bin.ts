import type { BinKind } from './tables/bin-kinds.ts'

export type { BinKind } from './tables/bin-kinds.ts'

/** A deleted thing that can be restored. */
export interface BinEntry {
  id: string
  kind: BinKind
  name: string
  /** Where it belonged. */
  detail?: string
  deletedAt: number
  /** When it is deleted permanently. */
  goesAt: number
  /** Until when the accounts of a connection come back with it. */
  accountsUntil?: number
}
