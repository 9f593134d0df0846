import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { fail, ok } from '../../src/core/contract/result.ts'
import type { KeyProtector } from '../../src/core/vault/guard/key-protector.ts'

/** A keyring in memory that really encrypts, can be locked, and can lose its key. */
export interface FakeKeyring {
  protector: KeyProtector
  available: boolean
  /** Forgets the key, as a reinstalled system does; answers how to have it back. */
  changeKey: () => () => void
}

/** Makes a keyring; `available: false` is a system that has none. */
export const createFakeKeyring = (available = true, given?: Uint8Array): FakeKeyring => {
  let key = given === undefined ? randomBytes(32) : Buffer.from(given)
  const keyring: FakeKeyring = {
    available,
    changeKey: () => {
      const before = key
      key = randomBytes(32)
      return () => void (key = before)
    },
    protector: {
      keyring: async () => ({
        available: keyring.available,
        backend: keyring.available ? 'gnome_libsecret' : 'basic_text',
      }),
      wrap: async (plain) => {
        const iv = randomBytes(12)
        const cipher = createCipheriv('aes-256-gcm', key, iv)
        const body = Buffer.concat([cipher.update(plain), cipher.final()])
        return ok(Uint8Array.from(Buffer.concat([iv, cipher.getAuthTag(), body])))
      },
      unwrap: async (wrapped) => {
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12))
          decipher.setAuthTag(wrapped.subarray(12, 28))
          return ok(Uint8Array.from(Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()])))
        } catch {
          return fail('keyring_refused', 'The keyring has another key now.')
        }
      },
    },
  }
  return keyring
}
