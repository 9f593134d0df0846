import { describe, expect, it } from 'vitest'
import { guardVault } from '../../../../../src/core/vault/guard/guard-vault.ts'
import { createUser, deleteUser, renameUser } from '../../../../../src/core/vault/guard/users.ts'
import { createProfile, fill } from '../profile.ts'

const setUp = () => {
  const profile = createProfile()
  profile.rows.users.push(
    { id: 'u1', username: 'Ann', createdAt: 1 },
    { id: 'u2', username: 'Bob', createdAt: 2 },
  )
  return { ...profile, profile }
}

describe('a new user', () => {
  it('has the name without surrounding space, and a first environment', () => {
    const { parts, rows } = setUp()
    const user = { id: 'new-1', username: 'Cleo', createdAt: 1_000_000 }
    expect(createUser(parts, ' Cleo ')).toEqual({ ok: true, value: user })
    expect(rows.users).toContainEqual(user)
    expect(rows.environments).toEqual([{ id: 'new-2', userId: 'new-1', name: 'local' }])
  })

  it.each([
    ['ANN', 'username_taken'],
    ['a\u0000', 'username_invalid'],
    ['', 'username_invalid'],
  ])('is not made under the name %j', (name, code) => {
    const { parts, rows } = setUp()
    expect(createUser(parts, name)).toMatchObject({ error: { code } })
    expect(rows.users).toHaveLength(2)
    expect(rows.environments).toEqual([])
  })

  it('is there with the environment or not at all', () => {
    const { parts, rows } = setUp()
    const users = {
      ...parts.users,
      addEnvironment: () => {
        throw new Error('disk broke')
      },
    }
    expect(() => createUser({ ...parts, users }, 'Cleo')).toThrow('disk broke')
    expect(rows.users).toHaveLength(2)
  })
})

describe('another name', () => {
  it('may be another writing of the same one, but nobody else’s', () => {
    const { parts, rows } = setUp()
    expect(renameUser(parts.users, 'u1', 'aNN')).toEqual({ ok: true, value: null })
    expect(renameUser(parts.users, 'u1', 'BOB')).toMatchObject({ error: { code: 'username_taken' } })
    expect(renameUser(parts.users, 'u1', '\u0000')).toMatchObject({ error: { code: 'username_invalid' } })
    expect(renameUser(parts.users, 'nobody', 'free')).toMatchObject({ error: { code: 'user_unknown' } })
    expect(rows.users.map(({ username }) => username)).toEqual(['aNN', 'Bob'])
  })
})

describe('deleting a user', () => {
  it('takes the name as proof, in any form of Unicode, and touches nobody else', async () => {
    const { parts, rows } = setUp()
    rows.users.push({ id: 'u3', username: '\u00c9va', createdAt: 3 })
    const attempt = (username: string, id = 'u3') => deleteUser(parts, id, { username })
    expect(await attempt('Eva')).toMatchObject({ error: { code: 'username_differs' } })
    expect(await attempt('\u00e9va')).toMatchObject({ error: { code: 'username_differs' } })
    expect(await attempt('Bob', 'nobody')).toMatchObject({ error: { code: 'user_unknown' } })
    expect(rows.users).toHaveLength(3)
    expect(await attempt(' E\u0301va ')).toEqual({ ok: true, value: null })
    expect(rows.users.map(({ id }) => id)).toEqual(['u1', 'u2'])
  })

  it('asks for the password where one guards the vault, and for none where the keyring does', async () => {
    const { profile, parts, rows, store, open } = setUp()
    rows.users = []
    const [vault, other] = [await open(), await open(undefined, 'u2')]
    fill(profile, vault)
    fill(profile, other)
    await guardVault(vault, parts, { guard: 'both', newPassword: 'correct horse' })
    const attempt = (password?: string) =>
      deleteUser(parts, 'u1', { username: 'user u1', ...(password === undefined ? {} : { password }) })
    expect(await attempt()).toMatchObject({ error: { code: 'password_required' } })
    expect(await attempt('wrong one')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(rows.users).toHaveLength(2)
    // What was set aside asks for nothing.
    for (const record of store.list('u2'))
      store.records.unshift({ ...record, guard: 'password', state: 'set-aside' })
    expect(await deleteUser(parts, 'u2', { username: 'user u2' })).toEqual({ ok: true, value: null })
    expect(await attempt('correct horse')).toEqual({ ok: true, value: null })
    expect(rows.users).toEqual([])
  })
})
