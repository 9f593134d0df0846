import { fail, ok, type Result } from '@contract/result'
import { provePassword } from '../../vault/guard/prove-password.ts'
import type { DatabaseCopies } from '../../vault/transfer/database-copies.ts'
import type { VaultParts } from '../../vault/box/vault-parts.ts'

/** Whether someone before a locked Gatehouse may put a copy in the database's place: with the password of the user who
 *  is locked. Where the stored hash is damaged, which a restore is to repair, the one in the copy tells.
 *  Codes: `password_required`, `password_wrong`, `password_wait`, `vault_key_damaged`. */
export async function proveForRestore(
  parts: VaultParts,
  copies: Pick<DatabaseCopies, 'passwordHashIn'>,
  userId: string,
  { name, password }: { name: string; password?: string | undefined },
): Promise<Result<null>> {
  const record = parts.store.list(userId).find(({ state }) => state === 'current')
  if (record === undefined || record.guard === 'keyring')
    return fail('vault_locked', 'Gatehouse is locked.', 'Unlock it, then restore the backup.')
  let proved = await provePassword(parts, record, password)
  if (!proved.ok && proved.error.code === 'vault_key_damaged') {
    const passwordHash = copies.passwordHashIn(name, userId)
    if (passwordHash !== undefined) proved = await provePassword(parts, { ...record, passwordHash }, password)
  }
  if (!proved.ok) return proved
  proved.value.fill(0)
  return ok(null)
}
