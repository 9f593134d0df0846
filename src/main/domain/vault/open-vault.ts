import { fail, ok, type Failure, type Result } from '@contract/result'
import type { Clock } from '../shared/ports.ts'
import type { KeyProtector, Keyring } from './key-protector.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { guardedProtection, keyringName, memoryProtection } from './protection-words.ts'
import { isKeyOf, keyCheckValue, newVaultKey, type VaultKey } from './sealed-format.ts'
import { createVaultBox, type LockableBox } from './vault-box.ts'
import type { VaultCrypto } from './vault-crypto.ts'
import type { VaultKeyRecord, VaultKeyStore } from './vault-keys.ts'

/** What opening a vault needs. */
export interface VaultParts {
  store: VaultKeyStore
  protector: KeyProtector
  crypto: VaultCrypto
  clock: Clock
}

/** A vault that was opened, as far as it could be. */
export interface OpenVault {
  userId: string
  box: LockableBox
  /** Set where stored secrets cannot be read: `keyring_changed` or `keyring_unavailable`. The box then keeps
   *  new secrets in memory only and writes nothing; opening the vault again is the way to try once more. */
  trouble?: Failure
}

const unavailable = (backend: string): Failure => ({
  code: 'keyring_unavailable',
  message: `The stored tokens are protected by ${keyringName(backend)}, which is not open. They are kept untouched.`,
  next: 'Unlock the keyring (log in to the desktop again if need be), then try again.',
})

const changed = (backend: string): Failure => ({
  code: 'keyring_changed',
  message: `The stored tokens are protected by ${keyringName(backend)}, which is not there or has another key now. They are kept untouched.`,
  next: 'Bring back the old keyring and try again, restore an export, or set the old tokens aside and sign in again.',
})

/** Unwraps a key with the keyring and makes sure that it is the right one. */
const unwrapWithKeyring = async (
  { protector, crypto }: VaultParts,
  record: VaultKeyRecord,
  keyring: Keyring,
): Promise<{ key: VaultKey } | { trouble: Failure }> => {
  const backend = record.backend ?? 'unknown'
  if (!keyring.available)
    return { trouble: keyring.backend === backend ? unavailable(backend) : changed(backend) }
  const unwrapped = await protector.unwrap(record.wrapped)
  const key = unwrapped.ok ? { id: record.id, bytes: unwrapped.value } : undefined
  return key && isKeyOf(crypto, record.userId, key, record.checkValue)
    ? { key }
    : { trouble: changed(backend) }
}

/** Makes a user's first key. It is stored only after the keyring has given back what it was given. */
const createKey = async (
  { store, protector, crypto, clock }: VaultParts,
  userId: string,
  keyring: Keyring,
): Promise<VaultKey | undefined> => {
  const key = newVaultKey(crypto)
  const wrapped = await protector.wrap(key.bytes)
  if (!wrapped.ok) return undefined
  const back = await protector.unwrap(wrapped.value)
  const checkValue = keyCheckValue(crypto, userId, key)
  if (!back.ok || !isKeyOf(crypto, userId, { id: key.id, bytes: back.value }, checkValue)) return undefined
  store.add({
    id: key.id,
    userId,
    state: 'current',
    guard: 'keyring',
    backend: keyring.backend,
    wrapped: wrapped.value,
    checkValue,
    createdAt: clock.now(),
  })
  return key
}

/** Opens a user's vault with what the system offers, or makes one on the first start.
 *  Code: `password_required` where a password guards it. A keyring that changed or is not open is no failure
 *  of this call: see `trouble`. Nothing is ever deleted. */
export const openVault = async (userId: string, parts: VaultParts): Promise<Result<OpenVault>> => {
  const { store, protector, crypto } = parts
  const records = store.list(userId)
  const record = records.find(({ state }) => state === 'current')
  const keyring = await protector.keyring()
  const memory = createMemorySecrets(crypto)
  if (record && record.guard !== 'keyring')
    return fail('password_required', 'This vault is protected by a password.', 'Enter the password.')

  const older: VaultKey[] = []
  for (const set of records.filter(({ state, guard }) => state === 'set-aside' && guard === 'keyring')) {
    const opened = await unwrapWithKeyring(parts, set, keyring)
    if ('key' in opened) older.push(opened.key)
  }
  if (!record) {
    const current = keyring.available ? await createKey(parts, userId, keyring) : undefined
    const protection = current
      ? guardedProtection('keyring', keyring.backend)
      : memoryProtection(keyring.backend, 'no-keyring')
    return ok({ userId, box: createVaultBox({ crypto, memory, protection, current, older }) })
  }
  const opened = await unwrapWithKeyring(parts, record, keyring)
  if ('trouble' in opened) {
    const { trouble } = opened
    const protection = memoryProtection(keyring.backend, 'keyring-changed')
    return ok({ userId, trouble, box: createVaultBox({ crypto, memory, protection, older, trouble }) })
  }
  if (keyring.backend !== record.backend) await adopt(parts, record, opened.key, keyring)
  const protection = guardedProtection('keyring', keyring.backend)
  return ok({ userId, box: createVaultBox({ crypto, memory, protection, current: opened.key, older }) })
}

/** The same key came out of a keyring with another name: record the name with a wrapping of its own. */
const adopt = async (
  { store, protector }: VaultParts,
  record: VaultKeyRecord,
  key: VaultKey,
  keyring: Keyring,
): Promise<void> => {
  const wrapped = await protector.wrap(key.bytes)
  if (wrapped.ok) store.rewrap({ ...record, backend: keyring.backend, wrapped: wrapped.value })
}
