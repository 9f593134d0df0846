import { hex } from './bytes.ts'
import type { SecretPlace } from './secret-box.ts'
import { memoryField } from './sealed-format.ts'
import type { VaultCrypto } from './vault-crypto.ts'

/** Secrets that live in this process only. */
export interface MemorySecrets {
  /** Keeps the text and answers what the database is to hold instead: a random handle. */
  keep(place: SecretPlace, plain: string): Uint8Array
  /** The text, where the handle is of this run and of this place. */
  find(place: SecretPlace, handle: string): string | undefined
  has(handle: string): boolean
  clear(): void
}

/** Makes an empty store. A place keeps its two newest texts: the write of the newest may still fail, and the
 *  row then goes on to name the one before. */
export function createMemorySecrets(crypto: VaultCrypto): MemorySecrets {
  const texts = new Map<string, { place: string; plain: string }>()
  const handles = new Map<string, string[]>()
  return {
    keep: (place, plain) => {
      const handle = crypto.randomBytes(16)
      const name = nameOf(place)
      const kept = [...(handles.get(name) ?? []), hex(handle)]
      for (const old of kept.slice(0, -2)) texts.delete(old)
      handles.set(name, kept.slice(-2))
      texts.set(hex(handle), { place: boundNameOf(place), plain })
      return memoryField(handle)
    },
    find: (place, handle) => {
      const found = texts.get(handle)
      return found?.place === boundNameOf(place) ? found.plain : undefined
    },
    has: (handle) => texts.has(handle),
    clear: () => {
      texts.clear()
      handles.clear()
    },
  }
}

function nameOf({ userId, table, rowId, column }: SecretPlace): string {
  return JSON.stringify([userId, table, rowId, column])
}

function boundNameOf(place: SecretPlace): string {
  return JSON.stringify([nameOf(place), place.destination ?? null])
}
