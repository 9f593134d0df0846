import { fail, ok, type Failure, type Result } from '@contract/result'
import { concat, framed, sameBytes } from './bytes.ts'
import type { Keyring } from '../guard/key-protector.ts'
import { keyringName } from '../guard/protection-words.ts'
import { keyOf, type VaultKey } from './sealed-format.ts'
import type { VaultCrypto } from './vault-crypto.ts'
import type { Guard, VaultKeyRecord } from './vault-keys.ts'
import type { VaultParts } from './vault-parts.ts'

/** What is at hand to wrap or unwrap with. */
export interface WrapTools {
  keyring: Keyring
  /** 32 bytes derived from the password. */
  wrappingKey?: Uint8Array
}

const nonceLength = 12

/** Wraps a key: keyring inside, password outside, where both guard. What the keyring made is opened once
 *  before it is trusted. Codes: `keyring_unavailable`, `keyring_refused`, `password_required`. */
export async function wrapKey(
  { crypto, protector }: Pick<VaultParts, 'crypto' | 'protector'>,
  userId: string,
  key: VaultKey,
  guard: Guard,
  { keyring, wrappingKey }: WrapTools,
): Promise<Result<Uint8Array>> {
  let inner = key.bytes
  if (guard !== 'password') {
    if (!keyring.available)
      return fail(
        'keyring_unavailable',
        'No unlocked keyring is available on this system.',
        'Choose a password instead.',
      )
    const wrapped = await protector.wrap(key.bytes)
    if (!wrapped.ok) return wrapped
    const back = await protector.unwrap(wrapped.value)
    if (!back.ok) return back
    const same = sameBytes(back.value, key.bytes)
    back.value.fill(0)
    if (!same)
      return fail(
        'keyring_refused',
        'The keyring returned a different key than it was given.',
        'Choose a password.',
      )
    inner = wrapped.value
  }
  if (guard === 'keyring') return ok(inner)
  if (!wrappingKey) return fail('password_required', 'This needs a password.', 'Enter the password.')
  return ok(lock(crypto, wrappingKey, inner, additional(userId, key.id)))
}

/** Unwraps a key and makes sure that it is the right one. Codes: `keyring_changed`, `keyring_unavailable`,
 *  `vault_key_damaged`. */
export async function unwrapKey(
  { crypto, protector }: Pick<VaultParts, 'crypto' | 'protector'>,
  record: VaultKeyRecord,
  { keyring, wrappingKey }: WrapTools,
): Promise<{ key: VaultKey; bound: boolean } | { trouble: Failure }> {
  let inner: Uint8Array | undefined = record.wrapped
  if (record.guard !== 'keyring')
    inner = wrappingKey && unlock(crypto, wrappingKey, inner, additional(record.userId, record.id))
  if (inner === undefined) return { trouble: damaged }
  if (record.guard !== 'password') {
    const backend = record.backend ?? 'unknown'
    if (!keyring.available)
      return { trouble: keyring.backend === backend ? unavailable(backend) : changed(backend) }
    const unwrapped = await protector.unwrap(inner)
    if (!unwrapped.ok) return { trouble: changed(backend) }
    inner = unwrapped.value
  }
  const key = { id: record.id, bytes: Uint8Array.from(inner) }
  // Nothing but the box's own copy stays, so that a lock wipes the last one.
  inner.fill(0)
  const found = key.bytes.byteLength === 32 ? keyOf(crypto, record.userId, key, record.checkValue) : undefined
  if (found !== undefined) return { key, bound: found === 'bound' }
  return { trouble: record.guard === 'password' ? damaged : changed(record.backend ?? 'unknown') }
}
function additional(userId: string, keyId: string) {
  return framed('gatehouse wrapped key', '1', userId, keyId)
}

function lock(crypto: VaultCrypto, tool: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = crypto.randomBytes(nonceLength)
  return concat(nonce, crypto.encrypt(tool, nonce, plain, aad))
}
function unlock(crypto: VaultCrypto, tool: Uint8Array, wrapped: Uint8Array, aad: Uint8Array) {
  return crypto.decrypt(tool, wrapped.subarray(0, nonceLength), wrapped.subarray(nonceLength), aad)
}

const damaged: Failure = {
  code: 'vault_key_damaged',
  message:
    'The stored key of this vault is damaged. The stored tokens are kept untouched and cannot be read.',
  next: 'Restore a backup.',
}

function unavailable(backend: string): Failure {
  return {
    code: 'keyring_unavailable',
    message: `The stored tokens are protected by ${keyringName(backend)}, which is locked. They are kept untouched.`,
    next: 'Unlock the keyring (log in to the desktop again if need be), then try again.',
  }
}

function changed(backend: string): Failure {
  return {
    code: 'keyring_changed',
    message: `The stored tokens are protected by ${keyringName(backend)}, which is missing or has a different key now. They are kept untouched.`,
    next: 'Restore the old keyring and try again, restore an export, or set the old tokens aside and sign in again.',
  }
}
