import type { Failure } from '@contract/result'
import type { Clock } from '../../records/ports.ts'
import { expectedFailure } from '../../text/expected-failure.ts'
import { concat, framed, fromHex, hex } from './bytes.ts'
import type { SecretBox, SecretPlace } from './secret-box.ts'
import type { VaultCrypto } from './vault-crypto.ts'

/** A key of a user's history, sealed as every other secret. */
interface HistoryKeyRecord {
  id: string
  userId: string
  createdAt: number
  sealedKey: Uint8Array
}

/** Keys of histories, newest first. They are in the database and its backups; what they seal is not. */
export interface HistoryKeyStore {
  list(userId: string): HistoryKeyRecord[]
  add(record: HistoryKeyRecord): void
  remove(userId: string, id: string): void
}

export interface HistoryKey {
  id: string
  bytes: Uint8Array
}

interface Parts {
  store: HistoryKeyStore
  crypto: VaultCrypto
  clock: Clock
  newId: () => string
  /** Who is in; throws while no one is. */
  session: () => { user: { id: string }; box: SecretBox }
}

/** The keys that seal histories. A vault that is memory only keeps them in memory, so that nothing opens what it
 *  leaves on the disk once the program has ended. */
export function createHistoryKeys({ store, crypto, clock, newId, session }: Parts) {
  const opened = new Map<string, HistoryKey[]>()

  function boxOf(userId: string): SecretBox {
    const { user, box } = session()
    if (user.id !== userId) throw expectedFailure(someoneElse)
    return box
  }

  function open(userId: string): HistoryKey[] {
    const box = boxOf(userId)
    const known = opened.get(userId)
    if (known) return known
    const keys = store.list(userId).flatMap(({ id, sealedKey }) => {
      const plain = box.open(placeOf(userId, id), sealedKey)
      const bytes = plain.ok ? fromHex(plain.value) : undefined
      return bytes?.byteLength === keyLength ? [{ id, bytes }] : []
    })
    opened.set(userId, keys)
    return keys
  }

  function make(userId: string): HistoryKey {
    const earlier = open(userId)
    const key = { id: newId(), bytes: crypto.randomBytes(keyLength) }
    const sealedKey = boxOf(userId).seal(placeOf(userId, key.id), hex(key.bytes))
    store.add({ id: key.id, userId, createdAt: clock.now(), sealedKey })
    opened.set(userId, [key, ...earlier])
    return key
  }

  function forget(): void {
    for (const key of [...opened.values()].flat()) key.bytes.fill(0)
    opened.clear()
  }

  return {
    /** The key that seals; made where there is none that opens. */
    current: (userId: string): HistoryKey => open(userId)[0] ?? make(userId),
    /** A key that opens what it sealed. */
    find: (userId: string, id: string): HistoryKey | undefined => open(userId).find((key) => key.id === id),
    /** What is sealed from now on has another key. */
    renew: (userId: string): void => void make(userId),
    /** Throws the keys of a user away that seal nothing any more: what they sealed opens nowhere. */
    keepOnly(userId: string, inUse: ReadonlySet<string>): void {
      const [, ...earlier] = store.list(userId)
      const going = earlier.filter(({ id }) => !inUse.has(id))
      for (const { id } of going) store.remove(userId, id)
      if (going.length > 0) forget()
    },
    /** Throws away the keys that an earlier run kept in memory only; answers which. */
    discardDead(userId: string): string[] {
      const dead = store.list(userId).filter(({ id, sealedKey }) => {
        const plain = boxOf(userId).open(placeOf(userId, id), sealedKey)
        return !plain.ok && plain.error.code === 'secret_memory_only'
      })
      for (const { id } of dead) store.remove(userId, id)
      return dead.map(({ id }) => id)
    },
    /** Overwrites the keys in memory; they are opened again when they are needed. */
    forget,
  }
}

export type HistoryKeys = ReturnType<typeof createHistoryKeys>

const someoneElse: Failure = {
  code: 'history_not_in',
  message: 'Another user is using Gatehouse now.',
}

const keyLength = 32
const nonceLength = 12

/** A key for one part of the history alone. */
export function newPartKey(crypto: VaultCrypto): Uint8Array {
  return crypto.randomBytes(keyLength)
}

/** Seals a part of the history at its place: AES-256-GCM, nonce in front, tag behind. */
export function sealPart(
  crypto: VaultCrypto,
  key: Uint8Array,
  place: readonly string[],
  plain: Uint8Array,
): Uint8Array {
  const nonce = crypto.randomBytes(nonceLength)
  return concat(nonce, crypto.encrypt(key, nonce, plain, framed('gatehouse history', ...place)))
}

/** Opens what `sealPart` made; `undefined` where key or place are others, or a bit was changed. */
export function openPart(
  crypto: VaultCrypto,
  key: Uint8Array,
  place: readonly string[],
  sealed: Uint8Array,
): Uint8Array | undefined {
  const nonce = sealed.subarray(0, nonceLength)
  if (nonce.byteLength < nonceLength) return undefined
  return crypto.decrypt(key, nonce, sealed.subarray(nonceLength), framed('gatehouse history', ...place))
}

function placeOf(userId: string, rowId: string): SecretPlace {
  return { userId, table: 'history_keys', rowId, column: 'key' }
}
