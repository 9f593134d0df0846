import type { Result } from '@contract/result'
import type { Pacer } from '../../text/pacer.ts'

/** One file that a password encrypts, in a standard container.
 *  Codes of `decrypt`: `export_password_wrong`, `export_too_costly`, `export_unreadable`. */
export interface SecretFile {
  encrypt(plain: Uint8Array, password: string): Promise<Uint8Array>
  /** In pieces, where a pacer says how long one is. */
  decrypt(file: Uint8Array, password: string, pacer?: Pacer): Promise<Result<Uint8Array>>
}
