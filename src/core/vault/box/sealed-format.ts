import { concat, framed, fromHex, fromUtf8, hex, utf8 } from './bytes.ts'
import type { SecretPlace } from './secret-box.ts'
import type { VaultCrypto } from './vault-crypto.ts'

/** Format of a sealed field. Byte 0: version. Byte 1: kind. Then, for kind 1 (vault): 16 bytes key id, 12 bytes
 *  nonce, ciphertext, 16 bytes tag. For kind 2 (memory): 16 bytes handle, and no secret at all. */
const version = 1
const kinds = { vault: 1, memory: 2 } as const
const sizes = { head: 2, id: 16, nonce: 12, tag: 16 } as const

/** A random 256-bit key with the name by which sealed fields refer to it (32 hexadecimal digits). */
export interface VaultKey {
  id: string
  bytes: Uint8Array
}

/** What a stored field is, before anything is opened. */
export type SealedField =
  | { kind: 'vault'; keyId: string; nonce: Uint8Array; text: Uint8Array }
  | { kind: 'memory'; handle: string }
  | { kind: 'unknown' }

/** Reads the frame of a stored field; never throws, whatever the bytes. */
export function parseSealed(sealed: Uint8Array): SealedField {
  if (sealed[0] !== version) return { kind: 'unknown' }
  const id = sealed.slice(sizes.head, sizes.head + sizes.id)
  const rest = sealed.subarray(sizes.head + sizes.id)
  if (sealed[1] === kinds.memory && id.byteLength === sizes.id && rest.byteLength === 0)
    return { kind: 'memory', handle: hex(id) }
  if (sealed[1] === kinds.vault && rest.byteLength >= sizes.nonce + sizes.tag)
    return { kind: 'vault', keyId: hex(id), nonce: rest.slice(0, sizes.nonce), text: rest.slice(sizes.nonce) }
  return { kind: 'unknown' }
}

/** Seals with AES-256-GCM under a fresh random nonce. NIST SP 800-38D section 8.3 allows 2^32 texts under one
 *  key this way; rotating the key starts the count again. */
export function sealField(crypto: VaultCrypto, key: VaultKey, place: SecretPlace, plain: string): Uint8Array {
  const keyId = fromHex(key.id)
  if (keyId?.byteLength !== sizes.id) throw new Error('a key id is 32 hexadecimal digits')
  const nonce = crypto.randomBytes(sizes.nonce)
  const text = crypto.encrypt(key.bytes, nonce, utf8(plain), additionalData(keyId, place))
  return concat(Uint8Array.of(version, kinds.vault), keyId, nonce, text)
}

/** Opens what `sealField` made; `undefined` where key or place are others, or a bit was changed. */
export function openField(
  crypto: VaultCrypto,
  key: VaultKey,
  place: SecretPlace,
  field: SealedField & { kind: 'vault' },
): string | undefined {
  const keyId = fromHex(field.keyId)
  if (keyId === undefined || field.keyId !== key.id) return undefined
  const plain = crypto.decrypt(key.bytes, field.nonce, field.text, additionalData(keyId, place))
  return plain === undefined ? undefined : fromUtf8(plain)
}

/** A field that holds nothing but a random handle to what is kept in memory. */
export function memoryField(handle: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(version, kinds.memory), handle)
}

/** Makes a new vault key. */
export function newVaultKey(crypto: VaultCrypto): VaultKey {
  return {
    id: hex(crypto.randomBytes(sizes.id)),
    bytes: crypto.randomBytes(32),
  }
}

/** A known text under the key: tells a right key from a wrong one before anything is written with it. */
export function keyCheckValue(crypto: VaultCrypto, userId: string, key: VaultKey): Uint8Array {
  return sealField(crypto, key, checkPlace(userId, key), 'gatehouse')
}

/** Whether this is the key that made the check value. */
export function isKeyOf(crypto: VaultCrypto, userId: string, key: VaultKey, checkValue: Uint8Array): boolean {
  const field = parseSealed(checkValue)
  return field.kind === 'vault' && openField(crypto, key, checkPlace(userId, key), field) === 'gatehouse'
}

/** What is authenticated beside the text: the frame and the place, so that neither can be exchanged. */
function additionalData(keyId: Uint8Array, place: SecretPlace): Uint8Array {
  return framed(
    'gatehouse sealed field',
    Uint8Array.of(version, kinds.vault),
    keyId,
    place.userId,
    place.table,
    place.rowId,
    place.column,
  )
}

function checkPlace(userId: string, key: VaultKey): SecretPlace {
  return {
    userId,
    table: 'vault_keys',
    rowId: key.id,
    column: 'check_value',
  }
}
