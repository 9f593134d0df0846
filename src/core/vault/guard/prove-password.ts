import { fail, ok, type Result } from '@contract/result'
import { checkPassword, parseHash } from './password.ts'
import { waitBeforeNext } from './slow-down.ts'
import type { VaultKeyRecord } from '../box/vault-keys.ts'
import type { VaultParts } from '../box/vault-parts.ts'

/** Checks a password against a key's hash; answers the wrapping key, to be overwritten after its use.
 *  Codes: `password_required`, `password_wait`, `password_wrong`, `vault_key_damaged`. */
export async function provePassword(
  { store, crypto, clock }: VaultParts,
  record: VaultKeyRecord,
  password: string | undefined,
): Promise<Result<Uint8Array>> {
  if (password === undefined)
    return fail('password_required', 'This vault is protected by a password.', 'Enter the password.')
  const hash = record.passwordHash === undefined ? undefined : parseHash(record.passwordHash)
  if (!hash)
    return fail(
      'vault_key_damaged',
      'The stored password hash of this vault is damaged, or asks for more memory than 256 MiB.',
      'Restore a backup.',
    )

  const failures = store.failures(record.userId)
  const wait = waitBeforeNext(failures, clock.now())
  if (wait > 0)
    return fail(
      'password_wait',
      `${failures.count} wrong passwords in a row: try again in ${Math.ceil(wait / 1000)} s.`,
      'Wait, then try again.',
    )
  // Counted before it is checked, so that ending the program halfway gives no free guess.
  store.saveFailures(record.userId, { count: failures.count + 1, lastAt: clock.now() })
  const wrappingKey = await checkPassword(crypto, password, hash)
  if (!wrappingKey)
    return fail('password_wrong', 'Wrong password.', 'Check caps lock and the keyboard layout.')
  store.saveFailures(record.userId, { count: 0, lastAt: 0 })
  return ok(wrappingKey)
}
