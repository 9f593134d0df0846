import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import { keyCheckValue, newVaultKey } from '../../../../../src/core/vault/box/sealed-format.ts'
import type { Guard, VaultKeyRecord } from '../../../../../src/core/vault/box/vault-keys.ts'
import { unwrapKey, wrapKey } from '../../../../../src/core/vault/box/wrap-key.ts'
import { createFakeKeyring } from '../fakes.ts'

const setUp = async (guard: Guard) => {
  const { protector, state } = createFakeKeyring()
  const parts = { crypto: nodeCrypto, protector }
  const key = newVaultKey(nodeCrypto)
  const wrappingKey = nodeCrypto.randomBytes(32)
  const tools = async () => ({ keyring: await protector.keyring(), wrappingKey })
  const wrapped = await wrapKey(parts, 'u1', key, guard, await tools())
  if (!wrapped.ok) throw new Error(wrapped.error.code)
  const record: VaultKeyRecord = {
    id: key.id,
    userId: 'u1',
    state: 'current',
    guard,
    backend: 'gnome_libsecret',
    wrapped: wrapped.value,
    checkValue: keyCheckValue(nodeCrypto, 'u1', key),
    createdAt: 42,
  }
  const code = async (
    change: Partial<VaultKeyRecord>,
    instead: Partial<Awaited<ReturnType<typeof tools>>> = {},
  ) => {
    const opened = await unwrapKey(parts, { ...record, ...change }, { ...(await tools()), ...instead })
    return 'key' in opened ? 'opened' : opened.trouble.code
  }
  return { parts, protector, state, key, record, tools, code }
}

describe.each(['keyring', 'password', 'both'] as Guard[])('a key behind %s', (guard) => {
  it('comes back as it was, and its wrapping shows nothing of it', async () => {
    const { parts, key, record, tools } = await setUp(guard)
    expect(Buffer.from(record.wrapped).includes(Buffer.from(key.bytes))).toBe(false)
    expect(await unwrapKey(parts, record, await tools())).toEqual({ key, bound: true })
  })

  it('is not taken for one of another user or name', async () => {
    const { code } = await setUp(guard)
    expect(await code({ userId: 'u2' })).not.toBe('opened')
    expect(await code({ id: newVaultKey(nodeCrypto).id })).not.toBe('opened')
  })

  it('is not taken with the check value of another key', async () => {
    const { key, code } = await setUp(guard)
    const checkValue = keyCheckValue(nodeCrypto, 'u1', { ...newVaultKey(nodeCrypto), id: key.id })
    expect(await code({ checkValue })).toBe(guard === 'password' ? 'vault_key_damaged' : 'keyring_changed')
  })
})

describe.each(['password', 'both'] as Guard[])('the password of a key behind %s', (guard) => {
  it('has to be right, and has to be there', async () => {
    const { parts, key, code, protector } = await setUp(guard)
    expect(await code({}, { wrappingKey: nodeCrypto.randomBytes(32) })).toBe('vault_key_damaged')
    const keyring = await protector.keyring()
    expect(await unwrapKey(parts, (await setUp(guard)).record, { keyring })).toMatchObject({
      trouble: { code: 'vault_key_damaged' },
    })
    expect(await wrapKey(parts, 'u1', key, guard, { keyring })).toMatchObject({
      error: { code: 'password_required' },
    })
  })

  it('finds every change of what is stored', async () => {
    const { record, code } = await setUp(guard)
    for (const at of [0, 11, 12, record.wrapped.length - 1]) {
      const wrapped = Uint8Array.from(record.wrapped)
      wrapped[at] = (wrapped[at] ?? 0) ^ 1
      expect(await code({ wrapped })).toBe('vault_key_damaged')
    }
  })

  it('belongs to one user and one key, also where key and check value were taken along', async () => {
    const { parts, key, record, tools } = await setUp(guard)
    const taken = { ...record, userId: 'u2', checkValue: keyCheckValue(nodeCrypto, 'u2', key) }
    expect(await unwrapKey(parts, taken, await tools())).toMatchObject({
      trouble: { code: 'vault_key_damaged' },
    })
    const { id } = newVaultKey(nodeCrypto)
    const renamed = { ...record, id, checkValue: keyCheckValue(nodeCrypto, 'u1', { ...key, id }) }
    expect(await unwrapKey(parts, renamed, await tools())).toMatchObject({
      trouble: { code: 'vault_key_damaged' },
    })
  })
})

