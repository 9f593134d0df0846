import { describe, expect, it } from 'vitest'
import { expectedFailure } from '../../../../../src/core/text/expected-failure.ts'
import { sealField } from '../../../../../src/core/vault/box/sealed-format.ts'
import { guardVault, rotateVaultKey } from '../../../../../src/core/vault/guard/guard-vault.ts'
import { createProfile, fill, openAll } from '../profile.ts'

const password = 'correct horse battery'

/** A vault of before secrets were sealed for their destination: `texts` is what it holds. */
const old = async (guard?: 'password' | 'both') => {
  const profile = createProfile()
  const { parts, store, rows } = profile
  const vault = await profile.open()
  fill(profile, vault)
  if (guard) await guardVault(vault, parts, { guard, newPassword: password })
  const texts = openAll(profile, vault)
  const key = vault.box.currentKey()
  const [record] = store.records
  if (!key || !record) throw new Error('no key')
  parts.fields.replace('u1', ({ destination: _none, ...place }, sealed) => {
    const plain = texts[`${place.table} ${place.rowId} ${place.column}`] ?? ''
    return sealed.byteLength === 0 ? undefined : sealField(parts.crypto, key, place, plain)
  })
  for (const connection of rows.connections) delete connection.sealedProof
  const place = { userId: 'u1', table: 'vault_keys', rowId: key.id, column: 'check_value' }
  record.checkValue = sealField(parts.crypto, key, place, 'gatehouse')
  return { ...profile, profile, texts, before: key.id }
}

describe('a vault of before secrets were sealed for their destination', () => {
  it.each([undefined, 'password', 'both'] as const)(
    'gets a new key that binds all, under the same guard: %s',
    async (guard) => {
      const { profile, texts, before, store, open } = await old(guard)
      const vault = await open(guard && password)
      expect(vault.box.bindsAll()).toBe(true)
      expect(openAll(profile, vault)).toEqual(texts)
      expect(store.records).toMatchObject([
        {
          state: 'current',
          guard: guard ?? 'keyring',
          backend: guard === 'password' ? undefined : 'gnome_libsecret',
        },
      ])
      expect(store.records[0]?.id).not.toBe(before)
      expect(store.records[0]?.passwordHash === undefined).toBe(guard === undefined)
      const again = await open(guard && password)
      expect(openAll(profile, again)).toEqual(texts)
      expect(again.box.currentKey()?.id).toBe(vault.box.currentKey()?.id)
    },
  )

  it('waits until it is known where everything may go', async () => {
    const { parts, open } = await old()
    const order: string[] = []
    const { replace } = parts.fields
    Object.assign(parts.fields, {
      ready: () => Promise.resolve(void order.push('ready')),
      replace: (...input: Parameters<typeof replace>) => {
        order.push('replace')
        replace(...input)
      },
    })
    await open()
    expect(order).toEqual(['ready', 'replace'])
  })

  it('goes on with the old key where the disk is full, until the next time', async () => {
    const { profile, texts, before, parts, store, open } = await old()
    const { replace } = parts.fields
    const failing = (error: Error) =>
      Object.assign(parts.fields, {
        replace: () => {
          throw error
        },
      })
    failing(expectedFailure({ code: 'disk_full', message: 'The disk is full.' }))
    const vault = await open()
    Object.assign(parts.fields, { replace })
    expect(store.records).toMatchObject([{ id: before, state: 'current' }])
    expect(vault.box.bindsAll()).toBe(false)
    expect({ ...openAll(profile, vault), 'connections c-u1 proof': '' }).toEqual(texts)
    failing(new Error('a defect'))
    await expect(open()).rejects.toThrow('a defect')
    Object.assign(parts.fields, { replace })
    expect((await open()).box.bindsAll()).toBe(true)
  })

  it('keeps the old key where something does not open', async () => {
    const { rows, before, store, open } = await old()
    const [first, second] = rows.token_sets
    if (!first || !second) throw new Error('no token sets')
    first.sealedIdToken = second.sealedAccessToken
    await open()
    expect(store.records.map(({ id, state }) => [id === before, state])).toEqual([
      [true, 'set-aside'],
      [false, 'current'],
    ])
  })

  it('stays as it is where the keyring does not wrap', async () => {
    const { parts, before, store, open } = await old()
    const refused = { ok: false, error: { code: 'keyring_refused', message: 'no' } } as const
    parts.protector.wrap = () => Promise.resolve(refused)
    await open()
    expect(store.records.map(({ id }) => id)).toEqual([before])
  })
})

describe('a secret of before, in a vault that binds all', () => {
  it('opens nowhere: somebody put it back', async () => {
    const profile = createProfile()
    const vault = await profile.open()
    fill(profile, vault)
    expect(vault.box.bindsAll()).toBe(true)
    const key = vault.box.currentKey()
    if (!key) throw new Error('no key')
    const place = { userId: 'u1', table: 'token_sets', rowId: 'ann-set-u1', column: 'access_token' }
    const sealed = sealField(profile.parts.crypto, key, place, 'older')
    expect(vault.box.open(place, sealed)).toEqual({ ok: true, value: 'older' })
    expect(vault.box.open({ ...place, destination: 'somewhere' }, sealed)).toMatchObject({
      error: { code: 'secret_redirected' },
    })
    const nowhere = { ...place, destination: '' }
    expect(vault.box.open(nowhere, vault.box.seal(nowhere, 'text'))).toMatchObject({
      error: { code: 'secret_redirected' },
    })
    // A key that changes does not vouch for what it does not open.
    const [connection] = profile.rows.connections
    if (!connection) throw new Error('no connection')
    connection.metadata = { issuer: 'https://evil.example' }
    await rotateVaultKey(vault, profile.parts)
    expect(openAll(profile, vault)['connections c-u1 proof']).toBe('secret_redirected')
    expect(openAll(profile, vault)['token_sets ann-set-u1 access_token']).toBe('secret_redirected')
  })
})
