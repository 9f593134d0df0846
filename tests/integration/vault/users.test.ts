import { describe, expect, it } from 'vitest'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { guardVault } from '../../../src/core/vault/guard/guard-vault.ts'
import { createUser, deleteUser, renameUser } from '../../../src/core/vault/guard/users.ts'
import { addSecrets, openAll, secretAt, secretPlaces, vaultOnDisk } from './vault-on-disk.ts'

const setUp = () => {
  const vaults = vaultOnDisk()
  let number = 0
  const users = createUserStore(vaults.db())
  const userParts = { ...vaults.parts(), users, newId: () => `new-${(number += 1)}` }
  return { ...vaults, users, userParts }
}

describe('users', () => {
  it('are made with an environment, under a name that nobody has', () => {
    const { users, userParts } = setUp()
    expect(createUser(userParts, ' Ann ')).toMatchObject({
      ok: true,
      value: { username: 'Ann', createdAt: 1_000_000 },
    })
    expect(createUser(userParts, 'ANN')).toMatchObject({ error: { code: 'username_taken' } })
    expect(createUser(userParts, 'a\u0000')).toMatchObject({ error: { code: 'username_invalid' } })
    const ann = users.findByUsername('ann')
    expect(users.environments(ann?.id ?? '')).toMatchObject([{ name: 'local' }])
  })

  it('can be renamed, also to another writing of their own name', () => {
    const { users } = setUp()
    expect(renameUser(users, 'u1', 'USER 1')).toEqual({ ok: true, value: null })
    expect(renameUser(users, 'u1', 'User 2')).toMatchObject({ error: { code: 'username_taken' } })
    expect(renameUser(users, 'nobody', 'free')).toMatchObject({ error: { code: 'user_unknown' } })
    expect(users.list().map(({ username }) => username)).toEqual(['USER 1', 'user 2'])
  })

  it('remember their last unlock', () => {
    const { users } = setUp()
    users.noteUnlock('u2', 77)
    expect(users.findByUsername('user 2')?.lastUnlockAt).toBe(77)
  })

  it('are deleted only with proof, and take nothing of others with them', async () => {
    const { open, db, users, userParts, parts } = setUp()
    const [vault, other] = [await open(), await open(undefined, 'u2')]
    addSecrets(db(), vault)
    addSecrets(db(), other)
    await guardVault(vault, parts(), { guard: 'password', newPassword: 'correct horse' })
    const attempt = (username: string, password?: string) =>
      deleteUser(userParts, 'u1', { username, password })
    expect(await attempt('user 2', 'correct horse')).toMatchObject({ error: { code: 'username_differs' } })
    expect(await attempt('user 1')).toMatchObject({ error: { code: 'password_required' } })
    expect(await attempt('user 1', 'wrong')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(openAll(db(), vault)).toEqual(secretPlaces('u1').map(secretAt))
    expect(await attempt('user 1', 'correct horse')).toEqual({ ok: true, value: null })
    expect(users.list().map(({ id }) => id)).toEqual(['u2'])
    expect(openAll(db(), other)).toEqual(secretPlaces('u2').map(secretAt))
    for (const table of ['connections', 'token_sets', 'vault_keys'])
      expect(db().prepare(`SELECT DISTINCT user_id FROM ${table}`).pluck().all()).toEqual(['u2'])
  })
})
