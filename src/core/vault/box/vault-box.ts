import type { Protection } from '@contract/vault'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { expectedFailure } from '../../text/expected-failure.ts'
import type { MemorySecrets } from './memory-secrets.ts'
import type { SecretBox, SecretPlace } from './secret-box.ts'
import { openField, parseSealed, sealField, type VaultKey } from './sealed-format.ts'
import type { VaultCrypto } from './vault-crypto.ts'

interface BoxParts {
  crypto: VaultCrypto
  memory: MemorySecrets
  protection: Protection
  /** Seals; absent where nothing may be written that has to last. */
  current?: VaultKey
  /** The current key is from before secrets were sealed for their destination: what it sealed without opens too. */
  unbound?: boolean
  /** Open only: keys that were set aside. */
  older?: VaultKey[]
  /** Whether the store still names this key as the user's current one: another program may have changed it. */
  isCurrent: (key: VaultKey) => boolean
  /** Why the stored secrets cannot be opened, where that is known. */
  trouble?: Failure
}

/** A box over unlocked keys that can be locked. */
export interface LockableBox extends SecretBox {
  isLocked(): boolean
  /** Opens with this key too, beside those it has. */
  learnKey(key: VaultKey): void
  /** The key that seals; absent where secrets live in memory only, or are locked. */
  currentKey(): VaultKey | undefined
  /** Seals with a key that is not in use yet. */
  sealWith(key: VaultKey, place: SecretPlace, plain: string): Uint8Array
  /** Seals with this key from now on; what other keys sealed still opens. */
  useKey(key: VaultKey, protection: Protection): void
  /** Overwrites the keys and forgets what was kept in memory only. Cannot be undone: open the vault again. */
  lock(): void
}

/** Makes the box of an opened vault. */
export function createVaultBox(parts: BoxParts): LockableBox {
  const { crypto, memory, trouble } = parts
  let { protection, current, unbound = false } = parts
  const keys = new Map([...(parts.older ?? []), ...(current ? [current] : [])].map((key) => [key.id, key]))
  let locked = false

  function open(place: SecretPlace, sealed: Uint8Array): Result<string> {
    if (locked) return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
    const field = parseSealed(sealed)
    if (field.kind === 'memory') {
      const plain = memory.find(place, field.handle)
      if (plain !== undefined) return ok(plain)
      if (memory.has(field.handle)) return place.destination === undefined ? unreadable() : redirected()
      return fail(
        'secret_memory_only',
        'This secret was kept in memory only, because it could not be protected on disk, and Gatehouse has been closed since.',
        'Sign in again (or enter the client secret again).',
      )
    }
    if (field.kind === 'unknown') return unreadable()
    const key = keys.get(field.keyId)
    // Whoever puts an older text back, from before it said where it may go, must not get it sent.
    const isOlder = place.destination !== undefined && field.version === 1
    if (key && isOlder && !unbound) return redirected()
    const plain = key && place.destination !== '' ? openField(crypto, key, place, field) : undefined
    if (plain !== undefined) return ok(plain)
    if (key !== undefined) return place.destination === undefined ? unreadable() : redirected()
    if (current && !parts.isCurrent(current)) return { ok: false, error: keyChanged }
    if (trouble === undefined) return unreadable()
    return fail('secret_unreadable', trouble.message, trouble.next)
  }

  return {
    protection: () => protection,
    currentKey: () => (locked ? undefined : current),
    sealWith: (key, place, plain) => sealField(crypto, key, place, plain),
    learnKey: (key) => {
      if (locked) throw new Error('vault_locked: a locked vault takes no key')
      if (keys.has(key.id)) key.bytes.fill(0)
      else keys.set(key.id, key)
    },
    useKey: (key, newProtection) => {
      if (locked) throw new Error('vault_locked: a locked vault takes no key')
      keys.set(key.id, key)
      current = key
      unbound = false
      protection = newProtection
    },
    seal: (place, plain) => {
      if (locked) throw new Error('vault_locked: nothing can be sealed while the vault is locked')
      if (!current) return memory.keep(place, plain)
      if (!parts.isCurrent(current)) throw expectedFailure(keyChanged)
      return sealField(crypto, current, place, plain)
    },
    open,
    storageOf: (sealed) => {
      const field = parseSealed(sealed)
      if (field.kind === 'memory') return memory.has(field.handle) ? 'memory' : 'unreadable'
      return field.kind === 'vault' && (locked || keys.has(field.keyId)) ? 'vault' : 'unreadable'
    },
    bindsAll: () => current !== undefined && !unbound,
    isLocked: () => locked,
    lock: () => {
      locked = true
      for (const key of keys.values()) key.bytes.fill(0)
      keys.clear()
      current = undefined
      memory.clear()
    },
  }
}

/** What this key sealed would open nowhere: the key is deleted, here and in every copy made since. */
const keyChanged: Failure = {
  code: 'vault_key_changed',
  message:
    'Another program changed this vault’s key, so nothing can be opened or sealed here anymore. Nothing was changed.',
  next: 'Lock and unlock Gatehouse, or restart it, then try again.',
}

function redirected() {
  return fail(
    'secret_redirected',
    'This secret was encrypted for other addresses or settings than its connection has now, or it was damaged. It was not sent anywhere and is kept as is.',
    'Open the connection, check every address in it and save it. Then sign in again.',
  )
}

function unreadable() {
  return fail(
    'secret_unreadable',
    'This secret cannot be opened: it was encrypted with another key, moved, or damaged. It is kept as is.',
    'Restore a backup, or sign in again to replace it.',
  )
}
