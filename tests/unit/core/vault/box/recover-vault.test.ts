import { describe, expect, it } from 'vitest'
import { recoverSetAside } from '../../../../../src/core/vault/box/recover-vault.ts'
import { guardVault, setVaultAside } from '../../../../../src/core/vault/guard/guard-vault.ts'
import { createProfile, fill, openAll } from '../profile.ts'

const password = 'correct horse battery'

/** A vault that goes on with a new key after its keyring was exchanged. */
const lost = async (guard: 'keyring' | 'both' = 'keyring') => {
  const profile = createProfile()
  const first = await profile.open()
  fill(profile, first)
  if (guard === 'both') await guardVault(first, profile.parts, { guard, newPassword: password })
  const texts = openAll(profile, first)
  const good = Buffer.from(profile.keyring.state.key)
  profile.keyring.state.key = Buffer.alloc(32)
  const vault = await profile.open(guard === 'both' ? password : undefined)
  await setVaultAside(vault, profile.parts)
  const back = async () => {
    profile.keyring.state.key = good
    // The key of meanwhile has to open with the keyring that is there now.
    await guardVault(vault, profile.parts, { guard: 'keyring' })
  }
  return { ...profile, profile, vault, texts, back }
}

describe('recovering what was set aside', () => {
  it('has nothing to do where nothing was', async () => {
    const profile = createProfile()
    expect(await recoverSetAside(await profile.open(), profile.parts)).toMatchObject({
      error: { code: 'nothing_to_recover' },
    })
  })

  it('brings everything back with the old keyring, and deletes the old key', async () => {
    const { profile, vault, texts, back, parts, store, open } = await lost()
    await back()
    expect(await recoverSetAside(vault, parts)).toEqual({
      ok: true,
      value: { resealed: Object.keys(texts).length - 1, left: 0 },
    })
    expect(openAll(profile, vault)).toEqual(texts)
    expect(store.records.map(({ state }) => state)).toEqual(['current'])
    expect(openAll(profile, await open())).toEqual(texts)
    expect(await recoverSetAside(vault, parts)).toMatchObject({ error: { code: 'nothing_to_recover' } })
  })

  it('needs the old password where one guarded', async () => {
    const { profile, vault, texts, back, parts } = await lost('both')
    await back()
    expect(await recoverSetAside(vault, parts)).toMatchObject({ error: { code: 'password_required' } })
    expect(await recoverSetAside(vault, parts, { password: 'wrong' })).toMatchObject({
      error: { code: 'password_wrong' },
    })
    expect(await recoverSetAside(vault, parts, { password })).toMatchObject({ ok: true })
    expect(openAll(profile, vault)).toEqual(texts)
  })

  it('keeps everything, and says why, where the keyring is still another', async () => {
    const { profile, vault, parts, store } = await lost()
    const before = structuredClone(store.records)
    const shown = openAll(profile, vault)
    expect(await recoverSetAside(vault, parts)).toMatchObject({ error: { code: 'keyring_changed' } })
    expect(store.records).toEqual(before)
    expect(openAll(profile, vault)).toEqual(shown)
  })

  it('brings what it can where one of two old keys opens', async () => {
    const { profile, vault, texts, back, parts, store } = await lost()
    await back()
    const [old] = store.records
    if (!old) throw new Error('no key')
    store.records.unshift({ ...old, id: 'ab'.repeat(16), wrapped: new Uint8Array(48) })
    expect(await recoverSetAside(vault, parts)).toMatchObject({ ok: true, value: { left: 0 } })
    expect(openAll(profile, vault)).toEqual(texts)
  })

  it('leaves what does not open as it is, with its key', async () => {
    const { vault, back, parts, rows, store, texts } = await lost()
    await back()
    const [set] = rows.token_sets
    if (!set) throw new Error('no token set')
    const damaged = (set.sealedIdToken = Uint8Array.from(set.sealedAccessToken))
    expect(await recoverSetAside(vault, parts)).toEqual({
      ok: true,
      value: { resealed: Object.keys(texts).length - 2, left: 1 },
    })
    expect(set.sealedIdToken).toBe(damaged)
    expect(store.records.map(({ state }) => state).sort()).toEqual(['current', 'set-aside'])
  })

  it('is for an unlocked vault with a key', async () => {
    const { vault, back, parts, store } = await lost()
    await back()
    const before = structuredClone(store.records)
    const memory = await lost()
    await memory.back()
    memory.store.records.splice(1)
    Object.assign(memory.keyring.state, { available: false, backend: 'basic_text' })
    const inMemory = await memory.open()
    Object.assign(memory.keyring.state, { available: true, backend: 'gnome_libsecret' })
    expect(await recoverSetAside(inMemory, memory.parts)).toMatchObject({
      error: { code: 'vault_in_memory' },
    })
    expect(memory.store.records).toHaveLength(1)
    vault.box.lock()
    expect(await recoverSetAside(vault, parts)).toMatchObject({ error: { code: 'vault_locked' } })
    expect(store.records).toEqual(before)
  })
})
