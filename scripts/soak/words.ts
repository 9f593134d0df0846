import type { KeptKind } from './kept.ts'

/** What the worker is told. */
export interface WorkerInput {
  folder: string
  /** The key of the keyring, base64. */
  key: string
  issuer: string
  api: string
  /** Where requests go in the place of the API, without a token. */
  sendTo?: string
  /** The file of the saved request that is written again and again. */
  requestPath?: string
  /** Kill itself at a certain moment of the next refresh: when the provider's answer has arrived and nothing is stored
   *  yet, or when the new tokens are stored and not used yet. */
  dieAt?: 'answer' | 'use'
}

/** What the worker says has been acknowledged: it must be there after the kill. */
export type Acknowledged =
  | { what: 'ready' }
  | { what: 'signed-in'; accountId: string }
  /** `digest` is SHA-256 of the refresh token that the store holds at that count of refreshes. */
  | { what: 'tokens'; accountId: string; count: number; digest: string }
  | { what: 'refused'; accountId: string; code: string }
  | { what: 'sent'; id: string; size: number }
  | { what: 'saved'; path: string }
  /** What is kept beside accounts and requests holds that number. */
  | { what: 'kept'; kind: KeptKind; number: number }
