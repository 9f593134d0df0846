import { createHash } from 'node:crypto'

/** Remembers by hash, the newest so many: no secret is kept, and no client fills the memory. */
export type Memory<T> = {
  get: (secret: string) => T | undefined
  set: (secret: string, value: T) => void
  clear: () => void
}

const most = 5000

export function createMemory<T>(): Memory<T> {
  const kept = new Map<string, T>()
  const keyOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
  return {
    get: (secret) => kept.get(keyOf(secret)),
    set: (secret, value) => {
      const key = keyOf(secret)
      kept.delete(key)
      kept.set(key, value)
      const oldest = kept.keys().next()
      if (kept.size > most && !oldest.done) kept.delete(oldest.value)
    },
    clear: () => kept.clear(),
  }
}
