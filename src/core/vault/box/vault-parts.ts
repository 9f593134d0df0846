import type { Failure } from '@contract/result'
import type { Clock } from '../../records/ports.ts'
import type { KeyProtector } from '../guard/key-protector.ts'
import type { SecretPlace } from './secret-box.ts'
import type { LockableBox } from './vault-box.ts'
import type { ScryptParameters, VaultCrypto } from './vault-crypto.ts'
import type { Guard, VaultKeyStore } from './vault-keys.ts'

/** What opening a vault needs. */
export interface VaultParts {
  store: VaultKeyStore
  protector: KeyProtector
  crypto: VaultCrypto
  clock: Clock
  /** Cost of new password hashes; OWASP's current parameters unless told otherwise. */
  scrypt?: ScryptParameters
}

/** Answers what is to be there from now on. */
export type ChangeField = (place: SecretPlace, sealed: Uint8Array) => Uint8Array | undefined

/** All sealed fields of a user, wherever they are. */
export interface SealedFields {
  /** Shows each field to `change` and writes what it answers; `undefined` leaves the field as it is. A proof of a
   *  connection that is not there yet is shown empty. With a `connectionId`, what belongs to that connection alone. */
  replace(userId: string, change: ChangeField, connectionId?: string): void
  /** Waits until the destinations of all fields can be told. */
  ready?(): Promise<void>
}

/** A vault that was opened, as far as it could be. Its box stays the same through rotation and a change of
 *  guard, so that whoever holds it need not be told. */
export interface OpenVault {
  readonly userId: string
  readonly box: LockableBox
  /** What wraps the key; absent where secrets live in memory only. */
  guard?: Guard
  /** Set where stored secrets cannot be read: `keyring_changed`, `keyring_unavailable`, `vault_key_damaged`.
   *  The box then keeps new secrets in memory only and nothing is written; opening the vault again is the way
   *  to try again. */
  trouble?: Failure
}
