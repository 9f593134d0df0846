import type { Protection } from '@contract/vault'
import type { Result } from '@contract/result'

/** Where a secret is. It is authenticated with the ciphertext, so that a ciphertext moved to
 *  another row, column or user does not open. */
export interface SecretPlace {
  userId: string
  table: string
  rowId: string
  column: string
  /** All that decides where the secret may be sent and in which form, where a record beside it says so: it opens for
   *  nothing else. Empty: nowhere. */
  destination?: string
}

/** Seals secrets for the disk. What protects them is told by `protection`.
 *  Codes of `open`: `vault_locked`, `vault_key_changed`, `secret_memory_only` (held in memory by an earlier run of the app),
 *  `secret_unreadable` (wrong key, moved or damaged; kept as it is), `secret_redirected` (sealed for another
 *  destination than the place names now, or for none, or damaged; kept as it is). */
export interface SecretBox {
  protection(): Protection
  seal(place: SecretPlace, plain: string): Uint8Array
  open(place: SecretPlace, sealed: Uint8Array): Result<string>
  /** How this ciphertext is kept, without opening it. */
  storageOf(sealed: Uint8Array): 'vault' | 'memory' | 'unreadable'
  /** Whether everything that has a destination is sealed for it, so that what is not was put there by someone else.
   *  Not so where there is no key. */
  bindsAll(): boolean
}
