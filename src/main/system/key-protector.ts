import type { SafeStorage } from 'electron'
import { fail, ok, type Result } from '@contract/result'
import type { KeyProtector } from '../../core/vault/guard/key-protector.ts'

type Synchronous = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
>
type Asynchronous = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>
/** What is used of Electron's safeStorage: older releases have the synchronous calls only. */
export type SafeStorageCalls = Synchronous & Partial<Asynchronous>

/** Wraps keys with Electron's safeStorage. To be used after the app is ready. */
export function createSafeStorageProtector(safe: SafeStorageCalls, platform: NodeJS.Platform): KeyProtector {
  function backend(): string {
    if (platform === 'darwin') return 'keychain'
    if (platform === 'win32') return 'dpapi'
    return safe.getSelectedStorageBackend()
  }
  const encrypt = async (text: string): Promise<Buffer> =>
    safe.encryptStringAsync ? safe.encryptStringAsync(text) : safe.encryptString(text)
  const decrypt = async (sealed: Buffer): Promise<string> =>
    safe.decryptStringAsync ? (await safe.decryptStringAsync(sealed)).result : safe.decryptString(sealed)

  return {
    keyring: async () => {
      const name = backend()
      if (noProtection.has(name)) return { available: false, backend: name }
      const available = safe.isAsyncEncryptionAvailable
        ? await safe.isAsyncEncryptionAvailable()
        : safe.isEncryptionAvailable()
      return { available, backend: name }
    },
    wrap: async (key) => {
      try {
        const text = `${prefix}${Buffer.from(key).toString('base64url')}`
        return ok(Uint8Array.from(await encrypt(text)))
      } catch {
        return refused('did not accept the key')
      }
    },
    unwrap: async (wrapped): Promise<Result<Uint8Array>> => {
      try {
        const text = await decrypt(Buffer.from(wrapped))
        if (!text.startsWith(prefix)) return refused('returned something that is not a key')
        return ok(Uint8Array.from(Buffer.from(text.slice(prefix.length), 'base64url')))
      } catch {
        return refused('did not return the key')
      }
    },
  }
}

/** `basic_text` encrypts with a key that is in Chromium's source; `unknown` promises nothing. */
const noProtection = new Set(['basic_text', 'unknown'])
const prefix = 'gatehouse-key-1:'

/** Electron gives no codes, and its words are for programmers. */
function refused(what: string) {
  return fail('keyring_refused', `The system’s keyring ${what}.`, 'Unlock the keyring, then try again.')
}
