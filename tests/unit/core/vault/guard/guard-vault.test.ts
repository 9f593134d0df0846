import { describe, expect, it } from 'vitest'
import type { OpenVault } from '../../../../../src/core/vault/box/vault-parts.ts'
import {
  guardVault,
  rotateVaultKey,
  setVaultAside,
  type GuardParts,
} from '../../../../../src/core/vault/guard/guard-vault.ts'
import { createProfile, fill, openAll } from '../profile.ts'

const password = 'correct horse battery'
const done = { ok: true, value: null }

const setUp = async () => {
  const profile = createProfile()
  const vault = await profile.open()
  fill(profile, vault)
  return { ...profile, profile, vault, texts: openAll(profile, vault) }
}
type Changing = [OpenVault, GuardParts]
const count = (texts: Record<string, string>) => Object.keys(texts).length
const wiped = (bytes: Uint8Array | undefined) => bytes?.every((byte) => byte === 0)

describe('a password', () => {
  it('guards the vault from then on, instead of the keyring', async () => {
    const { profile, vault, texts, parts, store, keyring, open, tryOpen } = await setUp()
    expect(await guardVault(vault, parts, { guard: 'password', newPassword: password })).toEqual(done)
    expect(vault.guard).toBe('password')
    expect(vault.box.protection().kind).toBe('password')
    expect(store.records).toMatchObject([
      { userId: 'u1', state: 'current', guard: 'password', backend: undefined, createdAt: 1_000_000 },
    ])
    Object.assign(keyring.state, { available: false })
    expect(await tryOpen()).toMatchObject({ error: { code: 'password_required' } })
    expect(await tryOpen('wrong')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(openAll(profile, await open(password))).toEqual(texts)
  })

  it('and the keyring are both needed where both guard', async () => {
    const { profile, vault, texts, parts, store, keyring, open } = await setUp()
    expect(await guardVault(vault, parts, { guard: 'both', newPassword: password })).toEqual(done)
    expect(vault.box.protection()).toMatchObject({ kind: 'both', backend: 'gnome_libsecret' })
    expect(store.records).toMatchObject([{ guard: 'both', backend: 'gnome_libsecret' }])
    expect(openAll(profile, await open(password))).toEqual(texts)
    keyring.state.key = Buffer.alloc(32)
    expect((await open(password)).trouble?.code).toBe('keyring_changed')
  })

  it('changes with proof only, and so does the guard', async () => {
    const { profile, vault, texts, parts, store, open, tryOpen } = await setUp()
    await guardVault(vault, parts, { guard: 'password', newPassword: password })
    const before = structuredClone(store.records)
    const change = (old?: string) =>
      guardVault(vault, parts, {
        guard: 'password',
        newPassword: 'a new long one',
        ...(old === undefined ? {} : { password: old }),
      })
    expect(await change()).toMatchObject({ error: { code: 'password_required' } })
    expect(await change('not it')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(await guardVault(vault, parts, { guard: 'keyring' })).toMatchObject({ ok: false })
    expect(store.records).toEqual(before)
    expect(await change(password)).toEqual(done)
    expect(await tryOpen(password)).toMatchObject({ error: { code: 'password_wrong' } })
    expect(openAll(profile, await open('a new long one'))).toEqual(texts)
    expect(await guardVault(vault, parts, { guard: 'keyring', password: 'a new long one' })).toEqual(done)
    expect(store.records).toMatchObject([{ guard: 'keyring', passwordHash: undefined }])
    expect(openAll(profile, await open())).toEqual(texts)
  })

  it('has to be worth it, and has to be there', async () => {
    const { vault, parts, store } = await setUp()
    const before = structuredClone(store.records)
    for (const wanted of [{ newPassword: 'short' }, {}])
      expect(await guardVault(vault, parts, { guard: 'both', ...wanted })).toMatchObject({
        error: { code: 'password_unfit' },
      })
    expect(store.records).toEqual(before)
    expect(vault.guard).toBe('keyring')
  })

  it('comes with a new key, so that the one of a backup opens nothing any more', async () => {
    const { profile, vault, parts, store, rows, open } = await setUp()
    const backup = structuredClone(store.records)
    await guardVault(vault, parts, { guard: 'password', newPassword: password })
    expect(store.records).toHaveLength(1)
    expect(store.records[0]?.id).not.toBe(backup[0]?.id)
    expect(rows.variables[1]?.sealedValue && vault.box.storageOf(rows.variables[1].sealedValue)).toBe('vault')
    store.records.splice(0, 1, ...backup)
    expect(new Set(Object.values(openAll(profile, await open())))).toEqual(new Set(['secret_unreadable']))
  })

  it('brings what lived in memory only to the disk', async () => {
    const profile = createProfile()
    Object.assign(profile.keyring.state, { available: false, backend: 'basic_text' })
    const vault = await profile.open()
    fill(profile, vault)
    const texts = openAll(profile, vault)
    expect(await guardVault(vault, profile.parts, { guard: 'keyring' })).toMatchObject({
      error: { code: 'keyring_unavailable' },
    })
    expect(await guardVault(vault, profile.parts, { guard: 'password', newPassword: password })).toEqual(done)
    expect(openAll(profile, vault)).toEqual(texts)
    expect(openAll(profile, await profile.open(password))).toEqual(texts)
  })

  it('leaves no copy of what wraps the key behind', async () => {
    const { vault, parts } = await setUp()
    const derived: Uint8Array[] = []
    const { encrypt } = parts.crypto
    const tools = new Set<Uint8Array>()
    const crypto = {
      ...parts.crypto,
      scrypt: async (...input: Parameters<typeof parts.crypto.scrypt>) => {
        const made = await parts.crypto.scrypt(...input)
        derived.push(made)
        return made
      },
      encrypt: (key: Uint8Array, ...rest: [Uint8Array, Uint8Array, Uint8Array]) => {
        tools.add(key)
        return encrypt(key, ...rest)
      },
    }
    await guardVault(vault, { ...parts, crypto }, { guard: 'password', newPassword: password })
    await rotateVaultKey(vault, { ...parts, crypto }, { password })
    const current = vault.box.currentKey()?.bytes
    const wiping = [...tools].filter((key) => wiped(key))
    expect(derived.every(wiped)).toBe(true)
    // The wrapping key of the new password, and the one that was proved for the rotation.
    expect(wiping).toHaveLength(2)
    expect(wiped(current)).toBe(false)
  })
})

describe('a vault that is locked or in trouble', () => {
  it('changes neither key nor guard', async () => {
    const { vault, parts, store } = await setUp()
    const before = structuredClone(store.records)
    vault.box.lock()
    for (const tried of [
      await guardVault(vault, parts, { guard: 'password', newPassword: password }),
      await rotateVaultKey(vault, parts),
    ])
      expect(tried).toMatchObject({ error: { code: 'vault_locked' } })
    expect(store.records).toEqual(before)
  })

  it('says what its trouble is', async () => {
    const { parts, keyring, open } = await setUp()
    keyring.state.key = Buffer.alloc(32)
    const vault = await open()
    for (const tried of [
      await guardVault(vault, parts, { guard: 'password', newPassword: password }),
      await rotateVaultKey(vault, parts),
    ])
      expect(tried).toMatchObject({ error: { code: 'keyring_changed' } })
  })

  it('changes nothing either where it is locked while the new key is being wrapped', async () => {
    const changes = [
      (...[vault, parts]: Changing) => guardVault(vault, parts, { guard: 'password', newPassword: password }),
      (...[vault, parts]: Changing) => rotateVaultKey(vault, parts),
    ]
    for (const change of changes) {
      const { vault, parts, store } = await setUp()
      const before = structuredClone(store.records)
      const keyring = () => {
        vault.box.lock()
        return parts.protector.keyring()
      }
      const tried = change(vault, { ...parts, protector: { ...parts.protector, keyring } })
      expect(await tried).toMatchObject({ error: { code: 'vault_locked' } })
      expect(store.records).toEqual(before)
    }
  })
})

describe('rotating the key', () => {
  it('seals everything of the user anew and forgets the old key', async () => {
    const { profile, vault, texts, parts, store, open } = await setUp()
    const other = await open(undefined, 'u2')
    fill(profile, other)
    const theirs = openAll(profile, other)
    const [before] = store.records
    expect(await rotateVaultKey(vault, parts)).toEqual({
      ok: true,
      value: { resealed: count(texts) - 1, left: 0 },
    })
    const mine = store.list('u1')
    expect(mine).toMatchObject([{ state: 'current', guard: 'keyring', backend: 'gnome_libsecret' }])
    expect(mine[0]?.id).not.toBe(before?.id)
    expect(openAll(profile, vault)).toEqual(texts)
    expect(openAll(profile, await open())).toEqual(texts)
    expect(openAll(profile, await open(undefined, 'u2'))).toEqual(theirs)
  })

  it('asks for the password where one guards, and keeps it', async () => {
    const { profile, vault, texts, parts, store, open } = await setUp()
    await guardVault(vault, parts, { guard: 'both', newPassword: password })
    const [before] = store.records
    expect(await rotateVaultKey(vault, parts)).toMatchObject({ error: { code: 'password_required' } })
    expect(await rotateVaultKey(vault, parts, { password: 'wrong' })).toMatchObject({
      error: { code: 'password_wrong' },
    })
    expect(store.records).toEqual([before])
    expect(await rotateVaultKey(vault, parts, { password })).toMatchObject({ ok: true })
    expect(store.records[0]).toMatchObject({ guard: 'both', passwordHash: before?.passwordHash })
    expect(openAll(profile, await open(password))).toEqual(texts)
  })

  it('leaves what does not open as it is, with its key', async () => {
    const { vault, parts, store, rows, texts } = await setUp()
    const [set] = rows.token_sets
    if (!set) throw new Error('no token set')
    set.sealedIdToken = set.sealedAccessToken
    const [before] = store.records
    const damaged = Uint8Array.from(set.sealedIdToken)
    expect(await rotateVaultKey(vault, parts)).toEqual({
      ok: true,
      value: { resealed: count(texts) - 2, left: 1 },
    })
    expect(set.sealedIdToken).toEqual(damaged)
    expect(store.records.map(({ id, state }) => [id === before?.id, state])).toEqual([
      [true, 'set-aside'],
      [false, 'current'],
    ])
  })

  it('changes nothing at all where it fails halfway', async () => {
    const { profile, vault, texts, parts, store, open } = await setUp()
    const before = structuredClone(store.records)
    const fields = {
      replace: () => {
        throw new Error('disk broke')
      },
    }
    await expect(rotateVaultKey(vault, { ...parts, fields })).rejects.toThrow('disk broke')
    expect(store.records).toEqual(before)
    expect(openAll(profile, vault)).toEqual(texts)
    expect(openAll(profile, await open())).toEqual(texts)
  })

  it('needs a keyring that works, and a key', async () => {
    const { vault, parts, store, keyring } = await setUp()
    const before = structuredClone(store.records)
    keyring.state.available = false
    expect(await rotateVaultKey(vault, parts)).toMatchObject({ error: { code: 'keyring_unavailable' } })
    expect(store.records).toEqual(before)
    const other = createProfile()
    Object.assign(other.keyring.state, { available: false, backend: 'basic_text' })
    expect(await rotateVaultKey(await other.open(), other.parts)).toMatchObject({
      error: { code: 'vault_in_memory' },
    })
  })
})

describe('setting a vault aside', () => {
  it('is for a vault in trouble', async () => {
    const { vault, parts, store } = await setUp()
    const before = structuredClone(store.records)
    expect(await setVaultAside(vault, parts)).toMatchObject({ error: { code: 'vault_works' } })
    expect(store.records).toEqual(before)
  })

  it('goes on with a new key, deletes nothing, and opens the old secrets when the keyring is back', async () => {
    const { profile, parts, store, keyring, open, texts } = await setUp()
    const good = Buffer.from(keyring.state.key)
    const [old] = store.records
    keyring.state.key = Buffer.alloc(32)
    const vault = await open()
    expect(await setVaultAside(vault, parts)).toEqual(done)
    expect(vault).not.toHaveProperty('trouble')
    expect(vault.guard).toBe('keyring')
    expect(vault.box.protection().kind).toBe('keyring')
    expect(store.records).toMatchObject([
      { id: old?.id, state: 'set-aside' },
      { state: 'current', guard: 'keyring', backend: 'gnome_libsecret', createdAt: 1_000_000 },
    ])
    const lost = openAll(profile, vault)
    // Connections are taken as they are: accounts can sign in again.
    expect(lost['connections c-u1 proof']).toBe('')
    expect(lost['token_sets ann-set-u1 access_token']).toBe('secret_unreadable')
    expect((await open()).trouble).toBeUndefined()
    keyring.state.key = good
    store.records.splice(1, 1)
    store.records[0] = { ...(store.records[0] as (typeof store.records)[number]), state: 'current' }
    expect({ ...openAll(profile, await open()), 'connections c-u1 proof': '' }).toEqual(texts)
  })

  it('goes on in memory where there is no keyring', async () => {
    const { parts, store, keyring, open } = await setUp()
    Object.assign(keyring.state, { available: false, backend: 'basic_text' })
    const vault = await open()
    expect(await setVaultAside(vault, parts)).toEqual(done)
    expect(vault).not.toHaveProperty('trouble')
    expect(vault.guard).toBeUndefined()
    expect(vault.box.protection().kind).toBe('memory')
    expect(store.records.map(({ state }) => state)).toEqual(['set-aside'])
  })
})