describe('the keyring', () => {
  it('has to be open to wrap, and to give back what it was given', async () => {
    const { parts, key, tools, state, protector } = await setUp('keyring')
    state.available = false
    expect(await wrapKey(parts, 'u1', key, 'keyring', await tools())).toMatchObject({
      error: { code: 'keyring_unavailable' },
    })
    state.available = true
    const { wrap } = protector
    protector.wrap = (bytes) => wrap(Uint8Array.from(bytes).fill(1))
    expect(await wrapKey(parts, 'u1', key, 'keyring', await tools())).toMatchObject({
      error: { code: 'keyring_refused' },
    })
  })

  it('that fails to wrap, or to give back, guards nothing', async () => {
    const { parts, key, tools, protector } = await setUp('keyring')
    const { wrap, unwrap } = protector
    const failure = { ok: false, error: { code: 'keyring_refused', message: 'no' } } as const
    protector.unwrap = () => Promise.resolve(failure)
    expect(await wrapKey(parts, 'u1', key, 'keyring', await tools())).toEqual(failure)
    Object.assign(protector, { unwrap, wrap: () => Promise.resolve(failure) })
    expect(await wrapKey(parts, 'u1', key, 'keyring', await tools())).toEqual(failure)
    protector.wrap = wrap
    expect(await wrapKey(parts, 'u1', key, 'keyring', await tools())).toMatchObject({ ok: true })
  })

  it('that is closed is told from one that was changed', async () => {
    const { code, state } = await setUp('keyring')
    state.available = false
    expect(await code({})).toBe('keyring_unavailable')
    expect(await code({ backend: 'kwallet6' })).toBe('keyring_changed')
    state.available = true
    state.key = Buffer.alloc(32)
    expect(await code({})).toBe('keyring_changed')
  })

  it('leaves no copy of the key behind', async () => {
    const { parts, record, tools, protector } = await setUp('keyring')
    const { unwrap } = protector
    const handed: Uint8Array[] = []
    protector.unwrap = async (bytes) => {
      const back = await unwrap(bytes)
      if (back.ok) handed.push(back.value)
      return back
    }
    const opened = await unwrapKey(parts, record, await tools())
    expect('key' in opened && opened.key.bytes.some((byte) => byte !== 0)).toBe(true)
    expect(handed).toHaveLength(1)
    expect(handed[0]?.every((byte) => byte === 0)).toBe(true)
  })
})

it('opens a key as earlier releases wrapped it', async () => {
  const { parts, key, record, tools } = await setUp('password')
  const { wrappingKey } = await tools()
  const frame = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])
  const additional = Buffer.concat(['gatehouse wrapped key', '1', 'u1', key.id].map(frame))
  const nonce = nodeCrypto.randomBytes(12)
  const wrapped = Uint8Array.from([
    ...nonce,
    ...nodeCrypto.encrypt(wrappingKey, nonce, key.bytes, additional),
  ])
  expect(await unwrapKey(parts, { ...record, wrapped }, await tools())).toEqual({ key, bound: true })
  const sealed = nodeCrypto.encrypt(wrappingKey, nonce, Uint8Array.from([...key.bytes, 0]), additional)
  const longer = Uint8Array.from([...nonce, ...sealed])
  expect(await unwrapKey(parts, { ...record, wrapped: longer }, await tools())).toMatchObject({
    trouble: { code: 'vault_key_damaged' },
  })
})
