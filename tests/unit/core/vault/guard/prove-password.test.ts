import { describe, expect, it } from 'vitest'
import { guardVault } from '../../../../../src/core/vault/guard/guard-vault.ts'
import { provePassword } from '../../../../../src/core/vault/guard/prove-password.ts'
import { createProfile } from '../profile.ts'

const password = 'correct horse battery'
const setUp = async () => {
  const profile = createProfile()
  await guardVault(await profile.open(), profile.parts, { guard: 'password', newPassword: password })
  const prove = async (text?: string) => {
    const [record] = profile.store.records
    if (!record) throw new Error('no key')
    const proved = await provePassword(profile.parts, record, text)
    return proved.ok ? proved.value.byteLength : proved.error
  }
  return { ...profile, prove, code: async (text?: string) => codeOf(await prove(text)) }
}
const codeOf = (proved: number | { code: string }) => (typeof proved === 'number' ? 'proved' : proved.code)

describe('proof of a password', () => {
  it('is the key that it derives', async () => {
    expect(await (await setUp()).prove(password)).toBe(32)
  })

  it('is slowed down after the third wrong one, however often the program is started', async () => {
    const { code, prove, state } = await setUp()
    for (const text of ['a', 'b', 'c', 'd']) expect(await code(text)).toBe('password_wrong')
    expect(await prove(password)).toMatchObject({
      code: 'password_wait',
      message: '4 wrong passwords in a row: try again in 2 s.',
    })
    state.now += 500
    expect(await prove(password)).toMatchObject({ message: expect.stringContaining('in 2 s.') as string })
    state.now += 1_499
    expect(await prove(password)).toMatchObject({ message: expect.stringContaining('in 1 s.') as string })
    state.now += 1
    expect(await code('e')).toBe('password_wrong')
    expect(await code(password)).toBe('password_wait')
    state.now += 4_000
    expect(await code(password)).toBe('proved')
    for (const text of ['a', 'b', 'c']) expect(await code(text)).toBe('password_wrong')
    expect(await code(password)).toBe('proved')
  })

  it('counts a try before it is judged, so that ending the program gives no free guess', async () => {
    const { parts, store, prove } = await setUp()
    const scrypt = parts.crypto.scrypt
    let counted: unknown
    Object.assign(parts, {
      crypto: {
        ...parts.crypto,
        scrypt: (...input: Parameters<typeof scrypt>) => {
          counted = store.failures('u1')
          return scrypt(...input)
        },
      },
    })
    await prove('wrong')
    expect(counted).toEqual({ count: 1, lastAt: 1_000_000 })
    await prove(password)
    expect(store.failures('u1')).toEqual({ count: 0, lastAt: 0 })
  })

  it('costs no try where none is given, or the hash cannot be read', async () => {
    const { code, store } = await setUp()
    expect(await code()).toBe('password_required')
    const [record] = store.records
    if (!record) throw new Error('no key')
    for (const passwordHash of [undefined, 'plain']) {
      store.records[0] = { ...record, ...{ passwordHash } }
      expect(await code(password)).toBe('vault_key_damaged')
    }
    expect(store.failures('u1').count).toBe(0)
  })
})
