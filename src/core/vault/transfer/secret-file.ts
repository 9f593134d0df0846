import type { Result } from '@contract/result'

/** One file that a password encrypts, in a standard container.
 *  Codes of `decrypt`: `export_password_wrong`, `export_unreadable`. */
export interface SecretFile {
  encrypt(plain: Uint8Array, password: string): Promise<Uint8Array>
  decrypt(file: Uint8Array, password: string): Promise<Result<Uint8Array>>
}
