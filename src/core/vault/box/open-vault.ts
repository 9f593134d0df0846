import { ok, type Result } from '@contract/result'
import type { Keyring } from '../guard/key-protector.ts'
import { bindAll } from './bind-all.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { formatHash, hashPassword, isOutdated, parseHash } from '../guard/password.ts'
import { guardedProtection, memoryProtection } from '../guard/protection-words.ts'
import { provePassword } from '../guard/prove-password.ts'
import { keyCheckValue, newVaultKey, type VaultKey } from './sealed-format.ts'
import { reseal } from './reseal.ts'
import { createVaultBox, type LockableBox } from './vault-box.ts'
import type { VaultKeyRecord } from './vault-keys.ts'
import type { OpenVault, SealedFields, VaultParts } from './vault-parts.ts'
import { unwrapKey, wrapKey, type WrapTools } from './wrap-key.ts'

/** Opens a user's vault with what the system offers and the password, or makes one on the first start.
 *  Codes: `password_required`, `password_wrong`, `password_wait`, `vault_key_damaged`. A keyring that changed
 *  or is not open is no failure of this call: see `OpenVault.trouble`. Nothing is ever deleted. */
export async function openVault(
  userId: string,
  parts: VaultParts & { fields: SealedFields },
  { password }: { password?: string } = {},
): Promise<Result<OpenVault>> {
  const { store, protector, crypto } = parts
  const records = store.list(userId)
  const record = records.find(({ state }) => state === 'current')
  const tools: WrapTools = { keyring: await protector.keyring() }
  if (record && record.guard !== 'keyring') {
    const proved = await provePassword(parts, record, password)
    if (!proved.ok) return proved
    tools.wrappingKey = proved.value
  }
  const opened = record ? await unwrapKey(parts, record, tools) : await firstKey(parts, userId, tools.keyring)
  const older = await openSetAside(parts, records, tools.keyring)
  const { backend } = tools.keyring
  const guard = record?.guard ?? 'keyring'
  const isCurrent = ({ id }: VaultKey) => store.currentId(userId) === id
  const common = { crypto, memory: createMemorySecrets(crypto), older, isCurrent }
  if ('key' in opened) {
    const { key, bound } = opened
    const protection = guardedProtection(guard, backend)
    const box = createVaultBox({ ...common, protection, current: key, unbound: !bound })
    if (record && bound) await renewWrapping(parts, record, key, tools, password)
    else if (record) await bindAll(parts, record, box, tools)
    else await adoptAll(parts, userId, box, key)
    tools.wrappingKey?.fill(0)
    return ok({ userId, guard, box })
  }
  tools.wrappingKey?.fill(0)
  const { trouble } = opened
  const protection = memoryProtection(backend, trouble ? 'keyring-changed' : 'no-keyring')
  const box = createVaultBox({ ...common, protection, trouble })
  return ok(trouble ? { userId, box, trouble } : { userId, box })
}

/** Makes a user's first key, guarded by the keyring where there is one. */
async function firstKey(
  parts: VaultParts,
  userId: string,
  keyring: Keyring,
): Promise<{ key: VaultKey; bound: true } | { trouble: undefined }> {
  const { store, crypto, clock } = parts
  if (!keyring.available) return { trouble: undefined }
  const key = newVaultKey(crypto)
  const wrapped = await wrapKey(parts, userId, key, 'keyring', { keyring })
  if (!wrapped.ok) return { trouble: undefined }
  store.add({
    id: key.id,
    userId,
    state: 'current',
    guard: 'keyring',
    backend: keyring.backend,
    wrapped: wrapped.value,
    checkValue: keyCheckValue(crypto, userId, key),
    createdAt: clock.now(),
  })
  return { key, bound: true }
}

/** What was there before there was a key is vouched for by the first one. */
async function adoptAll(
  parts: VaultParts & { fields: SealedFields },
  userId: string,
  box: LockableBox,
  key: VaultKey,
): Promise<void> {
  await parts.fields.ready?.()
  parts.store.atomically(() => reseal({ userId, box }, parts, key, { adopt: true }))
}

/** Keys that were set aside open what they sealed, where the keyring has them again. */
async function openSetAside(
  parts: VaultParts,
  records: VaultKeyRecord[],
  keyring: Keyring,
): Promise<VaultKey[]> {
  const keys: VaultKey[] = []
  for (const record of records.filter(({ state, guard }) => state === 'set-aside' && guard === 'keyring')) {
    const opened = await unwrapKey(parts, record, { keyring })
    if ('key' in opened) keys.push(opened.key)
  }
  return keys
}

/** Wraps the key again where today's rules ask for more: a dearer password hash, or the keyring's new name
 *  (the same key came out of it). Where that fails the old wrapping stays, which still opens. */
async function renewWrapping(
  parts: VaultParts,
  record: VaultKeyRecord,
  key: VaultKey,
  tools: WrapTools,
  password: string | undefined,
): Promise<void> {
  const { keyring } = tools
  const backend = record.guard === 'password' ? undefined : keyring.backend
  const hash = record.passwordHash === undefined ? undefined : parseHash(record.passwordHash)
  const rehash = hash !== undefined && password !== undefined && isOutdated(hash, parts.scrypt)
  if (backend === record.backend && !rehash) return
  const hashed = rehash ? await hashPassword(parts.crypto, password, parts.scrypt) : undefined
  const wrappingKey = hashed?.wrappingKey ?? tools.wrappingKey
  const wrapped = await wrapKey(parts, record.userId, key, record.guard, { keyring, wrappingKey })
  hashed?.wrappingKey.fill(0)
  if (!wrapped.ok) return
  const passwordHash = hashed ? formatHash(hashed.hash) : record.passwordHash
  parts.store.rewrap({ ...record, backend, passwordHash, wrapped: wrapped.value })
}
