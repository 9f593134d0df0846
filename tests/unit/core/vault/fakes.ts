import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { fail, ok } from '@contract/result'
import type { KeyProtector } from '../../../../src/core/vault/guard/key-protector.ts'
import type { UnlockFailures } from '../../../../src/core/vault/guard/slow-down.ts'
import type { VaultKeyRecord, VaultKeyStore } from '../../../../src/core/vault/box/vault-keys.ts'

/** A keyring in memory that can be taken away, locked, or given another key. */
export const createFakeKeyring = (backend = 'gnome_libsecret') => {
  const state = { available: true, backend, key: randomBytes(32) }
  const protector: KeyProtector = {
    keyring: () => Promise.resolve({ available: state.available, backend: state.backend }),
    wrap: (key) => {
      const cipher = createCipheriv('aes-256-gcm', state.key, Buffer.alloc(12))
      return Promise.resolve(
        ok(Uint8Array.from(Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]))),
      )
    },
    unwrap: (wrapped) => {
      const decipher = createDecipheriv('aes-256-gcm', state.key, Buffer.alloc(12))
      decipher.setAuthTag(wrapped.subarray(-16))
      try {
        const plain = Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()])
        return Promise.resolve(ok(Uint8Array.from(plain)))
      } catch {
        return Promise.resolve(fail('keyring_refused', 'another key'))
      }
    },
  }
  return { state, protector }
}

/** Wrapped keys in memory. */
export const createMemoryKeyStore = (): VaultKeyStore & { records: VaultKeyRecord[] } => {
  const records: VaultKeyRecord[] = []
  const failures = new Map<string, UnlockFailures>()
  return {
    remove: (userId, id) => {
      const at = records.findIndex((record) => record.id === id && record.userId === userId)
      if (at >= 0) records.splice(at, 1)
    },
    failures: (userId) => failures.get(userId) ?? { count: 0, lastAt: 0 },
    saveFailures: (userId, value) => void failures.set(userId, value),
    atomically: (work) => work(),
    records,
    list: (userId) => records.filter((record) => record.userId === userId),
    currentId: (userId) => records.find((each) => each.userId === userId && each.state === 'current')?.id,
    add: (record) => void records.push(record),
    rewrap: (record) => {
      const at = records.findIndex(({ id }) => id === record.id)
      if (at < 0) throw new Error('not there')
      records[at] = record
    },
    setAside: (userId) => {
      for (const [at, record] of records.entries())
        if (record.userId === userId) records[at] = { ...record, state: 'set-aside' }
    },
  }
}
