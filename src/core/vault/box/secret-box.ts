import type { Protection } from '@contract/vault'
import type { Result } from '@contract/result'

/** Where a secret stands. It is authenticated with the ciphertext, so that a ciphertext moved to
 *  another row, column or user does not open. */
export interface SecretPlace {
  userId: string
  table: string
  rowId: string
  column: string
}

/** Seals secrets for the disk. What protects them is told by `protection`.
 *  Codes of `open`: `vault_locked`, `secret_memory_only` (held in memory by an earlier run of the app),
 *  `secret_unreadable` (wrong key, moved or damaged; kept as it is). */
export interface SecretBox {
  protection(): Protection
  seal(place: SecretPlace, plain: string): Uint8Array
  open(place: SecretPlace, sealed: Uint8Array): Result<string>
  /** How this ciphertext is kept, without opening it. */
  storageOf(sealed: Uint8Array): 'vault' | 'memory' | 'unreadable'
}
