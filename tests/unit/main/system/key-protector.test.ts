import { describe, expect, it } from 'vitest'
import {
  createSafeStorageProtector,
  type SafeStorageCalls,
} from '../../../../src/main/system/key-protector.ts'

/** Stands in for Electron's safeStorage: turns the bytes round. */
const turned = (bytes: Uint8Array) => Buffer.from(bytes).reverse()
const synchronous = (backend: ReturnType<SafeStorageCalls['getSelectedStorageBackend']>, available = true) =>
  ({
    isEncryptionAvailable: () => available,
    encryptString: (text: string) => turned(Buffer.from(text)),
    decryptString: (sealed: Buffer) => turned(sealed).toString(),
    getSelectedStorageBackend: () => backend,
  }) satisfies SafeStorageCalls

const asynchronous = (): SafeStorageCalls => ({
  ...synchronous('gnome_libsecret'),
  encryptString: () => {
    throw new Error('the synchronous call was used')
  },
  decryptString: () => {
    throw new Error('the synchronous call was used')
  },
  isEncryptionAvailable: () => false,
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(turned(Buffer.from(text))),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: turned(sealed).toString(), shouldReEncrypt: false }),
})

describe('the safeStorage protector', () => {
  it.each([
    ['the synchronous calls of older releases', synchronous('gnome_libsecret')],
    ['the asynchronous calls where they are', asynchronous()],
  ])('wraps and unwraps with %s', async (_name, safe) => {
    const protector = createSafeStorageProtector(safe, 'linux')
    expect(await protector.keyring()).toEqual({ available: true, backend: 'gnome_libsecret' })
    const key = Uint8Array.from({ length: 32 }, (_, index) => index * 8)
    const wrapped = await protector.wrap(key)
    expect(wrapped.ok && (await protector.unwrap(wrapped.value))).toEqual({ ok: true, value: key })
  })

  it.each(['basic_text', 'unknown'] as const)(
    'counts %s as no protection, whatever is announced',
    async (backend) => {
      const protector = createSafeStorageProtector(synchronous(backend, true), 'linux')
      expect(await protector.keyring()).toEqual({ available: false, backend })
    },
  )

  it('names the backends of the other systems itself', async () => {
    const safe = synchronous('unknown')
    expect(await createSafeStorageProtector(safe, 'darwin').keyring()).toEqual({
      available: true,
      backend: 'keychain',
    })
    expect(await createSafeStorageProtector(safe, 'win32').keyring()).toEqual({
      available: true,
      backend: 'dpapi',
    })
  })

  it('answers a refusal as a result', async () => {
    const safe = {
      ...synchronous('kwallet'),
      decryptString: () => {
        throw new Error('denied')
      },
    }
    const protector = createSafeStorageProtector(safe, 'linux')
    expect(await protector.unwrap(Uint8Array.of(1))).toMatchObject({
      ok: false,
      error: { code: 'keyring_refused' },
    })
    const foreign = createSafeStorageProtector(synchronous('kwallet'), 'linux')
    expect(await foreign.unwrap(Uint8Array.of(1, 2))).toMatchObject({
      ok: false,
      error: { code: 'keyring_refused' },
    })
  })
})
