import { describe, expect, it } from 'vitest'
import {
  createHistoryKeys,
  newPartKey,
  openPart,
  sealPart,
  type HistoryKeyStore,
} from '../../../../../src/core/vault/box/history-keys.ts'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import { createProfile } from '../profile.ts'

type Row = Parameters<HistoryKeyStore['add']>[0]

/** Keys of a user who is in, over rows in memory; `again` is the next run of the program. */
const begin = async (rows: Row[] = [], profile = createProfile()) => {
  const store: HistoryKeyStore = {
    list: (userId) => rows.filter((row) => row.userId === userId).reverse(),
    add: (row) => void rows.push(row),
    remove: (userId, id) => {
      const at = rows.findIndex((row) => row.userId === userId && row.id === id)
      if (at >= 0) rows.splice(at, 1)
    },
  }
  const { box } = await profile.open()
  const { clock, newId } = profile.parts
  const session = () => ({ user: { id: 'u1' }, box })
  const keys = createHistoryKeys({ store, crypto: nodeCrypto, clock, newId, session })
  return { rows, profile, keys, again: () => begin(rows, profile) }
}

describe('the keys of a history', () => {
  it('makes one where there is none, sealed and dated, and keeps to it', async () => {
    const { rows, profile, keys, again } = await begin()
    const first = keys.current('u1')
    expect(first.bytes.byteLength).toBe(32)
    expect(rows).toEqual([
      { id: first.id, userId: 'u1', createdAt: profile.state.now, sealedKey: expect.any(Uint8Array) },
    ])
    expect(keys.current('u1')).toEqual(first)
    expect((await again()).keys.current('u1')).toEqual(first)
  })

  it('seals with a new one after a renewal, and finds the others', async () => {
    const { rows, keys, again } = await begin()
    const old = { ...keys.current('u1') }
    keys.renew('u1')
    const next = keys.current('u1')
    expect(next.id).not.toBe(old.id)
    expect(keys.find('u1', old.id)).toEqual(old)
    expect(keys.find('u1', 'another')).toBeUndefined()
    const later = (await again()).keys
    later.renew('u1')
    expect(rows).toHaveLength(3)
    expect(later.find('u1', next.id)).toEqual(next)
    expect(later.current('u1').id).not.toBe(next.id)
  })

  it('opens no key that is not its own, was moved or is too short', async () => {
    const { rows, profile, keys, again } = await begin()
    const { id } = keys.current('u1')
    const [row] = rows
    if (!row) throw new Error('no key')
    const { box } = await profile.open()
    const place = { userId: 'u1', table: 'history_keys', rowId: 'short', column: 'key' }
    rows.unshift(
      { ...row, id: 'moved' },
      { ...row, id: 'short', sealedKey: box.seal(place, 'ab'.repeat(31)) },
      { ...row, id: 'text', sealedKey: box.seal({ ...place, rowId: 'text' }, 'no key') },
    )
    const later = (await again()).keys
    for (const other of ['moved', 'short', 'text']) expect(later.find('u1', other)).toBeUndefined()
    expect(later.current('u1').id).toBe(id)
  })

  it('is for nobody but who is in', async () => {
    const { rows, keys } = await begin()
    const refused = expect.objectContaining({ failure: expect.objectContaining({ code: 'history_not_in' }) })
    for (const ask of [
      () => keys.current('u2'),
      () => keys.find('u2', 'x'),
      () => {
        keys.renew('u2')
      },
    ]) {
      let thrown: unknown
      try {
        ask()
      } catch (error) {
        thrown = error
      }
      expect(thrown).toEqual(refused)
    }
    expect(rows).toEqual([])
  })

  it('throws away what seals nothing any more, but never the newest', async () => {
    const { rows, keys } = await begin()
    const first = keys.current('u1')
    const firstBytes = first.bytes
    keys.renew('u1')
    const second = keys.current('u1').id
    keys.renew('u1')
    const third = keys.current('u1').id
    keys.keepOnly('u1', new Set([first.id, second]))
    expect(firstBytes.some((byte) => byte !== 0)).toBe(true)
    keys.keepOnly('u1', new Set([second]))
    expect(rows.map(({ id }) => id)).toEqual([second, third])
    expect(firstBytes.every((byte) => byte === 0)).toBe(true)
    expect(keys.find('u1', first.id)).toBeUndefined()
    keys.keepOnly('u1', new Set())
    expect(rows.map(({ id }) => id)).toEqual([third])
  })

  it('overwrites keys in memory when they are forgotten, and opens them again', async () => {
    const { keys } = await begin()
    const { id, bytes } = keys.current('u1')
    const before = Uint8Array.from(bytes)
    keys.forget()
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    expect(keys.find('u1', id)?.bytes).toEqual(before)
  })

  it('discards what an earlier run kept in memory only, and nothing else', async () => {
    const profile = createProfile()
    profile.keyring.state.available = false
    const rows: Row[] = []
    const dead = (await begin(rows, profile)).keys.current('u1').id
    profile.keyring.state.available = true
    const { keys } = await begin(rows, profile)
    const alive = keys.current('u1').id
    rows.unshift({ id: 'damaged', userId: 'u1', createdAt: 1, sealedKey: new Uint8Array(40) })
    expect(keys.discardDead('u1')).toEqual([dead])
    expect(rows.map(({ id }) => id)).toEqual(['damaged', alive])
  })
})

describe('a part of a history', () => {
  const key = newPartKey(nodeCrypto)
  const place = ['u1', 'exchange', '7']
  const plain = new TextEncoder().encode('what came')

  it('opens at its place, with its key, unchanged', () => {
    const sealed = sealPart(nodeCrypto, key, place, plain)
    expect(key.byteLength).toBe(32)
    expect(sealed.byteLength).toBe(12 + plain.byteLength + 16)
    expect(sealPart(nodeCrypto, key, place, plain)).not.toEqual(sealed)
    expect(openPart(nodeCrypto, key, place, sealed)).toEqual(plain)
    expect(openPart(nodeCrypto, newPartKey(nodeCrypto), place, sealed)).toBeUndefined()
    expect(openPart(nodeCrypto, key, ['u1', 'exchange', '8'], sealed)).toBeUndefined()
    expect(openPart(nodeCrypto, key, ['u1', 'exchange7', ''], sealed)).toBeUndefined()
    for (const at of [0, 12, sealed.byteLength - 1]) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(openPart(nodeCrypto, key, place, changed)).toBeUndefined()
    }
    for (const length of [0, 11, 12, 27]) {
      expect(openPart(nodeCrypto, key, place, sealed.subarray(0, length))).toBeUndefined()
    }
  })
})
