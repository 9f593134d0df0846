import { fail, ok, type Result } from '@contract/result'
import { formatHash, hashPassword, readNewPassword } from './password.ts'
import { guardedProtection } from './protection-words.ts'
import { provePassword } from './prove-password.ts'
import { keyRecord, reseal } from '../box/reseal.ts'
import { newVaultKey, type VaultKey } from '../box/sealed-format.ts'
import type { Guard, VaultKeyRecord } from '../box/vault-keys.ts'
import type { OpenVault, SealedFields, VaultParts } from '../box/vault-parts.ts'
import { wrapKey } from '../box/wrap-key.ts'

/** What a change of guard or key needs beside the vault itself. */
export interface GuardParts extends VaultParts {
  fields: SealedFields
}

/** Changes what guards the vault: sets, changes or removes the password, adds or leaves the keyring. The key
 *  changes with it: backups hold the old one under the old guard, and it must open nothing that is here. Where
 *  secrets lived in memory only, they are sealed for the disk from then on.
 *  Codes: `vault_locked`, `keyring_*`, `password_unfit`, `password_required`, `password_wrong`, `password_wait`. */
export async function guardVault(
  vault: OpenVault,
  parts: GuardParts,
  wanted: { guard: Guard; newPassword?: string; password?: string },
): Promise<Result<null>> {
  const possible = refuse(vault)
  if (!possible.ok) return possible
  const { crypto, protector, store } = parts
  const record = currentRecord(parts, vault.userId)
  if (record && record.guard !== 'keyring') {
    const proved = await provePassword(parts, record, wanted.password)
    if (!proved.ok) return proved
    proved.value.fill(0)
  }
  const password = wanted.guard === 'keyring' ? undefined : readNewPassword(wanted.newPassword ?? '')
  if (password && !password.ok) return password
  const hashed = password && (await hashPassword(crypto, password.value, parts.scrypt))
  const key = newVaultKey(crypto)
  const keyring = await protector.keyring()
  const wrapped = await wrapKey(parts, vault.userId, key, wanted.guard, {
    keyring,
    wrappingKey: hashed?.wrappingKey,
  })
  hashed?.wrappingKey.fill(0)
  if (!wrapped.ok) return wrapped
  const changed: VaultKeyRecord = {
    ...keyRecord(parts, vault.userId, key),
    guard: wanted.guard,
    backend: wanted.guard === 'password' ? undefined : keyring.backend,
    passwordHash: hashed && formatHash(hashed.hash),
    wrapped: wrapped.value,
  }
  const protection = guardedProtection(wanted.guard, keyring.backend)
  // The vault may have been locked while the password was hashed: its key is zeros now.
  const still = refuse(vault)
  if (!still.ok) return still
  store.atomically(() => replaceKey(vault, parts, record, changed, key))
  vault.box.useKey(key, protection)
  vault.guard = wanted.guard
  return ok(null)
}

/** Makes a new vault key and seals every field of the user again with it, in one transaction. A field that does
 *  not open is left as it is, and its key is then set aside instead of deleted. The password is needed where one
 *  guards the vault. Codes: as `guardVault`, and `vault_in_memory` where nothing is stored. */
export async function rotateVaultKey(
  vault: OpenVault,
  parts: GuardParts,
  { password }: { password?: string } = {},
): Promise<Result<{ resealed: number; left: number }>> {
  const possible = refuse(vault)
  if (!possible.ok) return possible
  const { store, protector } = parts
  const record = currentRecord(parts, vault.userId)
  if (!record)
    return fail(
      'vault_in_memory',
      'Secrets are only in memory: there is no key to change.',
      'Set a password first.',
    )
  const proved = record.guard === 'keyring' ? undefined : await provePassword(parts, record, password)
  if (proved && !proved.ok) return proved
  const key = newVaultKey(parts.crypto)
  const keyring = await protector.keyring()
  const tools = { keyring, wrappingKey: proved?.value }
  const wrapped = await wrapKey(parts, vault.userId, key, record.guard, tools)
  proved?.value.fill(0)
  if (!wrapped.ok) return wrapped
  const still = refuse(vault)
  if (!still.ok) return still
  const next = { ...record, ...keyRecord(parts, vault.userId, key), wrapped: wrapped.value }
  const counts = store.atomically(() => replaceKey(vault, parts, record, next, key))
  vault.box.useKey(key, vault.box.protection())
  return ok({ resealed: counts.resealed, left: counts.left })
}

/** Gives up on a key that cannot be unwrapped, without deleting it or what it sealed, and goes on with a new one:
 *  guarded by the keyring where there is one, else in memory until `guardVault` sets a password.
 *  Code: `vault_works` where there is no trouble. */
export async function setVaultAside(vault: OpenVault, parts: GuardParts): Promise<Result<null>> {
  if (!vault.trouble) return fail('vault_works', 'The vault opens normally; nothing was set aside.')
  const { store, protector } = parts
  const keyring = await protector.keyring()
  const key = newVaultKey(parts.crypto)
  const wrapped = await wrapKey(parts, vault.userId, key, 'keyring', { keyring })
  store.atomically(() => {
    store.setAside(vault.userId)
    if (!wrapped.ok) return
    store.add({
      ...keyRecord(parts, vault.userId, key),
      guard: 'keyring',
      backend: keyring.backend,
      wrapped: wrapped.value,
    })
    reseal(vault, parts, key, { adopt: true })
  })
  delete vault.trouble
  if (!wrapped.ok) return ok(null)
  vault.box.useKey(key, guardedProtection('keyring', keyring.backend))
  vault.guard = 'keyring'
  return ok(null)
}

function refuse(vault: OpenVault): Result<null> {
  if (vault.box.isLocked())
    return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
  if (vault.trouble) return { ok: false, error: vault.trouble }
  return ok(null)
}

function currentRecord({ store }: VaultParts, userId: string): VaultKeyRecord | undefined {
  return store.list(userId).find(({ state }) => state === 'current')
}

/** Takes a new key into use and seals every field of the user again with it. The key before is deleted, unless a
 *  field that does not open still names it: then it is set aside. To be called inside a transaction. */
function replaceKey(
  vault: OpenVault,
  parts: GuardParts,
  before: VaultKeyRecord | undefined,
  record: VaultKeyRecord,
  key: VaultKey,
) {
  if (before) parts.store.setAside(vault.userId)
  parts.store.add(record)
  const done = reseal(vault, parts, key, { adopt: !vault.box.bindsAll() })
  if (before && !done.named.has(before.id)) parts.store.remove(vault.userId, before.id)
  return done
}
