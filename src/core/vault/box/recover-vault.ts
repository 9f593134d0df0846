import { fail, ok, type Result } from '@contract/result'
import type { GuardParts } from '../guard/guard-vault.ts'
import { provePassword } from '../guard/prove-password.ts'
import { reseal } from './reseal.ts'
import type { OpenVault } from './vault-parts.ts'
import { unwrapKey } from './wrap-key.ts'

/** Tries to bring back what keys that were set aside had sealed: with the keyring as it is now and, where one
 *  guarded them, their old password. What opens is sealed with the current key, in one transaction; a key that no
 *  field names anymore is deleted. Codes: `vault_locked`, `vault_in_memory`, `nothing_to_recover`,
 *  `password_required`, `password_wrong`, `password_wait`, and those of `OpenVault.trouble`. */
export async function recoverSetAside(
  vault: OpenVault,
  parts: GuardParts,
  { password }: { password?: string } = {},
): Promise<Result<{ resealed: number; left: number }>> {
  const { store, protector } = parts
  const setAside = store.list(vault.userId).filter(({ state }) => state === 'set-aside')
  if (setAside.length === 0)
    return fail('nothing_to_recover', 'No old key was set aside; there is nothing to recover.')
  const keyring = await protector.keyring()
  for (const record of setAside) {
    const proved = record.guard === 'keyring' ? undefined : await provePassword(parts, record, password)
    if (proved && !proved.ok) return proved
    const opened = await unwrapKey(parts, record, { keyring, wrappingKey: proved?.value })
    proved?.value.fill(0)
    if (vault.box.isLocked())
      return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
    if ('key' in opened) vault.box.learnKey(opened.key)
    else if (setAside.length === 1) return { ok: false, error: opened.trouble }
  }
  const current = vault.box.currentKey()
  if (!current)
    return fail(
      'vault_in_memory',
      'The vault is not protected at the moment.',
      'Set a password first, then try again.',
    )
  return ok(
    store.atomically(() => {
      const { resealed, left, named } = reseal(vault, parts, current)
      for (const { id } of setAside) if (!named.has(id)) store.remove(vault.userId, id)
      return { resealed, left }
    }),
  )
}
