import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import { openVault } from '../../../../../src/core/vault/box/open-vault.ts'
import type { OpenVault } from '../../../../../src/core/vault/box/vault-parts.ts'
import type { SecretPlace } from '../../../../../src/core/vault/box/secret-box.ts'
import { createFakeKeyring, createMemoryKeyStore } from '../fakes.ts'

const place: SecretPlace = { userId: 'u1', table: 'token_sets', rowId: 't1', column: 'access_token' }

const setUp = () => {
  const keyring = createFakeKeyring()
  const store = createMemoryKeyStore()
  const parts = {
    store,
    protector: keyring.protector,
    crypto: nodeCrypto,
    clock: { now: () => 42 },
    fields: { replace: () => undefined },
  }
  const open = async (userId = 'u1'): Promise<OpenVault> => {
    const opened = await openVault(userId, parts)
    if (!opened.ok) throw new Error(opened.error.code)
    return opened.value
  }
  return { keyring, store, open }
}

describe('with a keyring', () => {
  it('makes one key a user and opens what an earlier run sealed', async () => {
    const { store, open } = setUp()
    const sealed = (await open()).box.seal(place, 'token')
    const { box, trouble } = await open()
    expect(trouble).toBeUndefined()
    expect(box.open(place, sealed)).toEqual({ ok: true, value: 'token' })
    expect(box.storageOf(sealed)).toBe('vault')
    expect(box.protection()).toMatchObject({
      kind: 'keyring',
      backend: 'gnome_libsecret',
      label: 'GNOME keyring',
    })
    expect(store.records).toMatchObject([{ userId: 'u1', state: 'current', guard: 'keyring', createdAt: 42 }])
    const other = await open('u2')
    expect(other.box.open({ ...place, userId: 'u2' }, sealed)).toMatchObject({
      error: { code: 'secret_unreadable' },
    })
    expect(other.box.storageOf(sealed)).toBe('unreadable')
  })

  it('stores no key that the keyring does not give back', async () => {
    const { keyring, store, open } = setUp()
    const { wrap } = keyring.protector
    keyring.protector.wrap = async (key) => wrap(Uint8Array.from(key).fill(1))
    expect((await open()).box.protection().kind).toBe('memory')
    expect(store.records).toEqual([])
  })

  it('opens nothing and seals nothing once it is locked', async () => {
    const { box } = await setUp().open()
    const sealed = box.seal(place, 'token')
    const key = box.currentKey()?.bytes
    expect(key?.some((byte) => byte !== 0)).toBe(true)
    box.lock()
    expect(key?.every((byte) => byte === 0)).toBe(true)
    expect(box.currentKey()).toBeUndefined()
    expect(box.isLocked()).toBe(true)
    expect(box.open(place, sealed)).toMatchObject({ error: { code: 'vault_locked' } })
    expect(() => box.seal(place, 'token')).toThrow('vault_locked')
    expect(box.storageOf(sealed)).toBe('vault')
  })
})

describe('with a keyring that is not the one it was', () => {
  const changes: [string, string, (keyring: ReturnType<typeof createFakeKeyring>) => void][] = [
    ['another key', 'keyring_changed', ({ state }) => void state.key.fill(7)],
    [
      'another backend',
      'keyring_changed',
      ({ state }) => void Object.assign(state, { backend: 'kwallet6', key: Buffer.alloc(32) }),
    ],
    [
      'no keyring anymore',
      'keyring_changed',
      ({ state }) => void Object.assign(state, { available: false, backend: 'basic_text' }),
    ],
    ['locked', 'keyring_unavailable', ({ state }) => void Object.assign(state, { available: false })],
  ]
  it.each(changes)('%s: says so, writes nothing, keeps everything', async (_name, code, change) => {
    const { keyring, store, open } = setUp()
    const sealed = (await open()).box.seal(place, 'token')
    const before = structuredClone(store.records)
    const good = { ...keyring.state, key: Buffer.from(keyring.state.key) }
    change(keyring)
    const { box, trouble } = await open()
    expect(trouble).toMatchObject({ code, next: expect.any(String) })
    expect(store.records).toEqual(before)
    expect(box.protection().kind).toBe('memory')
    expect(box.open(place, sealed)).toMatchObject({
      error: { code: 'secret_unreadable', message: trouble?.message },
    })
    expect(box.storageOf(sealed)).toBe('unreadable')
    const fresh = box.seal(place, 'new token')
    expect(box.storageOf(fresh)).toBe('memory')
    expect(box.open(place, fresh)).toEqual({ ok: true, value: 'new token' })

    Object.assign(keyring.state, good)
    expect((await open()).box.open(place, sealed)).toEqual({ ok: true, value: 'token' })
  })

  it('goes on where another backend gives out the same key, and records its name', async () => {
    const { keyring, store, open } = setUp()
    const sealed = (await open()).box.seal(place, 'token')
    keyring.state.backend = 'kwallet6'
    const { box, trouble } = await open()
    expect(trouble).toBeUndefined()
    expect(box.open(place, sealed)).toEqual({ ok: true, value: 'token' })
    expect(store.records).toMatchObject([{ backend: 'kwallet6', state: 'current' }])
  })

  it('opens what a key that was set aside had sealed, beside the new key', async () => {
    const { store, open } = setUp()
    const old = (await open()).box.seal(place, 'old token')
    store.setAside('u1')
    const { box } = await open()
    const fresh = box.seal(place, 'new token')
    expect(box.open(place, old)).toEqual({ ok: true, value: 'old token' })
    expect(box.open(place, fresh)).toEqual({ ok: true, value: 'new token' })
    expect(store.records.map(({ state }) => state)).toEqual(['set-aside', 'current'])
  })
})

describe('without a keyring', () => {
  const without = () => {
    const parts = setUp()
    Object.assign(parts.keyring.state, { available: false, backend: 'basic_text' })
    return parts
  }

  it('keeps secrets in memory and lets nothing of them reach the disk', async () => {
    const { store, open } = without()
    const { box, trouble } = await open()
    const sealed = box.seal(place, 'token')
    expect(trouble).toBeUndefined()
    expect(box.protection()).toMatchObject({ kind: 'memory', backend: 'basic_text' })
    expect(sealed.byteLength).toBe(18)
    expect(box.open(place, sealed)).toEqual({ ok: true, value: 'token' })
    expect(box.storageOf(sealed)).toBe('memory')
    expect(box.open({ ...place, rowId: 'other' }, sealed)).toMatchObject({
      error: { code: 'secret_unreadable' },
    })
    expect(store.records).toEqual([])
  })

  it('explains a secret of an earlier run', async () => {
    const { open } = without()
    const sealed = (await open()).box.seal(place, 'token')
    const { box } = await open()
    expect(box.open(place, sealed)).toMatchObject({
      error: { code: 'secret_memory_only', next: expect.any(String) },
    })
    expect(box.storageOf(sealed)).toBe('unreadable')
  })

  it('still gives the earlier secret of a place where the write of the newer one fails', async () => {
    const { box } = await without().open()
    const [first, second, third] = ['1', '2', '3'].map((text) => box.seal(place, text))
    expect(first && box.open(place, first)).toMatchObject({ ok: false })
    expect(second && box.open(place, second)).toEqual({ ok: true, value: '2' })
    expect(third && box.open(place, third)).toEqual({ ok: true, value: '3' })
  })
})
