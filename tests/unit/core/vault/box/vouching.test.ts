import { describe, expect, it } from 'vitest'
import { guardVault, rotateVaultKey } from '../../../../../src/core/vault/guard/guard-vault.ts'
import { createProfile, fill, openAll } from '../profile.ts'

const password = 'correct horse battery'
const setUp = async () => {
  const profile = createProfile()
  const vault = await profile.open()
  fill(profile, vault)
  const [connection] = profile.rows.connections
  if (!connection) throw new Error('no connection')
  return { ...profile, profile, vault, connection }
}

describe('a connection that nothing vouches for', () => {
  it.each(['rotated', 'guarded'])('is not vouched for by a key that is %s', async (how) => {
    for (const taken of [undefined, new Uint8Array(), Uint8Array.of(0)]) {
      const { vault, parts, connection } = await setUp()
      if (taken) connection.sealedProof = taken
      else delete connection.sealedProof
      if (how === 'rotated') await rotateVaultKey(vault, parts)
      else await guardVault(vault, parts, { guard: 'password', newPassword: password })
      expect(connection.sealedProof).toEqual(taken)
    }
  })

  it('is taken as it is with the first key of a user', async () => {
    const { profile, vault, parts, connection, store, open } = await setUp()
    delete connection.sealedProof
    connection.metadata = { issuer: 'https://id.example' }
    store.records.splice(0)
    const first = await open()
    expect(openAll(profile, first)['connections c-u1 proof']).toBe('')
    expect(openAll(profile, await open())['connections c-u1 proof']).toBe('')
    expect(parts.store.list('u1')).toHaveLength(1)
    expect(vault.box.isLocked()).toBe(false)
  })

  it('is vouched for where a vault in memory gets its first key', async () => {
    const profile = createProfile()
    profile.keyring.state.available = false
    const vault = await profile.open()
    fill(profile, vault)
    for (const connection of profile.rows.connections) delete connection.sealedProof
    await guardVault(vault, profile.parts, { guard: 'password', newPassword: password })
    expect(openAll(profile, vault)['connections c-u1 proof']).toBe('')
  })
})

describe('a connection that was changed from outside', () => {
  it('stays refused, and its key is kept', async () => {
    const { profile, vault, parts, connection, store } = await setUp()
    connection.metadata = { issuer: 'https://evil.example' }
    const proof = connection.sealedProof
    const rotated = await rotateVaultKey(vault, parts)
    expect(rotated.ok && rotated.value.left).toBeGreaterThan(4)
    expect(connection.sealedProof).toBe(proof)
    expect(store.records.map(({ state }) => state)).toEqual(['set-aside', 'current'])
    expect(openAll(profile, vault)['connections c-u1 proof']).toBe('secret_redirected')
  })
})
