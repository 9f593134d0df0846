import { concat, framed, fromHex, fromUtf8, hex, utf8 } from './bytes.ts'
import type { SecretPlace } from './secret-box.ts'
import type { VaultCrypto } from './vault-crypto.ts'

/** Format of a sealed field. Byte 0: version. Byte 1: kind. Then, for kind 1 (vault): 16 bytes key id, 12 bytes
 *  nonce, ciphertext, 16 bytes tag. For kind 2 (memory): 16 bytes handle, and no secret at all. Version 2 is version 1
 *  whose destination is authenticated too; where the place has one, nothing else is made anymore. */
const versions = { plain: 1, bound: 2 } as const
type Version = (typeof versions)[keyof typeof versions]
const kinds = { vault: 1, memory: 2 } as const
const sizes = { head: 2, id: 16, nonce: 12, tag: 16 } as const

/** A random 256-bit key with the name by which sealed fields refer to it (32 hexadecimal digits). */
export interface VaultKey {
  id: string
  bytes: Uint8Array
}

/** What a stored field is, before anything is opened. */
export type SealedField =
  | { kind: 'vault'; version: Version; keyId: string; nonce: Uint8Array; text: Uint8Array }
  | { kind: 'memory'; handle: string }
  | { kind: 'unknown' }

/** Reads the frame of a stored field; never throws, whatever the bytes. */
export function parseSealed(sealed: Uint8Array): SealedField {
  const version = sealed[0]
  if (version !== versions.plain && version !== versions.bound) return { kind: 'unknown' }
  const id = sealed.slice(sizes.head, sizes.head + sizes.id)
  const rest = sealed.subarray(sizes.head + sizes.id)
  if (
    version === versions.plain &&
    sealed[1] === kinds.memory &&
    id.byteLength === sizes.id &&
    rest.byteLength === 0
  )
    return { kind: 'memory', handle: hex(id) }
  if (sealed[1] === kinds.vault && rest.byteLength >= sizes.nonce + sizes.tag)
    return {
      kind: 'vault',
      version,
      keyId: hex(id),
      nonce: rest.slice(0, sizes.nonce),
      text: rest.slice(sizes.nonce),
    }
  return { kind: 'unknown' }
}

/** Seals with AES-256-GCM under a fresh random nonce. NIST SP 800-38D section 8.3 allows 2^32 texts under one
 *  key this way; rotating the key starts the count again. */
export function sealField(crypto: VaultCrypto, key: VaultKey, place: SecretPlace, plain: string): Uint8Array {
  const keyId = fromHex(key.id)
  if (keyId?.byteLength !== sizes.id) throw new Error('a key id is 32 hexadecimal digits')
  const version = place.destination === undefined ? versions.plain : versions.bound
  const nonce = crypto.randomBytes(sizes.nonce)
  const text = crypto.encrypt(key.bytes, nonce, utf8(plain), additionalData(version, keyId, place))
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
  const additional = additionalData(field.version, keyId, place)
  const plain = crypto.decrypt(key.bytes, field.nonce, field.text, additional)
  return plain === undefined ? undefined : fromUtf8(plain)
}

/** A field that holds nothing but a random handle to what is kept in memory. */
export function memoryField(handle: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(versions.plain, kinds.memory), handle)
}

/** Makes a new vault key. */
export function newVaultKey(crypto: VaultCrypto): VaultKey {
  return {
    id: hex(crypto.randomBytes(sizes.id)),
    bytes: crypto.randomBytes(32),
  }
}

/** Known texts under a key. The second also says that all was sealed for its destination from the key's first day on:
 *  a key of before gets a successor instead of that mark, so that its old check value says nothing of the new one. */
const checkTexts = { plain: 'gatehouse', bound: 'gatehouse, all bound' } as const

/** A known text under the key: tells a right key from a wrong one before anything is written with it. */
export function keyCheckValue(crypto: VaultCrypto, userId: string, key: VaultKey): Uint8Array {
  return sealField(crypto, key, checkPlace(userId, key), checkTexts.bound)
}

/** Whether this is the key that made the check value, and whether it binds all; `undefined` for another key. */
export function keyOf(
  crypto: VaultCrypto,
  userId: string,
  key: VaultKey,
  checkValue: Uint8Array,
): 'bound' | 'plain' | undefined {
  const field = parseSealed(checkValue)
  const text = field.kind === 'vault' ? openField(crypto, key, checkPlace(userId, key), field) : undefined
  return text === checkTexts.bound ? 'bound' : text === checkTexts.plain ? 'plain' : undefined
}

/** What is authenticated beside the text: the frame, the place and, in version 2, where the secret may go, so that none
 *  of them can be exchanged. */
function additionalData(version: Version, keyId: Uint8Array, place: SecretPlace): Uint8Array {
  return framed(
    'gatehouse sealed field',
    Uint8Array.of(version, kinds.vault),
    keyId,
    place.userId,
    place.table,
    place.rowId,
    place.column,
    ...(version === versions.bound ? [place.destination ?? ''] : []),
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
